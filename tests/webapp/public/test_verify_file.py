"""Anybody has the signatures of a file checked: who, when, and whether anything was changed since. Nothing is kept."""

import io

import pytest

from tests.pages import Browser
from tests.signing import (
    BODY,
    LEADER,
    file_key,
    other_title,
    root,
    sign,
    signed_once,
    signed_thrice,
    unsigned,
)
from webapp.documents.signatures.authority import NO_VALUE
from webapp.documents.signatures.keys import FileKey
from webapp.public.file_checks import LIMIT
from webapp.signing_authority import TRUST, development_authority

PAGE = "/verify/file"


@pytest.fixture
def visitor(app, settings):
    """Somebody without an account, where the office's authority is trusted."""
    folder = settings.data_dir / TRUST
    folder.mkdir(parents=True)
    (folder / "office.pem").write_bytes(_pem(root()[0]))
    return Browser(app)


def _pem(certificate):
    from cryptography.hazmat.primitives.serialization import Encoding

    return certificate.public_bytes(Encoding.PEM)


def check(visitor, content, status=200, name="Quyết định.pdf"):
    visitor.get(PAGE)
    return visitor.submit("main form", status, file=(io.BytesIO(content), name))


def facts(page):
    """The lines of each signature, by its heading."""
    return {
        item.h3.get_text(strip=True): {
            row.dt.get_text(strip=True): row.dd.get_text(strip=True) for row in item.select("dl > div")
        }
        for item in page.all(".signatures > li")
    }


def test_a_signed_decision_says_who_and_when(visitor):
    page = check(visitor, signed_thrice())
    assert page.one("h2").get_text() == "Quyết định.pdf"
    assert page.one(".flash-success strong").get_text() == "Tệp còn nguyên như khi ký."
    assert list(facts(page)) == [LEADER, BODY]  # the clerk's and the seal's are both of the body
    parts = [
        rows[0].dd.get_text() for rows in (item.select("dl > div") for item in page.all(".signatures > li"))
    ]
    assert parts == ["chữ ký của người có thẩm quyền", "số và ngày ban hành", "con dấu của cơ quan"]
    said = facts(page)[LEADER]
    assert said["Cơ quan"] == BODY
    assert "theo đồng hồ của người ký" in said["Thời gian"]
    assert said["Nội dung đã ký"] == "còn nguyên"
    assert said["Từ đó đến nay"] == "chỉ có thêm chữ ký khác"
    assert said["Chứng thư"] == "do Cơ quan chứng thực cấp, được tin cậy tại đây"


def test_a_paper_that_lacks_its_seal_says_so(visitor):
    page = check(visitor, signed_once())
    assert "Chưa ký: số và ngày ban hành, con dấu của cơ quan." in page.one(".flash-success").get_text()


def test_a_changed_file_is_not_to_be_relied_on(visitor):
    page = check(visitor, other_title(signed_once()))
    assert "Đừng căn cứ vào tệp này" in page.one(".flash-error").get_text()
    assert not page.all(".flash-success")


def test_a_key_for_trials_is_shown_as_of_no_value(visitor, settings):
    from tests.signing import NOW, SECRET

    key = FileKey(development_authority(settings.data_dir, NOW).packed("Trần Thị Thử", BODY, SECRET, NOW))
    page = check(visitor, sign(unsigned(), key))
    assert page.one(".flash-error strong").get_text() == "Không có giá trị: ký bằng khóa thử nghiệm."
    assert NO_VALUE in page.text


def test_who_is_not_known_here_is_not_trusted(visitor):
    page = check(visitor, sign(unsigned(), file_key(authority="Cơ quan khác")))
    assert "chưa được tin cậy" in page.one(".flash-warning").get_text()


def test_a_file_without_signatures_says_so(visitor):
    assert "không có chữ ký số" in check(visitor, unsigned()).one(".flash-info").get_text()


@pytest.mark.parametrize(
    ("content", "fault"),
    [
        (b"", "không phải là tệp PDF"),
        (b"PK no pdf", "không phải là tệp PDF"),
        (b"%PDF" + b" " * LIMIT, "10 MB"),
    ],
)
def test_what_cannot_be_checked_is_refused(visitor, content, fault):
    assert fault in check(visitor, content, 422).one("#file-fault").get_text()


def test_without_a_file_one_is_asked_for(visitor):
    visitor.get(PAGE)
    assert "Hãy chọn" in visitor.submit("main form", 422).one("#file-fault").get_text()


def test_nothing_of_the_file_is_kept(visitor, settings):
    before = sorted(
        path for path in settings.data_dir.rglob("*") if path.is_file() and "sqlite" not in path.name
    )
    answer = check(visitor, signed_once()).answer
    assert answer.headers["Cache-Control"] == "no-store"
    after = sorted(
        path for path in settings.data_dir.rglob("*") if path.is_file() and "sqlite" not in path.name
    )
    assert after == before


def test_who_asks_too_often_waits(visitor):
    visitor.get(PAGE)
    for _each in range(20):
        visitor.submit("main form", 422)
    visitor.submit("main form", 429)


def test_the_page_is_found_from_the_sign_in(visitor):
    visitor.get("/sign-in").one(f"a[href='{PAGE}']")

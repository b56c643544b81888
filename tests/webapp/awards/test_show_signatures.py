"""The page of a decision leads to what the digital signatures in its papers prove."""

import io

from tests.offices import scene
from tests.signing import LEADER, root, signed_thrice
from tests.sittings import OURS_CODES
from webapp.extensions import db
from webapp.models import Paper
from webapp.operations.papers import file_store

COUNCIL = "concluded"
CODE = "QD-2019-0001"
PAGE = f"/awards/decisions/{CODE}/signatures"


@scene
def issued(council):
    council.draft(OURS_CODES[:2])
    council.sign(CODE)
    council.number(CODE, 8)
    return council


def keep(content):
    """The file of the decision is now this one."""
    paper = db.session.query(Paper).filter_by(document_type="decision").one()
    paper.sha256 = file_store().put(io.BytesIO(content), len(content)).sha256
    db.session.commit()


def test_papers_without_signatures_say_so(browser, issued):
    browser.sign_in_as(issued.person("clerk"))
    link = browser.get(f"/awards/decisions/{CODE}").one(f"a[href='{PAGE}']")
    assert link.get_text(strip=True) == "Chữ ký số trong các văn bản này"
    page = browser.get(PAGE)
    assert [title.get_text() for title in page.all("h2")] == [
        "Quyết định khen thưởng",
        "Giấy khen, bằng khen",
    ]
    assert len(page.all(".flash-info")) == 2


def test_a_signed_decision_shows_its_signatures(app, browser, issued):
    from cryptography.hazmat.primitives.serialization import Encoding

    trust = app.config["SETTINGS"].data_dir / "trust"
    trust.mkdir(parents=True)
    (trust / "office.pem").write_bytes(root()[0].public_bytes(Encoding.PEM))
    keep(signed_thrice())
    browser.sign_in_as(issued.person("clerk"))
    page = browser.get(PAGE)
    assert page.one(".flash-success strong").get_text() == "Tệp còn nguyên như khi ký."
    assert page.all(".signatures h3")[0].get_text() == LEADER
    assert len(page.all(".signatures > li")) == 3


def test_a_file_that_cannot_be_read_says_so(browser, issued):
    keep(b"no PDF")
    browser.sign_in_as(issued.person("clerk"))
    assert "Không đọc được tệp." in browser.get(PAGE).text


def test_stranger_learns_nothing(browser, issued):
    browser.sign_in_as(issued.person("officer"))
    browser.get(PAGE, status=404)

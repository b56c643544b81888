"""Whatever goes wrong, the page says what happened and what to do, in the reader's language."""

import datetime as dt
import io
import logging
from collections.abc import Iterator
from functools import lru_cache

import pytest
from flask import Blueprint, Flask, abort

from tests.conftest import in_use, new_application
from tests.pages import Browser
from webapp.config import MAX_FORM_BYTES, Settings
from webapp.operations.refusals import AlreadyDone, CaseFrozen, Forbidden, HeldByOther, NotFound, NotNow
from webapp.ui.access import public
from workflows.law import NoRule

REFUSALS = {
    "done": AlreadyDone("Trần Văn Mẫu", dt.datetime(2019, 12, 10, 3, 42, tzinfo=dt.UTC)),
    "late": AlreadyDone(),
    "held": HeldByOther("Trần Văn Mẫu"),
    "frozen": CaseFrozen(),
    "closed": NotNow("registration_not_open"),
    "strange": NotNow("something_new"),
    "hidden": NotFound(),
    "forbidden": Forbidden(),
    "lawless": NoRule("no rule set in force on 2030-01-01"),
}


@pytest.fixture
def app(settings: Settings) -> Iterator[Flask]:
    with in_use(failing(settings)) as app:
        yield app


@pytest.fixture
def browser(app: Flask) -> Browser:
    return Browser(app)


@lru_cache(4)
def failing(settings: Settings) -> Flask:
    """The application with pages that fail in every way."""
    blueprint = Blueprint("trial", __name__)

    @blueprint.route("/fault/<int:status>", methods=["GET", "POST"])
    @public
    def fault(status: int) -> str:
        abort(status)

    @blueprint.get("/refused/<name>")
    @public
    def refused(name: str) -> str:
        raise REFUSALS[name]

    @blueprint.get("/broken")
    @public
    def broken() -> str:
        raise RuntimeError("a secret of the inside")

    app = new_application(settings)
    app.register_blueprint(blueprint)
    return app


@pytest.mark.parametrize(
    ("status", "vietnamese", "english"),
    [
        (400, "Yêu cầu không hợp lệ", "The request was not understood"),
        (403, "Không có quyền truy cập", "Not open to you"),
        (404, "Không tìm thấy trang", "There is no such page"),
        (405, "Yêu cầu không hợp lệ", "The request was not understood"),
        (409, "Nội dung đã thay đổi", "This has changed meanwhile"),
        (413, "Tệp quá lớn", "The files are too large"),
        (429, "Thử quá nhiều lần", "Too many attempts"),
    ],
)
def test_faults_are_explained_in_both_languages(
    browser: Browser, status: int, vietnamese: str, english: str
) -> None:
    assert browser.get(f"/fault/{status}", status).heading == vietnamese
    with browser.client.session_transaction() as session:
        session["language"] = "en"
    assert browser.get(f"/fault/{status}", status).heading == english


@pytest.mark.parametrize("kind", ["application/x-www-form-urlencoded", "multipart/form-data"])
def test_a_form_may_have_so_much_text(browser: Browser, kind: str) -> None:
    text = "x" * (MAX_FORM_BYTES - 2**16)
    browser.post("/fault/409", {"text": text}, 409, content_type=kind)
    page = browser.post("/fault/409", {"text": text + "x" * 2**17}, 413, content_type=kind)
    assert "2 MB" in page.text


def test_files_may_be_larger_than_the_text_of_a_form(browser: Browser) -> None:
    browser.post("/fault/409", {"file": (io.BytesIO(b"x" * 2 * MAX_FORM_BYTES), "anh.pdf")}, 409)


def test_many_fields_have_no_more_text_than_one(browser: Browser) -> None:
    fields = dict.fromkeys(("achievement", "reason", "note"), "x" * (MAX_FORM_BYTES // 2))
    browser.post("/fault/409", fields, 413, content_type="multipart/form-data")


def test_a_form_that_says_no_length_is_not_read_to_its_end(browser: Browser) -> None:
    answer = browser.client.post(
        "/fault/409",
        content_type="application/x-www-form-urlencoded",
        input_stream=io.BytesIO(b"text=" + b"x" * 2 * MAX_FORM_BYTES),
        environ_overrides={"wsgi.input_terminated": True},
    )
    assert answer.status_code == 413
    assert "Nội dung quá dài" in answer.text


def test_an_address_nobody_knows_is_explained(browser: Browser) -> None:
    assert browser.get("/nowhere/at/all", 404).heading == "Không tìm thấy trang"


@pytest.mark.parametrize(
    ("name", "status", "text"),
    [
        ("done", 409, "Đã được xử lý bởi Trần Văn Mẫu lúc 10/12/2019 10:42."),
        ("late", 409, "Đã hết thời hạn, hoặc hồ sơ đã chuyển sang bước khác."),
        ("held", 409, "Trần Văn Mẫu đang xử lý việc này."),
        ("frozen", 409, "Hồ sơ đang tạm dừng xét."),
        ("closed", 409, "Hôm nay không trong thời gian đăng ký."),
        ("strange", 409, "Tình trạng hiện tại không cho phép thực hiện việc này."),
        ("lawless", 409, "Chưa có bộ quy định nào có hiệu lực vào ngày này."),
        ("hidden", 404, "Địa chỉ không đúng, hoặc nội dung thuộc đơn vị khác."),
        ("forbidden", 403, "Các vai trò đang giữ không được xem trang này hoặc thực hiện việc này."),
    ],
)
def test_a_refused_act_says_why(browser: Browser, name: str, status: int, text: str) -> None:
    assert text in browser.get(f"/refused/{name}", status).text


def test_a_form_without_its_token_is_not_carried_out(browser: Browser) -> None:
    answer = browser.client.post("/fault/409", data={"csrf_token": "forged"})
    assert answer.status_code == 400
    assert "Trang đã mở quá lâu" in answer.text


def test_a_breakdown_tells_nothing_of_the_inside_and_is_written_down(browser: Browser, caplog) -> None:
    browser.client.application.config.update(PROPAGATE_EXCEPTIONS=False)
    with caplog.at_level(logging.ERROR):
        page = browser.get("/broken", 500)
    assert page.heading == "Hệ thống gặp lỗi"
    assert "secret" not in page.answer.text
    assert "a secret of the inside" in caplog.text


def test_a_breakdown_page_asks_nothing_of_the_database(browser: Browser, monkeypatch) -> None:
    browser.client.application.config.update(PROPAGATE_EXCEPTIONS=False)
    with browser.client.session_transaction() as session:
        session["_user_id"] = "1"
    monkeypatch.setattr("webapp.auth.loading.db", None)
    assert browser.get("/broken", 500).heading == "Hệ thống gặp lỗi"


def test_programs_get_a_problem_instead_of_a_page(browser: Browser) -> None:
    answer = browser.client.get("/api/nowhere")
    assert answer.mimetype == "application/problem+json"
    assert answer.get_json()["status"] == 404

"""What comes as a body: only the JSON of an object, and not too much of it."""

import json

import pytest

from tests.factories import CAMPAIGN
from webapp.extensions import db

PATH = "/nominations"
DEEP = '{"a":' * 30 + "1" + "}" * 30


@pytest.fixture
def officer(program):
    return program("officer")


@pytest.mark.parametrize(
    ("body", "detail"),
    [
        (b"", "trống"),
        (b"{", "dòng 1, cột 2"),
        (b'{"a": 1,\n}', "dòng 2, cột 1"),
        (b'{"a": 1} x', "dòng 1, cột 10"),
        (b"\xff\xfe", "UTF-8"),
        (b"[]", "đối tượng"),
        (b'"text"', "đối tượng"),
        (b"null", "đối tượng"),
        (b'{"a": NaN}', "NaN"),
        (b'{"a": -Infinity}', "Infinity"),
        (b'{"a": 1e999}', "1e999"),
        (b'{"a": 9007199254740992}', "9007199254740991"),
        (b'{"a": ' + b"9" * 5000 + b"}", "9007199254740991"),
        (b'{"a": 1, "a": 2}', "“a” xuất hiện hai lần"),
        (b'{"a": "\\ud800"}', "ký tự"),
        (DEEP.encode(), "lồng"),
        (b"[" * 100_000, "lồng"),
    ],
)
def test_what_is_no_json_object_is_refused(officer, body, detail):
    problem = officer.post(PATH, status=400, data=body, content_type="application/json")
    assert problem["code"] == "malformed_json"
    [error] = problem["errors"]
    assert error["pointer"] == ""
    assert detail in error["detail"]


def test_each_reader_is_told_in_their_language(officer, office):
    office.person("officer").locale = "en"
    db.session.commit()
    problem = officer.post(PATH, status=400, data=b"{", content_type="application/json")
    [error] = problem["errors"]
    assert error["detail"].startswith("The JSON cannot be read from line 1, column 2.")
    problem = officer.get("/tasks", status=422, page="x")
    [error] = problem["errors"]
    assert error["detail"] == "“page” must be a whole number in digits, for example 12."


@pytest.mark.parametrize(
    ("path", "query", "pointer", "detail"),
    [
        ("/tasks", {"page": "x"}, "/page", "“page” phải là số nguyên viết bằng chữ số, ví dụ 12."),
        ("/tasks", {"page": "0"}, "/page", "“page” phải từ 1 đến 100000."),
        (
            "/tasks",
            {"tab": "all"},
            "/tab",
            "“tab” phải là một trong các giá trị: mine, common, delegated, done.",
        ),
        ("/nominations", {"kind": "thing"}, "/kind/0", "“kind” phải là một trong các giá trị: "),
        (
            "/nominations",
            {"only": "x"},
            "/only",
            "“only” phải là một trong các giá trị: overdue, frozen, returned.",
        ),
        ("/nominations", {"holder": "x"}, "/holder", "“holder” viết không đúng như mô tả"),
        ("/nominations", {"q": "x" * 201}, "/q", "“q” được có nhiều nhất 200 ký tự."),
        ("/nominations", {"pgae": "1"}, "/pgae", "“pgae” không có ở đây."),
    ],
)
def test_a_parameter_is_named_with_what_to_do(officer, path, query, pointer, detail):
    problem = officer.get(path, status=422, **query)
    [error] = problem["errors"]
    assert (error["in"], error["pointer"], error["code"]) == ("query", pointer, "malformed")
    assert error["detail"].startswith(detail)


@pytest.mark.parametrize(
    ("body", "detail"),
    [
        ({}, "Thiếu “campaign”."),
        ({"campaign": None}, "“campaign” phải là"),
        ({"campaign": 7}, "“campaign” phải là"),
    ],
)
def test_a_member_of_the_body_is_named_with_what_to_do(officer, body, detail):
    [error] = officer.post(PATH, body, status=422)["errors"]
    assert (error["in"], error["pointer"]) == ("json", "/campaign")
    assert error["detail"].startswith(detail)


def test_a_header_is_named_with_what_to_do(officer):
    body, headers = {"campaign": CAMPAIGN}, {"Idempotency-Key": "k" * 201}
    [error] = officer.post(PATH, body, status=422, headers=headers)["errors"]
    assert error["detail"].startswith("“Idempotency-Key” được có nhiều nhất 200 ký tự.")


@pytest.mark.parametrize(
    "kind", ["", "text/plain", "application/x-www-form-urlencoded", "multipart/form-data"]
)
def test_another_kind_of_body_is_refused(officer, kind):
    problem = officer.post(PATH, status=415, data=b"{}", content_type=kind)
    assert problem["code"] == "unsupported_media_type"


def test_a_charset_may_be_said(officer):
    officer.post(PATH, status=422, data=b"{}", content_type="application/json; charset=utf-8")


def test_a_body_that_is_too_large_is_refused(officer):
    body = json.dumps({"campaign": CAMPAIGN, "text": "x" * 2 * 2**20}).encode()
    problem = officer.post(PATH, status=413, data=body, content_type="application/json")
    assert "2 MB" in problem["title"]


def test_a_nul_in_the_address_is_refused(officer):
    for path in ("/instances/%00", "/tasks/a%00b"):
        officer.get(path, status=400)
    officer.get("/nominations", status=400, q="\0")


def test_an_unknown_address_and_method_are_problems_too(officer):
    assert officer.get("/nothing", status=404)["code"] == "not_found"
    answer = officer.open("delete", "/me")
    assert (answer.status_code, answer.mimetype) == (405, "application/problem+json")
    assert "GET" in answer.headers["Allow"]


def test_a_breakdown_is_a_problem_that_tells_nothing(app, officer, monkeypatch):
    def fail(*_arguments, **_named):
        raise RuntimeError("secret inside")

    app.config["PROPAGATE_EXCEPTIONS"] = False
    monkeypatch.setattr("webapp.api.account.holdings", fail)
    answer = officer.open("get", "/me")
    assert (answer.status_code, answer.mimetype) == (500, "application/problem+json")
    assert "secret" not in answer.text

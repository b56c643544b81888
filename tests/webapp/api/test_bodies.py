"""What comes as a body: only the JSON of an object, and not too much of it."""

import json

import pytest

from tests.factories import CAMPAIGN

PATH = "/nominations"
DEEP = '{"a":' * 30 + "1" + "}" * 30


@pytest.fixture
def officer(program):
    return program("officer")


@pytest.mark.parametrize(
    ("body", "detail"),
    [
        (b"", "Expecting value"),
        (b"{", "Expecting property name"),
        (b'{"a": 1,}', "Expecting property name"),
        (b'{"a": 1} x', "Extra data"),
        (b"\xff\xfe", "decode"),
        (b"[]", "object"),
        (b'"text"', "object"),
        (b"null", "object"),
        (b'{"a": NaN}', "NaN"),
        (b'{"a": -Infinity}', "Infinity"),
        (b'{"a": 1e999}', "too large"),
        (b'{"a": 9007199254740992}', "beyond"),
        (b'{"a": ' + b"9" * 5000 + b"}", "digits"),
        (b'{"a": 1, "a": 2}', "twice"),
        (b'{"a": "\\ud800"}', "surrogates"),
        (DEEP.encode(), "deeper"),
        (b"[" * 100_000, "recursion"),
    ],
)
def test_what_is_no_json_object_is_refused(officer, body, detail):
    problem = officer.post(PATH, status=400, data=body, content_type="application/json")
    assert problem["code"] == "malformed_json"
    [error] = problem["errors"]
    assert error["pointer"] == ""
    assert detail in error["detail"]


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

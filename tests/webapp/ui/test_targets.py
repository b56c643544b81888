"""After an act a person goes on within the application, never to another site."""

import pytest

from webapp.ui.targets import previous_page, safe_target


@pytest.mark.parametrize("target", ["/", "/tasks/7?page=2", "/council/sessions/7#vote", "/a//b"])
def test_own_addresses_pass(target: str) -> None:
    assert safe_target(target) == target


@pytest.mark.parametrize(
    "target",
    [
        "",
        None,
        "tasks",
        "//evil.example",
        "/\\evil.example",
        "https://evil.example/",
        "/\n/evil",
        "/a b",
        "\\\\evil",
    ],
)
def test_others_do_not(target: str | None) -> None:
    assert safe_target(target, "/home") == "/home"


@pytest.mark.parametrize(
    ("referrer", "page"),
    [
        ("http://localhost/tasks?page=2", "/tasks?page=2"),
        ("https://evil.example/tasks", "/home"),
        ("", "/home"),
    ],
)
def test_the_previous_page_is_one_of_ours(bare_app, referrer: str, page: str) -> None:
    with bare_app.test_request_context(headers={"Referer": referrer}):
        assert previous_page("/home") == page

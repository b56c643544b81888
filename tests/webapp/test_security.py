"""Headers of every answer, and addresses of static files."""

import pytest
from flask import Flask
from flask.testing import FlaskClient

from webapp import create_app
from webapp.config import Settings
from webapp.security import asset


def test_every_answer_carries_the_policy(client: FlaskClient) -> None:
    for path in ("/sign-in", "/nowhere", "/static/app.css"):
        headers = client.get(path).headers
        assert headers["Content-Security-Policy"].startswith("default-src 'none'; script-src 'self'")
        assert "unsafe" not in headers["Content-Security-Policy"]
        assert headers["X-Content-Type-Options"] == "nosniff"
        assert headers["Referrer-Policy"] == "same-origin"


def test_pages_are_kept_by_no_shared_computer(client: FlaskClient) -> None:
    assert client.get("/sign-in").headers["Cache-Control"] == "no-store"


def test_a_static_file_with_its_version_is_kept_for_ever(app: Flask, client: FlaskClient) -> None:
    with app.test_request_context():
        address = asset("app.css")
    assert "immutable" in client.get(address).headers["Cache-Control"]
    assert "immutable" not in client.get("/static/app.css").headers.get("Cache-Control", "")


def test_a_file_that_is_not_there_has_an_address_without_version(app: Flask) -> None:
    with app.test_request_context():
        assert asset("vendor/nothing.js") == "/static/vendor/nothing.js"


def test_https_is_asked_for_ever_where_it_is_used(settings: Settings) -> None:
    fields = {"data_dir": settings.data_dir, "database_url": settings.database_url}
    secure = create_app(Settings(**fields, public_url="https://thidua.example.gov.vn", testing=True))
    assert "Strict-Transport-Security" in secure.test_client().get("/sign-in").headers
    plain = create_app(Settings(**fields, testing=True))
    assert "Strict-Transport-Security" not in plain.test_client().get("/sign-in").headers


@pytest.mark.parametrize(("hops", "address"), [(0, "127.0.0.1"), (1, "203.0.113.7")])
def test_as_many_proxies_are_believed_as_the_settings_say(
    settings: Settings, hops: int, address: str
) -> None:
    fields = {"data_dir": settings.data_dir, "database_url": settings.database_url}
    app = create_app(Settings(**fields, proxy_hops=hops, testing=True))
    seen: list[str | None] = []

    @app.before_request
    def look() -> None:
        from flask import request

        seen.append(request.remote_addr)

    app.test_client().get("/sign-in", headers={"X-Forwarded-For": "198.51.100.1, 203.0.113.7"})
    assert seen == [address]

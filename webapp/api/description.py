"""How the API describes itself (OpenAPI 3.1)."""

from __future__ import annotations

from http import HTTPStatus
from typing import Any

from flask import Flask, current_app
from flask_login import current_user
from flask_smorest import Api, Blueprint

from webapp.api.bearer import require_token
from webapp.api.bodies import StrictParser
from webapp.api.shapes import ProblemShape
from webapp.extensions import limiter
from webapp.problems import MEDIA_TYPE
from webapp.ui.access import public

PREFIX = "/api/v1"
SETTINGS = {
    "API_RATE": "600 per minute",
    "API_TITLE": "thidua",
    "API_VERSION": "v1",
    "OPENAPI_VERSION": "3.1.0",
    "OPENAPI_URL_PREFIX": PREFIX,
    "OPENAPI_JSON_PATH": "openapi.json",
    "API_SPEC_OPTIONS": {
        "info": {"description": "The procedure of emulation campaigns and awards, as the pages show it."},
        "servers": [{"url": "/"}],
        "security": [{"bearer": []}],
    },
}
ALWAYS = (HTTPStatus.UNAUTHORIZED, HTTPStatus.FORBIDDEN, HTTPStatus.TOO_MANY_REQUESTS)
READING_A_BODY = (
    HTTPStatus.BAD_REQUEST,
    HTTPStatus.REQUEST_ENTITY_TOO_LARGE,
    HTTPStatus.UNSUPPORTED_MEDIA_TYPE,
)


class Part(Blueprint):
    """A part of the API: opened by a token only, limited in rate, each route described with its faults."""

    ARGUMENTS_PARSER = StrictParser()

    def __init__(self, name: str, path: str, description: str) -> None:
        super().__init__(f"api_{name}", __name__, url_prefix=PREFIX + path, description=description)
        self.before_request(require_token)
        limiter.limit(_rate, key_func=_whose)(self)

    def add_url_rule(
        self, rule: str, endpoint: str | None = None, view_func: Any = None, **options: Any
    ) -> None:
        """Add a route with its name and its faults to the description."""
        faults = [*ALWAYS]
        if "<" in rule:
            faults.append(HTTPStatus.NOT_FOUND)
        if "GET" not in options.get("methods", ("GET",)):
            faults.append(HTTPStatus.CONFLICT)
        if any(part["in"] == "json" for part in _arguments(view_func)):
            faults += READING_A_BODY
        described = self.doc(
            operationId=view_func.__name__, responses={str(fault.value): fault.name for fault in faults}
        )
        super().add_url_rule(rule, endpoint, described(view_func), **options)


class DescribedApi(Api):
    """The library's API without its own answers to faults: `errors.py` and `problems.py` give those."""

    ERROR_SCHEMA = ProblemShape

    def _register_error_handlers(self, **_: Any) -> None:
        pass

    def _register_responses(self) -> None:
        """Every fault has the one shape, whatever its status."""
        for status in (*HTTPStatus, None):
            name = status.name if status else self.DEFAULT_ERROR_RESPONSE_NAME
            answer = {
                "description": status.phrase if status else "Any other fault",
                "content": {MEDIA_TYPE: {"schema": self.ERROR_SCHEMA}},
            }
            self.spec.components.response(name, answer, lazy=True)


def describe(app: Flask) -> DescribedApi:
    """The API of an application; its description is public, what it opens is not."""
    api = DescribedApi(app)
    api.spec.components.security_scheme("bearer", {"type": "http", "scheme": "bearer"})
    for endpoint, view in app.view_functions.items():
        if endpoint.startswith("api-docs."):
            app.view_functions[endpoint] = public(_plain(view))
    return api


def _arguments(view: Any) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = getattr(view, "_apidoc", {}).get("arguments", {}).get("parameters", [])
    return found


def _rate() -> str:
    rate: str = current_app.config["API_RATE"]
    return rate


def _whose() -> str:
    return f"api {current_user.get_id()}"


def _plain(view: Any) -> Any:
    def described(**arguments: Any) -> Any:
        return view(**arguments)

    return described

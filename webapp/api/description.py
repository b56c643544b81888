"""How the API describes itself (OpenAPI)."""

from __future__ import annotations

from typing import Any

from flask import Flask
from flask_smorest import Api

from webapp.ui.access import public

SETTINGS = {
    "API_TITLE": "thidua",
    "API_VERSION": "v1",
    "OPENAPI_VERSION": "3.1.0",
    "OPENAPI_URL_PREFIX": "/api/v1",
    "OPENAPI_JSON_PATH": "openapi.json",
}


class DescribedApi(Api):
    """The library's API without its own answers to faults: `errors.py` and `problems.py` give those."""

    def _register_error_handlers(self, **_: Any) -> None:
        pass


def describe(app: Flask) -> DescribedApi:
    """The API of an application; its description is public, what it opens is not."""
    api = DescribedApi(app)
    api.spec.components.security_scheme("bearer", {"type": "http", "scheme": "bearer"})
    api.spec.options["security"] = [{"bearer": []}]
    for endpoint, view in app.view_functions.items():
        if endpoint.startswith("api-docs."):
            app.view_functions[endpoint] = public(_plain(view))
    return api


def _plain(view: Any) -> Any:
    def described(**arguments: Any) -> Any:
        return view(**arguments)

    return described

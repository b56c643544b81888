"""Answers about one case or paper to whoever has its code."""

from __future__ import annotations

from http import HTTPStatus
from typing import Any

from flask import make_response, render_template
from werkzeug.wrappers import Response


def unlisted(page: str, status: int = HTTPStatus.OK, **shown: Any) -> Response:
    """A page that no search engine lists and no cache keeps."""
    response = make_response(render_template(page, **shown), status)
    response.headers["X-Robots-Tag"] = "noindex, nofollow"
    response.headers["Cache-Control"] = "no-store"
    return response

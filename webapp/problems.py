"""Faults of the API as ``application/problem+json`` (RFC 9457): one shape for all of them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from http import HTTPStatus
from typing import Any

from flask import jsonify
from werkzeug.wrappers import Response

MEDIA_TYPE = "application/problem+json"


def problem(
    status: int, title: str, code: str = "", detail: str = "", errors: Sequence[Mapping[str, Any]] = ()
) -> Response:
    """A fault: a title in the reader's language, a code for programs, what is wrong where.

    Without a ``code`` it is the name of the status, e.g. ``not_found``.
    """
    body: dict[str, Any] = {"type": "about:blank", "status": int(status), "title": title}
    body["code"] = code or HTTPStatus(status).name.lower()
    if detail:
        body["detail"] = detail
    if errors:
        body["errors"] = [dict(error) for error in errors]
    answer = jsonify(body)
    answer.status_code = int(status)
    answer.mimetype = MEDIA_TYPE
    if status == HTTPStatus.UNAUTHORIZED:
        answer.headers["WWW-Authenticate"] = "Bearer"
    return answer

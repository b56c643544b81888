"""A person at a browser without a network: requests through the WSGI application, timed."""

from __future__ import annotations

import time
from contextvars import Context
from typing import Any

from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from webapp.auth.loading import MARK, password_mark
from webapp.models import Person


class Browser:
    """Signed in as one person. Each request runs apart from the bench's own context, as in a server."""

    def __init__(self, app: Flask, person: Person) -> None:
        self.client: FlaskClient = app.test_client()
        with self.client.session_transaction() as session:
            session["_user_id"], session["_fresh"] = str(person.id), True
            session[MARK] = password_mark(person)

    def request(
        self, method: str, path: str, expected: int = 200, **options: Any
    ) -> tuple[float, TestResponse]:
        """Seconds that a request takes, and its answer."""
        began = time.perf_counter()
        answer: TestResponse = Context().run(self.client.open, path, method=method, **options)
        took = time.perf_counter() - began
        if answer.status_code != expected:
            raise SystemExit(f"{method} {path}: {answer.status}\n{answer.get_data(as_text=True)[:2000]}")
        return took, answer

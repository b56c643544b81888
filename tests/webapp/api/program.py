"""A program that uses the API, and holds every answer to the description."""

import json
import re
import secrets
from functools import cached_property
from typing import Any, ClassVar

from flask import Flask
from jsonschema import Draft202012Validator
from referencing import Registry, Resource
from referencing.jsonschema import DRAFT202012
from werkzeug.test import TestResponse

from tests.factories import Office
from webapp.operations.acting import SYSTEM
from webapp.operations.tokens import add_token

START = "/api/v1"
PROBLEM = "application/problem+json"


class DescriptionError(AssertionError):
    """An answer that the description does not have."""


class Description:
    """The OpenAPI document of the application."""

    said: ClassVar[bytes] = b""

    def __init__(self, app: Flask) -> None:
        if not Description.said:  # the same for every application, and long
            answer = app.test_client().get(f"{START}/openapi.json")
            assert answer.status_code == 200
            Description.said = answer.get_data()
        self.document: dict[str, Any] = json.loads(Description.said)

    @cached_property
    def operations(self) -> dict[tuple[str, str], dict[str, Any]]:
        """By method and path template."""
        return {
            (method, path): operation
            for path, item in self.document["paths"].items()
            for method, operation in item.items()
            if method != "parameters"
        }

    def operation(self, method: str, path: str) -> dict[str, Any] | None:
        if (method, path) in self.operations:
            return self.operations[method, path]
        for (known, template), operation in self.operations.items():
            pattern = re.sub(r"\{\w+\}", "[^/]+", template.replace("{unit}", ".+"))
            if known == method and re.fullmatch(pattern, path):
                return operation
        return None

    def resolved(self, part: dict[str, Any]) -> dict[str, Any]:
        """What a reference names, or the part itself."""
        for step in part.get("$ref", "").split("/")[1:]:
            part = self.document[step] if step == "components" else part[step]
        return part

    def validator(self, schema: dict[str, Any]) -> Draft202012Validator:
        registry = Registry().with_resource("urn:api", Resource(self.document, DRAFT202012))
        absolute = {"$ref": "urn:api" + schema["$ref"]} if "$ref" in schema else schema
        return Draft202012Validator(absolute, registry=registry)

    def check(self, answer: TestResponse) -> None:
        """Raise DescriptionError unless the description has this answer to this request."""
        method, path = answer.request.method.lower(), answer.request.path
        operation = self.operation(method, path)
        if operation is None:
            return
        told = operation["responses"].get(str(answer.status_code))
        if told is None:
            told = operation["responses"]["default"] if answer.status_code >= 400 else {}
        if not told:
            raise DescriptionError(f"{method} {path}: {answer.status_code} is not described: {answer.text}")
        content = self.resolved(told).get("content", {})
        if not content and not answer.get_data():
            return
        if answer.mimetype not in content:
            raise DescriptionError(f"{method} {path}: {answer.mimetype} is not described")
        if answer.is_json and answer.get_data():
            faults = list(self.validator(content[answer.mimetype]["schema"]).iter_errors(answer.get_json()))
            if faults:
                raise DescriptionError(f"{method} {path}: {faults[0]}")


class Program:
    """A program with somebody's token; without a person, with none."""

    def __init__(self, app: Flask, office: Office, username: str = "") -> None:
        self.description = Description(app)
        self.client = app.test_client(use_cookies=False)
        self.headers = {"Authorization": f"Bearer {token(office, username)}"} if username else {}

    def get(self, path: str, status: int = 200, headers: dict[str, str] | None = None, **query: Any) -> Any:
        return self._answer("get", path, status, headers, query_string=query)

    def post(
        self,
        path: str,
        body: Any = None,
        status: int = 200,
        headers: dict[str, str] | None = None,
        **options: Any,
    ) -> Any:
        if body is not None:
            options["json"] = body
        return self._answer("post", path, status, headers, **options)

    def open(self, method: str, path: str, **options: Any) -> TestResponse:
        """Any request, answered in any way the description has."""
        headers = {**self.headers, **(options.pop("headers", None) or {})}
        answer = self.client.open(START + path, method=method.upper(), headers=headers, **options)
        self.description.check(answer)
        return answer

    def _answer(
        self, method: str, path: str, status: int, headers: dict[str, str] | None, **options: Any
    ) -> Any:
        answer = self.open(method, path, headers=headers, **options)
        assert answer.status_code == status, answer.text
        if status >= 400:
            assert answer.mimetype == PROBLEM
        return answer.get_json() if answer.is_json and answer.get_data() else answer.text


def token(office: Office, username: str, days: int | None = None) -> str:
    """A new token of somebody."""
    plain = secrets.token_urlsafe(32)
    add_token(office.person(username).id, plain, "test", days, actor=SYSTEM, now=office.now)
    return plain

"""Modules, functions, views and templates stay small enough to be read at once."""

import ast
from pathlib import Path

from tests.architecture.tree import Function, files, functions, lines, name

MODULE, FUNCTION, VIEW, TEMPLATE = 300, 40, 20, 150
VERBS = {"route", "get", "post", "put", "patch", "delete"}


def test_modules_are_short() -> None:
    assert [f"{name(path)}: {len(lines(path))}" for path in python() if len(lines(path)) > MODULE] == []


def test_functions_are_short() -> None:
    every = ((path, one) for path in python() for one in functions(path))
    assert [f"{name(path)}:{one.lineno} {one.name}" for path, one in every if size(one) > FUNCTION] == []


def test_views_read_call_and_respond() -> None:
    every = ((path, one) for path in files("webapp", suffix=".py") for one in functions(path) if is_view(one))
    assert [f"{name(path)}:{one.lineno} {one.name}" for path, one in every if body_lines(one) > VIEW] == []


def test_templates_are_short() -> None:
    templates = files("webapp", suffix=".html")
    assert [f"{name(path)}: {len(lines(path))}" for path in templates if len(lines(path)) > TEMPLATE] == []


def python() -> tuple[Path, ...]:
    """All Python but the migrations, whose length is that of the tables."""
    return files("webapp", "workflows", "bench", "tests", suffix=".py")


def is_view(function: Function) -> bool:
    calls = (decorator.func for decorator in function.decorator_list if isinstance(decorator, ast.Call))
    return any(isinstance(call, ast.Attribute) and call.attr in VERBS for call in calls)


def size(function: Function) -> int:
    """Lines from `def` to the end, docstring included."""
    return (function.end_lineno or 0) - function.lineno + 1


def body_lines(function: Function) -> int:
    """Lines of the body without the docstring."""
    body = function.body[1:] if ast.get_docstring(function) else function.body
    return (function.end_lineno or 0) - body[0].lineno + 1 if body else 0

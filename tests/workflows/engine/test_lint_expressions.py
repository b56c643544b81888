"""The whitelist of expressions: what a diagram may ask, and that nothing else gets through."""

import ast

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workflows.engine.lint_expressions import is_condition, is_instant, is_name, parsed

HARMLESS = (
    ast.BoolOp, ast.boolop, ast.UnaryOp, ast.Not, ast.USub, ast.Compare, ast.cmpop, ast.Constant, ast.Name, ast.Load,
    ast.Subscript, ast.Tuple, ast.List,
)  # fmt: skip  # -- kinds of nodes that call nothing and reach nothing
PIECES = st.sampled_from(
    "decision levels due typename __class__ open print 1 -1 2.5 'a' \"b\" None True ( ) [ ] { } . , : == != < <= in is "
    "not and or if else lambda for + - * ** ~ := await yield f'x'".split()
)


@pytest.mark.parametrize(
    "text",
    [
        "decision == 'refuse'",
        "'district' in levels",
        "decision == 'open' and quorate and not is_late",
        "milestone['kind'] != 'review' or posting_days >= 10",
        "route in ['commune', 'direct']",
        "1 < days <= 30",
        "-1 < days",
        "data['a']['b']",
        "None",
    ],
)
def test_conditions_that_are_allowed(text: str) -> None:
    assert is_condition(text)


@pytest.mark.parametrize(
    "text",
    [
        "",
        " decision",
        "open('x')",
        "().__class__",
        "levels.append(1)",
        "[x for x in levels]",
        "lambda: 1",
        "a if b else c",
        "levels[0]",
        "levels[decision]",
        "a + b",
        "f'{a}'",
        "(a := 1)",
        "a is b",
        "b'x' == a",
        "1j",
        "...",
        "_private",
        "__builtins__",
        "typename == 'x'",
        "due('intake')",
        "[a, b]",
        "{'a': 1}",
        "~1",
        "x = 1",
        "a\x00",
        "not " * 500 + "a",
        "(" * 350 + "a" + ")" * 350,
    ],
)
def test_conditions_that_are_refused(text: str) -> None:
    assert not is_condition(text)


@pytest.mark.parametrize("text", ["due('appraisal')", "fill_by", "milestone['date']"])
def test_instants_that_are_allowed(text: str) -> None:
    assert is_instant(text)


@pytest.mark.parametrize(
    "text",
    ["'2019-12-31'", "due(clock)", "due('a', 'b')", "due('Check')", "due()", "now()", "a == b", "due", ""],
)
def test_instants_that_are_refused(text: str) -> None:
    assert not is_instant(text)


def test_reserved_words_are_no_names() -> None:
    assert is_name("unit")
    assert not is_name("typename")
    assert not is_name("Unit")


@given(st.lists(PIECES, max_size=9).map(" ".join))
def test_what_is_allowed_calls_nothing_and_reaches_nothing(text: str) -> None:
    if is_condition(text):
        tree = parsed(text)
        assert tree is not None
        assert all(isinstance(node, HARMLESS) for node in ast.walk(tree))
        assert "__" not in text.replace("'", "")


@given(st.lists(PIECES, max_size=9).map(" ".join))
def test_a_timer_never_waits_for_what_a_condition_may_compute(text: str) -> None:
    if is_instant(text):
        assert isinstance(parsed(text), ast.Name | ast.Subscript | ast.Call)

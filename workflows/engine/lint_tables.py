"""Lints decision tables: hit policy, entries by whitelist, and every row tried out against every other.

The library evaluates an entry in one of three ways, which are kept here: ``?`` stands for the input, a
constant is compared with it, anything else is written behind it (``>= 5``). It returns the first match of a
UNIQUE table and an empty result where nothing matches, so overlap and gaps have to be found before.
"""

from __future__ import annotations

import ast
import itertools
import re
from collections.abc import Iterator, Sequence
from types import CodeType
from typing import Any

from lxml import etree

from workflows.engine.lint_expressions import is_allowed, is_condition, is_name, parsed
from workflows.engine.lint_faults import Fault

POLICIES = ("UNIQUE", "COLLECT")
INPUT = "value"
WITH_TEXT = {"inputExpression", "inputEntry", "outputEntry"}
PARTS = WITH_TEXT | {"input", "output", "rule", "text", "description"}
_MARK = re.compile(r"\?(?=(?:[^'\"]|['\"][^'\"]*['\"])*$)")
Taken = tuple[frozenset[int], ...]
"""For each row, the numbers of the values tried on one input that the row takes."""


def decisions(root: etree._Element) -> list[etree._Element]:
    """The decisions of a DMN file, whatever version of DMN it is."""
    return list(root.iterfind("{*}decision"))


def table_faults(path: str, root: etree._Element) -> Iterator[Fault]:
    """All faults of one DMN file."""
    found = decisions(root)
    tables = [table for decision in found for table in decision.iterfind("{*}decisionTable")]
    if len(found) != 1 or len(tables) != 1 or len(found[0]) != 1 or _is_strange(tables[0]):
        yield Fault(path, "", "table_shape")
        return
    decision, table = found[0], tables[0]
    identity = decision.get("id", "")
    if not is_name(identity):
        yield Fault(path, identity, "unreadable_id")
    if (policy := table.get("hitPolicy", "UNIQUE")) not in POLICIES:
        yield Fault(path, identity, "hit_policy", {"policy": policy})
    faults = list(_entry_faults(path, identity, table))
    yield from faults or _row_faults(path, identity, table)


def _is_strange(table: etree._Element) -> bool:
    """Whether the library could read another text there than the lint: it takes the last of several."""
    namespace = etree.QName(table).namespace
    names = [(etree.QName(node), node) for node in table.iter("*") if node is not table]
    return any(
        name.namespace != namespace
        or name.localname not in PARTS
        or (name.localname in WITH_TEXT and len(list(node.iterfind("{*}text"))) != 1)
        or (name.localname == "input" and len(list(node.iterfind("{*}inputExpression"))) != 1)
        for name, node in names
    )


def _entry_faults(path: str, identity: str, table: etree._Element) -> Iterator[Fault]:
    inputs, outputs = list(table.iterfind("{*}input")), list(table.iterfind("{*}output"))
    for column in inputs:
        if not is_condition(text := _text(column.find("{*}inputExpression"))):
            yield Fault(path, column.get("id", identity), "expression_refused", {"expression": text})
    for column in outputs:
        if not is_name(column.get("name", "")):
            yield Fault(path, column.get("id", identity), "unreadable_id")
    for row in table.iterfind("{*}rule"):
        tests, results = list(row.iterfind("{*}inputEntry")), list(row.iterfind("{*}outputEntry"))
        if (len(tests), len(results)) != (len(inputs), len(outputs)):
            yield Fault(path, row.get("id", identity), "table_shape")
        refused = [_text(test) for test in tests if _test(_text(test)) is None]
        refused += [_text(result) for result in results if not is_condition(_text(result))]
        for text in refused:
            yield Fault(path, row.get("id", identity), "expression_refused", {"expression": text})


def _row_faults(path: str, identity: str, table: etree._Element) -> Iterator[Fault]:
    rows = list(table.iterfind("{*}rule"))
    texts = [[_text(test) for test in row.iterfind("{*}inputEntry")] for row in rows]
    if not rows or any(text not in ("", "-") for text in texts[-1]):
        yield Fault(path, identity, "default_row_missing")
        return
    try:
        columns = [_tried(column, entries) for column, entries in _columns(table, texts)]
    except TypeError:
        # A text compared with a number: the engine would fail on it at run time.
        yield Fault(path, identity, "expression_refused", {"expression": "; ".join(itertools.chain(*texts))})
        return
    for number in range(len(rows)):
        if any(not taken[number] for taken in columns):
            yield Fault(path, rows[number].get("id", identity), "row_never_applies", {"row": str(number + 1)})
    if table.get("hitPolicy", "UNIQUE") == "UNIQUE":
        for one, other in itertools.combinations(range(len(rows) - 1), 2):
            if all(taken[one] & taken[other] for taken in columns):
                params = {"row": str(one + 1), "other": str(other + 1)}
                yield Fault(path, rows[other].get("id", identity), "rows_overlap", params)


def _columns(
    table: etree._Element, texts: Sequence[Sequence[str]]
) -> Iterator[tuple[etree._Element, list[ast.expr]]]:
    for number, column in enumerate(table.iterfind("{*}input")):
        yield column, [tree for row in texts if (tree := _test(row[number])) is not None]


def _tried(column: etree._Element, entries: Sequence[ast.expr]) -> Taken:
    kind = next((expression.get("typeRef", "") for expression in column.iterfind("{*}inputExpression")), "")
    candidates = _candidates(entries, whole=kind in ("integer", "long"))
    codes = [compile(ast.Expression(entry), "entry", "eval") for entry in entries]
    return tuple(
        frozenset(number for number, value in enumerate(candidates) if _applies(code, value))
        for code in codes
    )


def _applies(code: CodeType, value: object) -> bool:
    return bool(eval(code, {"__builtins__": {}}, {INPUT: value}))  # noqa: S307 -- whitelisted by _test


def _candidates(entries: Sequence[ast.expr], *, whole: bool) -> list[object]:
    """Values that tell the entries of a column apart: each constant, and one before, between and behind."""
    nodes = [node for entry in entries for node in ast.walk(entry)]
    constants: set[Any] = {node.value for node in nodes if isinstance(node, ast.Constant)}
    sizes = {value for value in constants if type(value) in (int, float)}
    numbers = sorted(sizes | {-size for size in sizes})
    texts = sorted(value for value in constants if isinstance(value, str))
    found: list[object] = [*texts, "".join(texts) + "~"] if texts else []
    if numbers:
        found += {near for number in numbers for near in (number - 1, number, number + 1)}
        found += [] if whole else [(low + high) / 2 for low, high in itertools.pairwise(numbers)]
    if any(isinstance(value, bool) for value in constants) and not found:
        found = [True, False]
    return found or [None]


def _test(text: str) -> ast.expr | None:
    """The condition on ``value`` an input entry stands for; None where it is not allowed."""
    if text in ("", "-"):
        return ast.parse("True", mode="eval").body
    marked = _MARK.sub(INPUT, text)
    if marked != text:
        tree = parsed(marked)
    elif parsed(text) is None:
        tree = parsed(INPUT + text)
    elif isinstance(parsed(text), ast.Constant | ast.UnaryOp):
        tree = parsed(f"{INPUT} == ({text})")
    else:
        return None
    names = {node.id for node in ast.walk(tree) if isinstance(node, ast.Name)} if tree else set()
    return tree if tree is not None and is_allowed(tree) and names == {INPUT} else None


def _text(node: etree._Element | None) -> str:
    return "" if node is None else (node.findtext("{*}text") or "")

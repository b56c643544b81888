"""Which expressions a diagram or a table may hold, decided on Python's own syntax tree.

The engine evaluates expressions as Python, so what is not listed here never gets near it: names of task
data, constants, comparisons, and / or / not, ``in``, subscripts by a constant text, lists of constants; in
timers ``due('clock')``.
"""

from __future__ import annotations

import ast
import re

READABLE = re.compile(r"[a-z][a-z0-9_]*")
RESERVED = frozenset({"typename", "due"})
LONGEST = 400

_OPERATORS = (ast.And, ast.Or, ast.Eq, ast.NotEq, ast.Lt, ast.LtE, ast.Gt, ast.GtE, ast.In, ast.NotIn)
_CONSTANTS = (str, int, float, bool, type(None))


def parsed(text: str) -> ast.expr | None:
    """The syntax tree of an expression, or None when it is no expression or absurdly long."""
    if len(text) > LONGEST:
        return None
    try:
        return ast.parse(text, mode="eval").body
    except (SyntaxError, ValueError):
        return None


def is_condition(text: str) -> bool:
    """True for what may stand in a condition, a parameter of an effect, or a table."""
    tree = parsed(text)
    return tree is not None and is_allowed(tree)


def is_instant(text: str) -> bool:
    """True for what a timer may wait for: a name of task data, a part of it, or ``due('clock')``."""
    tree = parsed(text)
    return tree is not None and (_is_reference(tree) or _is_due(tree))


def is_name(text: str) -> bool:
    """True for a readable name that is not reserved."""
    return READABLE.fullmatch(text) is not None and text not in RESERVED


def is_allowed(node: ast.expr) -> bool:
    """The whitelist, from the outside in."""
    match node:
        case ast.BoolOp(op=operator, values=values):
            return isinstance(operator, _OPERATORS) and all(map(is_allowed, values))
        case ast.UnaryOp(op=ast.Not(), operand=operand):
            return is_allowed(operand)
        case ast.Compare(left=left, ops=operators, comparators=right):
            known = all(isinstance(each, _OPERATORS) for each in operators)
            return known and all(map(is_allowed, [left, *right]))
        case ast.Tuple(elts=items) | ast.List(elts=items):
            return all(map(_is_constant, items))
    return _is_constant(node) or _is_reference(node)


def _is_constant(node: ast.expr) -> bool:
    if isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.USub):
        return isinstance(node.operand, ast.Constant) and type(node.operand.value) in (int, float)
    return isinstance(node, ast.Constant) and type(node.value) in _CONSTANTS


def _is_reference(node: ast.expr) -> bool:
    match node:
        case ast.Name(id=name):
            return is_name(name)
        case ast.Subscript(value=value, slice=ast.Constant(value=str())):
            return _is_reference(value)
    return False


def _is_due(node: ast.expr) -> bool:
    match node:
        case ast.Call(func=ast.Name(id="due"), args=[ast.Constant(value=str(clock))], keywords=[]):
            return is_name(clock)
    return False

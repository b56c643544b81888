"""Who may open a route: each view declares one rule, and a route without a rule is never served."""

from collections.abc import Callable
from dataclasses import dataclass
from http import HTTPStatus
from typing import Any, Literal, NoReturn, TypeVar

from flask import Flask, Response, abort, current_app, g, request
from flask_login import current_user
from sqlalchemy import select
from sqlalchemy.orm import joinedload

from webapp.extensions import db
from webapp.models.person import Person
from webapp.models.role import RoleHolding
from webapp.operations.access import record_access
from webapp.operations.acting import Actor
from webapp.queries.standing import Standing, standing_of
from webapp.ui.clock import request_now, today
from webapp.ui.permissions import PERMISSIONS
from workflows.events import ActRefused

View = TypeVar("View", bound=Callable[..., Any])


@dataclass(frozen=True)
class Rule:
    """Who may call a view: everybody, everybody signed in, or whoever holds a role with the permission."""

    kind: Literal["public", "signed_in", "permission"]
    permission: str = ""


def public(view: View) -> View:
    """Everybody may call the view."""
    return _declare(view, Rule("public"))


def signed_in(view: View) -> View:
    """Everybody with an account may call the view."""
    return _declare(view, Rule("signed_in"))


def permission(name: str) -> Callable[[View], View]:
    """Whoever holds, today, a role with this permission (see `permissions.py`) may call the view."""
    if name not in PERMISSIONS:
        raise ValueError(f"unknown permission {name!r}")

    def decorate(view: View) -> View:
        return _declare(view, Rule("permission", name))

    return decorate


def init_app(app: Flask) -> None:
    """Guard every request and let templates ask `may(permission)`."""
    _declare(app.view_functions["static"], Rule("public"))
    app.before_request(_guard)
    app.after_request(_note_refusal)
    app.jinja_env.globals.update(may=may, holdings=holdings)


def rule_of(view: Any, method: str) -> Rule | None:
    """The rule declared on a view function, or on the class or the method of a class-based view."""
    rule = getattr(view, "access_rule", None)
    view_class = getattr(view, "view_class", None)
    if view_class is not None:
        handler = getattr(view_class, method.lower(), None) or getattr(view_class, "get", None)
        rule = getattr(handler, "access_rule", None) or getattr(view_class, "access_rule", rule)
    return rule if isinstance(rule, Rule) else None


def person() -> Person:
    """The person signed in. Raises 401 for a visitor."""
    found = current_user._get_current_object()
    return found if isinstance(found, Person) else abort(401)


def standing() -> Standing:
    """What the person signed in holds today; read once in a request. Raises 401 for a visitor."""
    if "standing" not in g:
        held = standing_of(db.session(), person(), today())
        g.standing = held.alone() if "bearer" in g else held
    found: Standing = g.standing
    return found


def holdings() -> list[RoleHolding]:
    """The roles held today with their units, to be shown, read once in a request; none for a visitor."""
    if not current_user.is_authenticated:
        return []
    if "holdings" not in g:
        g.holdings = _holdings()
    found: list[RoleHolding] = g.holdings
    return found


def _holdings() -> list[RoleHolding]:
    query = (
        select(RoleHolding)
        .options(joinedload(RoleHolding.unit))
        .where(RoleHolding.person_id == person().id)
        .order_by(RoleHolding.id)
    )
    day = today()
    return [held for held in db.session.scalars(query) if held.holds_on(day)]


def may(name: str) -> bool:
    """True when the person signed in holds, today, a role with this permission."""
    return bool(current_user.is_authenticated) and standing().holds(*PERMISSIONS[name])


def record_refusal(rule: str) -> None:
    """Note that the person signed in was refused what this request asks for, and by which rule."""
    happening = ActRefused(rule=rule, path=request.path, method=request.method)
    record_access(happening, actor=Actor.of(person()), now=request_now())


def note_missing() -> None:
    """Note that somebody signed in asked for what is not there, or not for them, on a page that is not everybody's."""
    if request.endpoint is None or not current_user.is_authenticated:
        return
    rule = rule_of(current_app.view_functions[request.endpoint], request.method)
    if rule is not None and rule.kind != "public":
        record_refusal("visible")


def _note_refusal(answer: Response) -> Response:
    """Note an act of somebody signed in that was refused as things stand: by 409, or by a way back with the reason."""
    acts = request.method not in ("GET", "HEAD", "OPTIONS")
    back = answer.status_code in (HTTPStatus.FOUND, HTTPStatus.SEE_OTHER) and "refused" in g
    if (answer.status_code == HTTPStatus.CONFLICT or back) and acts and current_user.is_authenticated:
        record_refusal(g.get("refused", "conflict"))
    return answer


def hidden() -> NoReturn:
    """There is no such thing, or none this person may know of; that it was asked for is noted."""
    record_refusal("visible")
    abort(404)


def _declare(view: View, rule: Rule) -> View:
    view.access_rule = rule  # type: ignore[attr-defined]  # functions take attributes, Callable does not say so
    return view


def _guard() -> None:
    """Deny by default: 404 without a rule, 401 without an account, 403 without the permission."""
    if request.endpoint is None:
        return
    rule = rule_of(current_app.view_functions[request.endpoint], request.method)
    if rule is None:
        current_app.logger.error("route %s declares no access rule", request.endpoint)
        abort(404)
    if rule.kind == "public":
        return
    if not current_user.is_authenticated:
        abort(401)
    if rule.kind == "permission" and not may(rule.permission):
        record_refusal(rule.permission)
        abort(403)

"""Whom an administrator may choose."""

from __future__ import annotations

from webapp.extensions import db
from webapp.i18n import content
from webapp.queries.person_page import PersonToChoose, people_to_choose
from webapp.ui.access import standing
from webapp.ui.clock import today
from webapp.ui.roles import role_name


def people_choices(without: str = "") -> list[tuple[str, str]]:
    """Everybody to choose but one (a public id), told apart: “name (user name) – role, unit”."""
    found = people_to_choose(db.session(), standing(), today())
    return [(each.public_id, _called(each)) for each in found if each.public_id != without]


def _called(each: PersonToChoose) -> str:
    name = f"{each.name} ({each.username})" if each.username else each.name
    return f"{name} – {role_name(each.role)}, {content(each.unit)}" if each.role else name

"""Puts an entry of the rules of 2014 right for the district, as its administrator and its chairman do."""

from collections.abc import Mapping
from typing import Any

from sqlalchemy import select

from tests.factories import LONG_AGO, Office
from tests.people import TINH_BIEN
from webapp.extensions import db
from webapp.models import Unit
from webapp.operations import people, rule_sets
from webapp.operations.acting import SYSTEM
from webapp.queries.rule_sets import version_in_force
from workflows.law_amendments import Amendment
from workflows.typed_yaml import read


def correct_rules(office: Office, group: str, code: str, values: Mapping[str, Any]) -> None:
    """Let an entry of a list (by its code; "": all entries of the list) say something else all along."""
    admin = office.actor("clerk")
    people.give_role(admin.public_id, "admin", TINH_BIEN, LONG_AGO, actor=SYSTEM, now=office.now)
    place = db.session.scalars(select(Unit).where(Unit.code == TINH_BIEN)).one()
    version = version_in_force(db.session(), "law-2014", place)
    assert version is not None
    upon, entries = version.public_id, read(version.content).data[group]
    for index, entry in enumerate(entries):
        if entry.get("code", "") == code:
            told = Amendment("correct", (group, index), {**entry, **values})
            upon = rule_sets.amend_rules(upon, TINH_BIEN, told, actor=admin, now=office.now)
    rule_sets.submit_rules(upon, actor=admin, now=office.now)
    rule_sets.decide_rules(upon, approve=True, actor=office.actor("authority"), now=office.now)
    db.session.remove()

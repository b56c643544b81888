"""A drafted decision on its way to its number: submitted, checked, signed here or on paper, numbered."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from sqlalchemy import select

from webapp.demo.after_scripts import Signing
from webapp.demo.setting import Place
from webapp.demo.telling import Story, at
from webapp.extensions import db
from webapp.models import Person

Number = Mapping[str, Any]
Scanned = Callable[[Number], Mapping[str, Any]]
"""Number, symbol and day → what the clerk enters of a decision that comes back signed."""


def signing(place: Place, script: Signing, case: str, key: str, scanned: Scanned | None = None) -> Story:
    """Submit, check, sign and number a draft; ``scanned`` where it is signed elsewhere."""
    signed = {"signature": place.stage.signature}
    check = {"decision": "approve", "signing": "elsewhere" if script.elsewhere else "here"}
    steps: list[tuple[str, str, str, dict[str, Any]]] = [
        (script.submitted, "head", "submit_decision", {"decision": "submit", **signed}),
        (script.checked, "office", "check_decision", check),
        (script.signed, "authority", "sign_decision", {"decision": "sign", "signed_as": "chief", **signed}),
    ]
    for when, role, element, form in steps[:2] if script.elsewhere else steps:
        yield at(when, f"{key}/{element}")
        place.stage.do(place.who(role), element, case, form)
    yield at(script.numbered, f"{key}/numbered")
    number = {"number": script.number, "symbol": "QĐ-UBND", "dated_on": place.day.isoformat()}
    if scanned is not None and script.elsewhere:
        place.stage.do(place.who("clerk"), "record_signed_decision", case, {**number, **scanned(number)})
    else:
        place.stage.do(place.who("clerk"), "number_decision", case, number)


def signer(place: Place) -> str:
    """Who signs the decisions of the organiser, by public id."""
    named = select(Person.public_id).where(Person.username == place.who("authority"))
    return db.session.execute(named).scalar_one()

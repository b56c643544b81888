"""Aggregated list: a unit's accepted registrations, signed once, confirmed by the organiser."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sqlalchemy import delete, select

from webapp.models import (
    Case,
    Registration,
    RegistrationList,
    RegistrationListLine,
    RegistrationVersion,
)
from webapp.operations import hooks
from webapp.operations.cases import open_case
from webapp.operations.hooks import Carrying, Completing
from webapp.operations.refusals import NotNow
from webapp.operations.starts import Start
from webapp.queries.registration_lists import in_force_now, list_of, unlisted
from webapp.queries.units import places_of


@hooks.opening("registration_list")
def open_list(start: Start) -> Case:
    """Open a list of the officer's unit. Raises NotNow: nobody above confirms it, or nothing could stand on it."""
    transaction, campaign = start.transaction, start.campaign
    unit = start.own_unit("officer")
    if unit.id == campaign.unit_id:
        raise NotNow("nobody_above")
    if not unlisted(transaction.session, campaign.id, unit):
        raise NotNow("nothing_to_gather")
    case = open_case(
        transaction,
        "registration_list",
        title=unit.name,
        places=places_of(transaction.session, campaign, unit),
        campaign_id=campaign.id,
        data={},
        private=dict(start.form),
    )
    transaction.session.add(RegistrationList(case_id=case.id, campaign_id=campaign.id, unit_id=unit.id))
    return case


@hooks.completing("registration_list", "gather_registrations")
def gather(completing: Completing) -> None:
    """The list as chosen now replaces the one before; each registration in the version in force."""
    session, codes = completing.transaction.session, completing.form["registrations"]
    found = list_of(session, completing.case)
    session.execute(delete(RegistrationListLine).where(RegistrationListLine.list_id == found.id))
    versions = session.execute(
        select(Case.code, RegistrationVersion.id)
        .join(Registration, Registration.case_id == Case.id)
        .join(RegistrationVersion, RegistrationVersion.registration_id == Registration.id)
        .where(Case.code.in_(codes), in_force_now())
    )
    ids = dict(versions.all())
    session.add_all(
        RegistrationListLine(list_id=found.id, version_id=ids[code], position=position)
        for position, code in enumerate(codes, 1)
    )
    session.expire(found, ["lines"])
    found.signed_at = None


@hooks.completing("registration_list", "sign_list")
def sign(completing: Completing) -> None:
    """Signed once for all lines."""
    if completing.form["decision"] == "sign":
        list_of(completing.transaction.session, completing.case).signed_at = completing.transaction.now.at


@hooks.carrying("mark_confirmed")
def mark_confirmed(carrying: Carrying) -> Mapping[str, Any]:
    """Every registration on the list is confirmed from now on, in the version it stands there in."""
    found = list_of(carrying.transaction.session, carrying.case)
    found.confirmed_at = carrying.transaction.now.at
    return {"registrations": len(found.lines)}

"""Nomination: from the dossier to its end."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from flask import current_app
from sqlalchemy import select

from webapp.identity import identity_digest
from webapp.models import (
    Case,
    ExemplarNomination,
    Nomination,
    NominationGround,
    Nominee,
    Registration,
    Unit,
    YearMember,
)
from webapp.operations import hooks
from webapp.operations.award_recording import tell_of_award
from webapp.operations.cases import open_case
from webapp.operations.eligibility import refuse_barred
from webapp.operations.hooks import Carrying, Completing
from webapp.operations.procedures.nominees import (
    nominee_of,
    refuse_wrong_award,
    refuse_wrong_filler,
    refuse_wrong_kind,
)
from webapp.operations.refusals import InvalidForm
from webapp.operations.starts import Start
from webapp.operations.transaction import Transaction
from webapp.queries.law import rule_set_for
from webapp.queries.plans import plan_of
from webapp.queries.units import places_of, standing_level, unit_by_code
from webapp.text import nfc, search_key, sort_key
from workflows.forms import Fault
from workflows.rules.routes import Route, route_of
from workflows.vocabulary import SINGLE_KINDS


@hooks.opening("nomination")
def open_nomination(start: Start) -> Case:
    """Open a nomination in a round that is open, on the route of its submitting unit."""
    refuse_wrong_filler(start)
    refuse_wrong_kind(start)
    refuse_wrong_award(start)
    transaction, form = start.transaction, start.form
    round_, strand = start.open_round(), start.strand()
    unit = unit_by_code(transaction.session, form["submitting_unit"])
    nominee = nominee_of(transaction, form["nominee_kind"], form["nominee_name"], unit)
    route = _route(start, unit)
    case = open_case(
        transaction,
        "nomination",
        title=nominee.name,
        places=places_of(transaction.session, start.campaign, unit),
        campaign_id=start.campaign.id,
        registrant=start.person if form["filled_by"] == "registrant" else None,
        data=_data(start, route),
        private=dict(form),
    )
    registration = _registration(start, nominee)
    ground = _ground(start, unit)
    transaction.session.add(
        Nomination(
            case_id=case.id,
            campaign_id=start.campaign.id,
            round_id=round_.id,
            strand_id=strand.id,
            nominee_id=nominee.id,
            registration_id=registration.id if registration else None,
            award=form["proposed_award"],
            route=route.entrance,
            filled_by=form["filled_by"],
            ground=NominationGround(year_member_id=ground) if ground else None,
            exemplar=exemplar_of(start),
        )
    )
    return case


def _ground(start: Start, unit: Unit) -> int | None:
    """The result of a cluster the nomination stands on: that of the unit itself, not of a person in it."""
    chosen = start.form.get("cluster_result")
    if chosen is None:
        return None
    query = select(YearMember.id).where(YearMember.public_id == chosen, YearMember.unit_id == unit.id)
    found: int | None = start.transaction.session.scalar(query)
    if found is None or start.form["nominee_kind"] in SINGLE_KINDS:
        raise InvalidForm([Fault("/cluster_result", "other_units_result")])
    return found


def exemplar_of(start: Start) -> ExemplarNomination | None:
    """The exemplar that is nominated; the form offers only those the starter may nominate."""
    code = start.form.get("exemplar")
    if code is None:
        return None
    found = start.transaction.session.execute(select(Case.id).where(Case.code == code)).scalar_one()
    return ExemplarNomination(exemplar_id=found)


def _route(start: Start, unit: Unit) -> Route:
    return route_of(
        start.form["nominee_kind"],
        standing_level(start.transaction.session, unit),
        plan_of(start.transaction.session, start.campaign).chain,
        is_organiser=unit.id == start.campaign.unit_id,
    )


def _data(start: Start, route: Route) -> dict[str, Any]:
    """What the engine is told at the beginning; who may be asked for an opinion is chosen at the appraisal."""
    day = start.transaction.day
    rules = rule_set_for(start.transaction.session, day, start.campaign.unit_id)
    return {
        "filled_by": start.form["filled_by"],
        "route": route.entrance,
        "levels": list(route.levels),
        "posting_days": rules.posting_days(start.form["proposed_award"], day),
        "opinion_bodies": [],
    }


def _registration(start: Start, nominee: Nominee) -> Registration | None:
    found: Registration | None = start.transaction.session.scalar(
        select(Registration).where(
            Registration.campaign_id == start.campaign.id,
            Registration.nominee_id == nominee.id,
            Registration.registered_at.is_not(None),
        )
    )
    return found


def nomination_of(transaction: Transaction, case: Case) -> Nomination:
    """The nomination a case is about."""
    return transaction.session.execute(select(Nomination).where(Nomination.case_id == case.id)).scalar_one()


@hooks.completing("nomination", "prepare_dossier")
@hooks.completing("nomination", "prepare_on_behalf")
def describe(completing: Completing) -> None:
    """What the dossier says of the nominee goes onto the papers."""
    form, nomination = completing.form, nomination_of(completing.transaction, completing.case)
    nominee = nomination.nominee
    nomination.award = form["proposed_award"]
    nomination.achievement = nfc(form["achievement"])
    nominee.name = nfc(form["name_on_paper"])
    nominee.sort_key, nominee.search_key = sort_key(nominee.name), search_key(nominee.name)
    nominee.birth_year = form.get("birth_year")
    nominee.people = form.get("people", nominee.people)
    if number := form.get("identity_number"):
        nominee.identity = identity_digest(current_app.config["SETTINGS"].data_dir, number)
    nominee.address = ", ".join(part for part in form.get("address", {}).values() if part) or None
    completing.case.title = nominee.name
    refuse_barred(completing.transaction, completing.case, "proposal", "/proposed_award")


@hooks.carrying("skip_posting")
def skip_posting(carrying: Carrying) -> Mapping[str, Any]:
    """The rule set asks for no public posting; the log says that it was passed over."""
    return {"posting_days": carrying.data["posting_days"]}


@hooks.ended("nomination")
def end_nomination(transaction: Transaction, case: Case) -> None:
    """The result stands beside the nomination for lists and counts; of an award people are told."""
    nomination_of(transaction, case).result = case.outcome
    if case.outcome in ("awarded", "awarded_higher"):
        tell_of_award(transaction, case)

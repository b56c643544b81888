"""Replication (nhân rộng): a unit applies an exemplar that is introduced, and reports what came of it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Any

from sqlalchemy import select

from webapp.models import Case, FormEntry, Introduction, Replication, Unit
from webapp.operations import hooks
from webapp.operations.cases import open_case
from webapp.operations.hooks import Completing
from webapp.operations.refusals import InvalidForm
from webapp.operations.starts import Start
from webapp.queries.units import places_of, unit_by_code
from workflows.forms import Fault
from workflows.values import VIETNAM


@hooks.opening("replication")
def open_replication(start: Start) -> Case:
    """Record that a unit applies an exemplar; not its own, and each unit once at a time."""
    transaction, form = start.transaction, start.form
    unit = unit_by_code(transaction.session, form["submitting_unit"])
    query = select(Introduction).join(Case, Case.id == Introduction.case_id)
    introduction = transaction.session.execute(query.where(Case.code == form["exemplar"])).scalar_one()
    _refuse(start, introduction, unit)
    case = open_case(
        transaction,
        "replication",
        title=introduction.name,
        places=places_of(transaction.session, start.campaign, unit),
        campaign_id=start.campaign.id,
        registrant=start.person,
        data=_report_from(form),
        private=dict(form),
    )
    transaction.session.add(
        Replication(
            case_id=case.id,
            introduction_id=introduction.id,
            unit_id=unit.id,
            begun_on=dt.date.fromisoformat(form["begun_date"]),
        )
    )
    return case


def _refuse(start: Start, introduction: Introduction, unit: Unit) -> None:
    """A unit of another organiser, the unit the exemplar comes from, and one that applies it already."""
    if not start.campaign.unit.contains(unit):
        raise InvalidForm([Fault("/submitting_unit", "not_a_choice")])
    if introduction.case.unit_id == unit.id:
        raise InvalidForm([Fault("/submitting_unit", "own_exemplar")])
    applied = select(Replication.id).join(Case, Case.id == Replication.case_id)
    same = Replication.introduction_id == introduction.id, Replication.unit_id == unit.id
    given_up = Case.state == "ended", Case.outcome == "withdrawn"
    if start.transaction.session.scalar(applied.where(*same, ~(given_up[0] & given_up[1]))):
        raise InvalidForm([Fault("/submitting_unit", "applies_already")])


@hooks.completing("replication", "mend_application")
def mend_application(completing: Completing) -> Mapping[str, Any]:
    """The days may have been put right."""
    _of(completing).begun_on = dt.date.fromisoformat(completing.form["begun_date"])
    return _report_from(completing.form)


@hooks.completing("replication", "confirm_application")
def confirm_application(completing: Completing) -> None:
    """From now on the unit is counted among those that apply the exemplar."""
    if completing.form["decision"] == "confirm":
        _of(completing).confirmed_at = completing.transaction.now.at


@hooks.completing("replication", "report_results")
def report_results(completing: Completing) -> None:
    """A report without a number tells nothing that could be confirmed."""
    if not completing.form["results"]:
        raise InvalidForm([Fault("/results", "required")])


@hooks.completing("replication", "confirm_results")
def confirm_results(completing: Completing) -> Mapping[str, Any]:
    """The numbers reported last stand from now on; the unit reports again on a later day where more is to come."""
    if completing.form["decision"] == "return":
        return {}
    query = select(FormEntry.data).where(
        FormEntry.case_id == completing.case.id, FormEntry.form == "replication/report_results"
    )
    reported = completing.transaction.session.execute(
        query.order_by(FormEntry.id.desc()).limit(1)
    ).scalar_one()
    replication = _of(completing)
    replication.results = reported["results"]
    replication.results_at = completing.transaction.now.at
    return _report_from(completing.form) if completing.form["decision"] == "follow" else {}


def _report_from(form: Mapping[str, Any]) -> dict[str, str]:
    """The instant at which the report becomes a task: the beginning of the day named."""
    day = dt.date.fromisoformat(form["report_date"])
    return {"report_from": dt.datetime.combine(day, dt.time(), VIETNAM).isoformat()}


def _of(completing: Completing) -> Replication:
    query = select(Replication).where(Replication.case_id == completing.case.id)
    return completing.transaction.session.execute(query).scalar_one()

"""Campaign: from the plan to its end."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Any

from sqlalchemy import select

from webapp.models import AddressedUnit, AwardRound, Campaign, Case
from webapp.operations import hooks
from webapp.operations.cases import open_case
from webapp.operations.hooks import Carrying, Completing
from webapp.operations.procedures.notices import notify_people
from webapp.operations.refusals import InvalidForm, NotNow
from webapp.operations.starts import Start
from webapp.operations.transaction import Transaction
from webapp.queries.open_work import open_work
from webapp.queries.people import holders_in
from webapp.queries.plans import plan_of
from webapp.queries.units import places_of, unit_by_code
from workflows.forms import Fault
from workflows.plan import Plan
from workflows.plan_rounds import Milestone
from workflows.rules.deadlines import end_of_day


@hooks.opening("campaign")
def open_campaign(start: Start) -> Case:
    """Open the procedure of a plan that has been loaded and has none yet. Raises InvalidForm, NotNow."""
    transaction, campaign, form = start.transaction, start.campaign, start.form
    if campaign.case is not None:
        raise NotNow("campaign_already_open")
    plan = plan_of(transaction.session, campaign)
    days = _days(form)
    if faults := _order_faults(days, plan):
        raise InvalidForm(faults)
    for code in form["addressed_units"]:
        unit = unit_by_code(transaction.session, code)
        transaction.session.add(AddressedUnit(campaign_id=campaign.id, unit_id=unit.id))
    campaign.registration_closes = end_of_day(days["registration_closes"])
    return open_case(
        transaction,
        "campaign",
        title=campaign.title,
        places=places_of(transaction.session, campaign, campaign.unit),
        campaign_id=campaign.id,
        data={
            "registration_opens": _start_of(days["registration_opens"]),
            "registration_closes": campaign.registration_closes.isoformat(),
            "addressed_units": list(form["addressed_units"]),
            "acknowledge_only": [each.unit for each in plan.addressed_units if not each.own_plan],
            "acknowledge_reminder": _start_of(days["acknowledge_by"] - plan.acknowledgement.lead),
            "acknowledge_by": end_of_day(days["acknowledge_by"]).isoformat(),
            "milestones": [_milestone(each) for each in plan.milestones],
        },
    )


def _days(form: Mapping[str, Any]) -> dict[str, dt.date]:
    names = ("registration_opens", "registration_closes", "acknowledge_by")
    return {name: dt.date.fromisoformat(form[name]) for name in names}


def _order_faults(days: Mapping[str, dt.date], plan: Plan) -> list[Fault]:
    """Days of the form that a plan could not have either: out of order, or outside the campaign's period."""
    period = {"starts": plan.starts.isoformat(), "ends": plan.ends.isoformat()}
    faults = [
        Fault(f"/{name}", "outside_period", period)
        for name in ("registration_opens", "registration_closes")
        if not plan.starts <= days[name] <= plan.ends
    ]
    if days["registration_closes"] < days["registration_opens"]:
        faults.append(
            Fault("/registration_closes", "before_opening", {"day": days["registration_opens"].isoformat()})
        )
    return faults


def _milestone(milestone: Milestone) -> dict[str, str]:
    return {
        "code": milestone.code,
        "kind": milestone.kind,
        "date": _start_of(milestone.date),
        "reminder": _start_of(milestone.reminder or milestone.date),
        "due": end_of_day(milestone.due or milestone.date).isoformat(),
        "round": milestone.round or "",
    }


def _start_of(day: dt.date) -> str:
    """The first instant of a day in Việt Nam."""
    return (end_of_day(day - dt.timedelta(days=1)) + dt.timedelta(seconds=1)).isoformat()


def campaign_of(transaction: Transaction, case: Case) -> Campaign:
    """The campaign a case belongs to."""
    return transaction.session.get_one(Campaign, case.campaign_id)


@hooks.carrying("open_registration")
def open_registration(carrying: Carrying) -> None:
    """Registration is open from now on."""
    campaign_of(carrying.transaction, carrying.case).registration = "open"


@hooks.resumed("campaign")
@hooks.resumed("response")
def postpone_closing(transaction: Transaction, case: Case, pause: dt.timedelta) -> None:
    """The timer that closes registration has moved by the pause, and so does the date that late ones go by."""
    campaign = campaign_of(transaction, case)
    if campaign.registration != "closed" and campaign.registration_closes is not None:
        campaign.registration_closes += pause


@hooks.carrying("close_registration")
def close_registration(carrying: Carrying) -> None:
    """From now on a registration needs leave."""
    campaign_of(carrying.transaction, carrying.case).registration = "closed"


@hooks.carrying("open_round")
def open_round(carrying: Carrying) -> Mapping[str, Any]:
    """Nominations of the round may be entered from now on; a review opens the round the plan gives it."""
    milestone = carrying.data["milestone"]
    code = milestone.get("round") or milestone["code"]
    round_ = _round(carrying.transaction, carrying.case, code)
    round_.state = "open"
    return {"round": round_.code}


@hooks.completing("campaign", "close_round")
def close_round(completing: Completing) -> None:
    """The round takes no more nominations; which one, says the item of the task.

    While some have no result yet, a reason is asked for; they go on.
    """
    milestone, session = completing.task.items["milestone"], completing.transaction.session
    round_ = _round(completing.transaction, completing.case, milestone["code"])
    codes = [each.code for each in open_work(session, completing.task.public_id).dossiers]
    if codes and not completing.form.get("unfinished_reason"):
        raise InvalidForm([Fault("/unfinished_reason", "round_unfinished", {"codes": codes})])
    round_.state = "closed"


def _round(transaction: Transaction, case: Case, code: str) -> AwardRound:
    return transaction.session.execute(
        select(AwardRound).where(AwardRound.campaign_id == case.campaign_id, AwardRound.code == code)
    ).scalar_one()


@hooks.carrying("send_plan")
def send_plan(carrying: Carrying) -> Mapping[str, Any]:
    """Every addressed unit is told that the plan is out."""
    session = carrying.transaction.session
    units = session.scalars(
        select(AddressedUnit.unit_id).where(AddressedUnit.campaign_id == carrying.case.campaign_id)
    ).all()
    people = holders_in(session, units, ("officer", "commune_chair"), carrying.transaction.day)
    notify_people(carrying, people, "plan_published")
    return {"units": len(units)}


def acknowledge(completing: Completing) -> None:
    """The unit has the plan, and has filed its own where it is asked for one."""
    _respond(completing, completing.task.unit_id, "acknowledged")


def record_late_response(completing: Completing) -> None:
    """The secretary notes what came after the deadline, or that nothing came."""
    unit = unit_by_code(completing.transaction.session, completing.task.items["unit"])
    _respond(completing, unit.id, completing.form["decision"])


hooks.completing("acknowledgement", "confirm_receipt")(acknowledge)
for _process in ("acknowledgement", "launch"):  # campaigns opened earlier ask within the launch
    hooks.completing(_process, "acknowledge_plan")(acknowledge)
    hooks.completing(_process, "record_late_response")(record_late_response)


def _respond(completing: Completing, unit_id: int | None, response: str) -> None:
    addressed = completing.transaction.session.execute(
        select(AddressedUnit).where(
            AddressedUnit.campaign_id == completing.case.campaign_id, AddressedUnit.unit_id == unit_id
        )
    ).scalar_one()
    addressed.response, addressed.responded_at = response, completing.transaction.now.at

"""What units owe to the unit somebody works for: open tasks of its cases, and registrations that never came."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, or_, select
from sqlalchemy.orm import Session, aliased

from webapp.models import OWN_PROCESSES, AddressedUnit, Campaign, CampaignResponse, Case, Task, Unit
from webapp.queries.office_days import calendar_of
from webapp.queries.standing import Standing
from workflows.rules.deadlines import Calendar, working_days_between
from workflows.values import local_day

REMINDERS = ("secretary", "specialist", "head")
"""Who asks for what is owed: the standing office of the council."""
MISSING = "missing"
"""The kind of a registration that was never begun."""

KINDS: Mapping[str, tuple[str, ...]] = {
    "acknowledgement": ("acknowledge_plan", "confirm_receipt"),
    "plan": ("file_response", "approve_response"),
    MISSING: (),
    "registration": (
        *("fill_registration", "fill_on_behalf", "check_registration", "gather_registrations", "sign_list"),
        *("describe_change", "describe_on_behalf", "check_change"),
    ),
    "nomination": (
        *("prepare_dossier", "prepare_on_behalf", "correct_line", "check_dossier", "record_meeting"),
        *("conclude_commune_council", "post_publicly", "conclude_posting"),
        *("prepare_submission", "sign_submission"),
    ),
    "supplement": (
        *("supplement_registration", "supplement_dossier", "supplement_for_district"),
        *("supplement_for_province", "supplement_by_submitter", "supplement_exemplar", "mend_application"),
    ),
    "opinion": ("give_opinion",),
    "report": ("report_indicators", "verify_report", "conclude_response", "report_results"),
    "scoring": ("score_self", "score_cross", "cast_acclaim", "consolidate_scores", "conclude_year"),
    "exemplar": ("verify_exemplar", "plan_fostering", "record_fostering"),
}
"""What may be owed, and the tasks it lies in, in the order a year brings them."""

KIND_OF: Mapping[str, str] = {element: kind for kind, elements in KINDS.items() for element in elements}
LONGEST = 500
"""So many things of one unit a reminder, a letter or a text tells at once, those due first."""

_registered = aliased(Case)


@dataclass(frozen=True)
class Desk:
    """The unit on whose behalf somebody asks, and the day it is; ``calendar`` are its working days."""

    unit: Unit
    now: dt.datetime
    calendar: Calendar

    def over(self, due: dt.datetime | None) -> int:
        """Working days since a deadline; 0 while it runs."""
        if due is None or due >= self.now:
            return 0
        return working_days_between(local_day(due), local_day(self.now), self.calendar)

    def late(self, due: dt.datetime | None) -> bool:
        """Whether a deadline is over."""
        return due is not None and due < self.now


@dataclass(frozen=True)
class OwedFilter:
    """What is asked for of all that is owed: one kind, or all; only what is late, or all."""

    kind: str = ""
    late: bool = False

    def fits(self, kind: str, late: bool) -> bool:
        """Whether something of this kind, late or not, is asked for."""
        return self.kind in ("", kind) and (late or not self.late)


@dataclass(frozen=True)
class Owed:
    """One thing a unit owes. ``item`` tells it apart; ``name`` is that of the task; ``over`` counts working days."""

    item: str
    kind: str
    element: str
    name: str
    role: str
    person_id: int | None
    case_id: int
    code: str
    process: str
    title: str
    unit: str
    since: dt.datetime
    due: dt.datetime | None
    late: bool
    over: int

    @property
    def told(self) -> dict[str, Any]:
        """What a reminder keeps of it, to be put into words at reading."""
        due = local_day(self.due).isoformat() if self.due else None
        about = {"process": self.process, "title": self.title, "code": self.code}
        return {"task": self.name, **about, "due": due, "over": self.over}


def desks_of(session: Session, standing: Standing) -> list[Unit]:
    """The units somebody asks for, in the order of their codes."""
    units = standing.units(*REMINDERS)
    return list(session.scalars(select(Unit).where(Unit.id.in_(units)).order_by(Unit.code)))


def desk_at(session: Session, unit: Unit, now: dt.datetime) -> Desk:
    """The desk of a unit, with the working days of its calendar."""
    return Desk(unit, now, calendar_of(session, unit.id, local_day(now).year))


def owed_by(session: Session, desk: Desk, unit: str) -> list[Owed]:
    """What a unit (its code) owes, the longest over first, what has no deadline last; two statements."""
    tasks = open_tasks(desk, Task, Case.code, Case.process, Case.title, Unit.code.label("unit"))
    tasks = tasks.join(Case, Case.id == Task.case_id).where(_of_one(desk.unit.id), Unit.code == unit)
    found = [
        Owed(
            item=row.Task.public_id,
            kind=KIND_OF[row.Task.element],
            element=row.Task.element,
            name=row.Task.name,
            role=row.Task.role,
            person_id=row.Task.person_id,
            case_id=row.Task.case_id,
            code=row.code,
            process=row.process,
            title=row.title,
            unit=row.unit,
            since=row.Task.opened_at,
            due=row.Task.due,
            late=desk.late(row.Task.due),
            over=desk.over(row.Task.due),
        )
        for row in session.execute(tasks.order_by(Task.due.asc().nulls_last(), Task.id))
    ]
    found += [
        _never_came(desk, row)
        for row in session.execute(missing_registrations(desk).where(Unit.code == unit))
    ]
    return sorted(found, key=lambda each: (each.due is None, each.due or each.since, each.since))


PROVINCE = "province_assessment"


def open_tasks(desk: Desk, *columns: Any) -> Select[Any]:
    """Columns of the open tasks of other units, and of these units; for which cases they are open is the caller's."""
    return (
        select(*columns)
        .join_from(Task, Unit, Unit.id == Task.unit_id)
        .where(Task.status == "open", Task.element.in_(KIND_OF), Task.unit_id != desk.unit.id)
    )


def asked_by(unit: int, of: type[Case]) -> ColumnElement[bool]:
    """Cases a unit organises or assesses, and the answers of other units to its campaigns."""
    answers = (
        select(CampaignResponse.campaign_id)
        .join(Campaign, Campaign.id == CampaignResponse.parent_id)
        .where(Campaign.unit_id == unit)
    )
    return or_(of.organiser_id == unit, of.district_id == unit, of.campaign_id.in_(answers))


def _of_one(unit: int) -> ColumnElement[bool]:
    """The same rule on Task and Case, for the tasks of one unit."""
    above = and_(Task.process == PROVINCE, Case.province_id == unit)
    return and_(Case.state == "active", or_(asked_by(unit, Case), above))


def missing_registrations(desk: Desk) -> Select[Any]:
    """Units a plan is addressed to that have no registration in it while registration is open."""
    came = (
        select(_registered.id)
        .where(
            _registered.campaign_id == Campaign.id,
            _registered.process == "registration",
            _registered.unit_id == AddressedUnit.unit_id,
            or_(_registered.state != "ended", _registered.outcome == "registered"),
        )
        .exists()
    )
    columns: tuple[Any, ...] = (
        Unit,
        Campaign.code.label("campaign"),
        Campaign.registration_closes,
        Case.id.label("case_id"),
        Case.code.label("code"),
        Case.process,
        Case.title,
        Case.opened_at,
    )
    return (
        select(*columns)
        .join_from(AddressedUnit, Campaign, Campaign.id == AddressedUnit.campaign_id)
        .join(Case, and_(Case.campaign_id == Campaign.id, Case.process.in_(OWN_PROCESSES)))
        .join(Unit, Unit.id == AddressedUnit.unit_id)
        .where(
            Campaign.unit_id == desk.unit.id,
            Campaign.registration == "open",
            Case.state == "active",
            Unit.id != desk.unit.id,
            ~came,
        )
        .order_by(AddressedUnit.id)
    )


def missing_item(row: Any) -> str:
    """What tells a missing registration apart: its campaign and its unit."""
    return f"{row.campaign}|{row.Unit.code}"


def _never_came(desk: Desk, row: Any) -> Owed:
    due = row.registration_closes
    return Owed(
        item=missing_item(row),
        kind=MISSING,
        element="fill_registration",
        name="Đăng ký thi đua",
        role="officer",
        person_id=None,
        case_id=row.case_id,
        code=row.code,
        process=row.process,
        title=row.title,
        unit=row.Unit.code,
        since=row.opened_at,
        due=due,
        late=desk.late(due),
        over=desk.over(due),
    )

"""The log of a campaign, or of some cases, as process mining wants it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence

from sqlalchemy import ColumnElement, Select, func, literal, or_, select
from sqlalchemy.orm import Session, joinedload

from webapp import eventlog
from webapp.eventlog import Recorded, case_stream
from webapp.models import (
    AgendaItem,
    Award,
    Campaign,
    Case,
    CouncilSession,
    Decision,
    Nomination,
    Nominee,
    Person,
    Registration,
    Task,
    Unit,
)
from webapp.queries.deployments import drawing, load_deployment
from webapp.queries.replays import UnknownCase
from workflows.mined import Lifecycle, MinedCase, MinedEvent, MinedObject, Related, object_id
from workflows.values import Move

AT_ONCE = 200

OF_TASKS: Mapping[str, Lifecycle] = {
    "task_taken": "start",
    "task_given_back": "reassign",
    "task_completed": "complete",
    "task_lapsed": "withdraw",
}
OF_CASES: Mapping[str, tuple[str, Lifecycle]] = {
    "case_frozen": ("suspension", "suspend"),
    "case_resumed": ("suspension", "resume"),
}
"""What stops and goes on is one activity."""

SYSTEM = "system"
"""As whom the software itself acts in the log."""


def cases_of(session: Session, campaign: str | None, codes: Sequence[str]) -> list[ColumnElement[bool]]:
    """Conditions on Case: of a campaign, or of these codes; all cases when neither is given. Raises UnknownCase."""
    conditions = []
    known = set(session.scalars(select(Case.code).where(Case.code.in_(codes))))
    known |= set(session.scalars(select(Campaign.code).where(Campaign.code == campaign)))
    if unknown := {*codes, *([campaign] if campaign else [])} - known:
        raise UnknownCase(", ".join(sorted(unknown)))
    if campaign:
        conditions.append(
            Case.campaign_id == select(Campaign.id).where(Campaign.code == campaign).scalar_subquery()
        )
    if codes:
        conditions.append(Case.code.in_(codes))
    return conditions


def mined_cases(session: Session, wanted: Sequence[ColumnElement[bool]]) -> Iterator[MinedCase]:
    """The cases in the order in which they were opened, each with its events; some hundreds at once in memory."""
    for some in in_portions(session, wanted):
        yield from mined_among(session, some)


def in_portions(session: Session, wanted: Sequence[ColumnElement[bool]]) -> list[Sequence[int]]:
    """The ids of the cases in the order in which they were opened, some hundreds together."""
    ids = session.scalars(select(Case.id).where(*wanted).order_by(Case.id)).all()
    return [ids[start : start + AT_ONCE] for start in range(0, len(ids), AT_ONCE)]


def count_events(session: Session, wanted: Sequence[ColumnElement[bool]]) -> int:
    """How many events their log has for process mining: those of their streams, and an assignment of each task."""
    place = eventlog.places()
    stream = literal(case_stream("")) + Case.code
    recorded = select(func.count()).select_from(Case).join(place, place.c.stream == stream).where(*wanted)
    assigned = select(func.count()).select_from(Task).where(Task.case_id.in_(select(Case.id).where(*wanted)))
    return (session.scalar(recorded) or 0) + (session.scalar(assigned) or 0)


def mined_among(session: Session, ids: Sequence[int]) -> list[MinedCase]:
    """A few hundred cases, each with its events."""
    campaigns = dict(session.execute(select(Campaign.id, Campaign.code)).all())
    query = select(Case).where(Case.id.in_(ids)).order_by(Case.id).options(joinedload(Case.unit))
    cases = session.scalars(query).all()
    tasks, nominees = _tasks(session, ids), _nominees(session, ids)
    return [
        _mined(
            session, case, campaigns.get(case.campaign_id or 0, ""), nominees.get(case.id, ""), tasks[case.id]
        )
        for case in cases
    ]


def mined_objects(session: Session, wanted: Sequence[ColumnElement[bool]]) -> Iterator[MinedObject]:
    """The cases as objects, and what they are about: nominees, units, campaigns, and who acted."""
    ids = select(Case.id).where(*wanted)
    related = _between_cases(session, ids)
    query = select(Case, Unit.code, Campaign.code).join(Unit, Unit.id == Case.unit_id)
    nominees = _nominees(session, ids)
    for case, unit, campaign in session.execute(
        query.outerjoin(Campaign, Campaign.id == Case.campaign_id).where(*wanted).order_by(Case.id)
    ):
        about = [("unit", object_id("unit", unit))]
        about += [("campaign", object_id("campaign", campaign))] if campaign else []
        about += [("nominee", object_id("nominee", nominees[case.id]))] if case.id in nominees else []
        told = {"title": case.title, "outcome": case.outcome or ""}
        kind = case.process
        yield MinedObject(object_id(kind, case.code), kind, told, (*about, *related[case.code]))
    named = select(Case.unit_id).where(*wanted), select(Case.campaign_id).where(*wanted)
    for code, name in session.execute(select(Unit.code, Unit.name).where(Unit.id.in_(named[0]))):
        yield MinedObject(object_id("unit", code), "unit", {"name": name})
    for code, name in session.execute(select(Campaign.code, Campaign.title).where(Campaign.id.in_(named[1]))):
        yield MinedObject(object_id("campaign", code), "campaign", {"name": name})
    known = select(Nominee.public_id, Nominee.name, Nominee.kind).where(
        or_(
            *(
                Nominee.id.in_(select(of.nominee_id).where(of.case_id.in_(ids)))
                for of in (Nomination, Registration)
            )
        )
    )
    for public_id, name, kind in session.execute(known):
        yield MinedObject(object_id("nominee", public_id), "nominee", {"name": name, "kind": kind})
    for public_id, name in session.execute(select(Person.public_id, Person.name).order_by(Person.id)):
        yield MinedObject(object_id("person", public_id), "person", {"name": name})


def _tasks(session: Session, ids: Iterable[int]) -> defaultdict[int, list[Task]]:
    found: defaultdict[int, list[Task]] = defaultdict(list)
    query = select(Task).where(Task.case_id.in_(ids)).order_by(Task.id).options(joinedload(Task.unit))
    for task in session.scalars(query):
        found[task.case_id].append(task)
    return found


def _nominees(session: Session, ids: Iterable[int] | Select[int]) -> dict[int, str]:
    """Public ids of the nominees by the case that is about them."""
    found: dict[int, str] = {}
    for of in (Nomination, Registration):
        query = select(of.case_id, Nominee.public_id).join(Nominee, Nominee.id == of.nominee_id)
        found |= dict(session.execute(query.where(of.case_id.in_(ids))).all())
    return found


def _between_cases(session: Session, ids: Select[int]) -> defaultdict[str, list[Related]]:
    """What sessions voted on and decisions awarded, by the code of their case."""
    related: defaultdict[str, list[Related]] = defaultdict(list)
    own = Case.__table__.alias("own")
    for qualifier, kind, query in (
        (
            "agenda",
            CouncilSession,
            select(own.c.code, Case.process, Case.code)
            .select_from(AgendaItem)
            .join(CouncilSession, CouncilSession.id == AgendaItem.session_id)
            .join(Nomination, Nomination.id == AgendaItem.nomination_id),
        ),
        (
            "award",
            Decision,
            select(own.c.code, Case.process, Case.code)
            .select_from(Award)
            .join(Decision, Decision.id == Award.decision_id)
            .join(Nomination, Nomination.id == Award.nomination_id),
        ),
    ):
        whole = query.join(own, own.c.id == kind.case_id).join(Case, Case.id == Nomination.case_id)
        for code, process, other in session.execute(whole.where(own.c.id.in_(ids), Case.id.in_(ids))):
            related[code].append((qualifier, object_id(process, other)))
    return related


def _mined(session: Session, case: Case, campaign: str, nominee: str, tasks: list[Task]) -> MinedCase:
    """At one instant the log tells the order, and a task is assigned before anything is done to it."""
    by_id = {task.public_id: task for task in tasks}
    about: list[Related] = [
        ("case", object_id(case.process, case.code)),
        ("unit", object_id("unit", case.unit.code)),
    ]
    about += [("campaign", object_id("campaign", campaign))] if campaign else []
    about += [("nominee", object_id("nominee", nominee))] if nominee else []
    recorded = eventlog.read_stream(session, case_stream(case.code))
    happened = [_event(session, case, each, by_id, about) for each in recorded]
    first = {each.fields.get("task"): each.number for each in reversed(recorded)}
    places = {task.public_id: first.get(task.public_id, len(recorded) + 1) - 0.5 for task in tasks}
    assigned = [(places[task.public_id], _assigned(case, task, about)) for task in tasks]
    events = sorted(
        [*((float(each.number), each) for each in happened), *assigned],
        key=lambda each: (each[1].at, each[0], each[1].id),
    )
    return MinedCase(
        code=case.code,
        process=case.process,
        title=case.title,
        unit=case.unit.code,
        campaign=campaign,
        outcome=case.outcome or "",
        deployment=case.deployment_digest,
        events=tuple(event for _place, event in events),
    )


def _assigned(case: Case, task: Task, about: Sequence[Related]) -> MinedEvent:
    return MinedEvent(
        id=f"{case.code}/{task.public_id}",
        case=case.code,
        number=0,
        activity=task.name,
        lifecycle="assign",
        at=task.opened_at,
        type="task_assigned",
        element=f"{task.process}.{task.element}",
        role=task.role,
        round=task.round,
        instance=task.public_id,
        group=task.unit.code if task.unit else "",
        related=tuple(about),
    )


def _event(
    session: Session, case: Case, event: Recorded, tasks: Mapping[str, Task], about: Sequence[Related]
) -> MinedEvent:
    task = tasks.get(event.fields.get("task", "")) if event.type in OF_TASKS else None
    element, name = (f"{task.process}.{task.element}", task.name) if task else _passed(session, event)
    activity, lifecycle = OF_CASES.get(event.type, (name or event.type, "complete"))
    actor = "" if event.actor == SYSTEM else event.actor
    by = [("actor", actor), ("principal", event.principal or "")]
    people = [(qualifier, object_id("person", who)) for qualifier, who in by if who]
    return MinedEvent(
        id=f"{case.code}/{event.number}",
        case=case.code,
        number=event.number,
        activity=activity,
        lifecycle=OF_TASKS[event.type] if task else lifecycle,
        at=event.at,
        type=event.type,
        element=element,
        actor=actor,
        principal=event.principal or "",
        role=task.role if task else "",
        round=task.round if task else 0,
        decision=event.fields.get("decision") or "",
        instance=task.public_id if task else "",
        group=task.unit.code if task and task.unit else "",
        related=(*about, *people),
        moves=tuple(Move(*move) for move in event.fields.get("moves") or ()),
    )


def _passed(session: Session, event: Recorded) -> tuple[str, str]:
    """(process.element, its name) of what a step that belongs to no task passed first: a start, a timer, a message."""
    moves = event.fields.get("moves")
    if not moves or event.deployment is None:
        return "", ""
    process, element, _flow = moves[0]
    drawn = drawing(load_deployment(session, event.deployment)).processes[process]
    return f"{process}.{element}", drawn.elements[element].name or ""

"""What happened, with the names a sentence about it needs."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence, Set
from dataclasses import dataclass, field

from sqlalchemy import select
from sqlalchemy.orm import Session

from webapp import eventlog
from webapp.eventlog import Recorded
from webapp.models import ERASED, Case, FormEntry, Paper, Person, Task, Unit
from webapp.queries.deployments import drawing, form_schema, load_deployment

TOLD_BY_ACTS = frozenset(
    {"withdraw", "end_early", "cancel_session", "cancel_decision", "cancel_scoring", "close_voting"}
)
"""Messages that an act sends to its case."""

CATCHING = frozenset({"boundaryEvent", "intermediateCatchEvent"})


@dataclass(frozen=True)
class Line:
    """One event and the names of what it speaks of; empty where it speaks of no such thing.

    ``actor`` is empty for the system itself, ``principal`` for who acts in their own right. ``about`` is the code of
    the unit whose branch of a parallel multi-instance the task or the paper belongs to, ``about_unit`` its name.
    ``units`` has the names of all units whose codes stand in the events that were asked for.
    ``task``, ``decision``, ``process`` and ``elements`` (deadlines and messages that happened) are Vietnamese texts of
    the deployment the event was recorded on.
    """

    event: Recorded
    actor: str = ""
    principal: str = ""
    person: str = ""
    taker: str = ""
    task: str = ""
    unit: str = ""
    decision: str = ""
    process: str = ""
    paper: str = ""
    elements: tuple[str, ...] = ()
    about: str = ""
    about_unit: str = ""
    units: Mapping[str, str] = field(default_factory=dict)


def case_history(session: Session, code: str, branches: set[str] | None = None) -> list[Line]:
    """What happened in the case with this code, in its order; an act is not told again by its message.

    Of a parallel multi-instance over units, only what those units (by their codes) did; None: what all did.
    """
    events = eventlog.read_stream(session, eventlog.case_stream(code))
    lines = described(session, [event for event in events if event.fields.get("name") not in TOLD_BY_ACTS])
    return [line for line in lines if branches is None or not line.about or line.about in branches]


def described(session: Session, events: Sequence[Recorded]) -> list[Line]:
    """Events of any streams with their names; five statements, however many events there are.

    Who registered themselves has no name in a case whose personal data were erased.
    """
    tasks, papers = _tasks(session, _named(events, "task")), _papers(session, _named(events, "paper"))
    about = {task.about for task in tasks.values()} | {paper.about for paper in papers.values()}
    names = _Names(
        erased=_erased(session, events),
        people=_people(session, _named(events, "person") | _named(events, "taker") | _actors(events)),
        tasks=tasks,
        units=_units(session, _named(events, "unit") | (about - {""}) | _unit_codes(events)),
        papers=papers,
    )
    return [_line(session, names, event) for event in events]


@dataclass(frozen=True)
class _TaskName:
    """What a task is called, which form it has, in which unit it lies, and the code of the unit it is about."""

    process: str
    element: str
    name: str
    unit: str
    about: str


@dataclass(frozen=True)
class _PaperName:
    """What a paper is called, and the code of the unit in whose branch it was handed in."""

    name: str
    about: str


@dataclass(frozen=True)
class _Names:
    """Names by the id or code that stands in an event."""

    people: Mapping[str, str]
    tasks: Mapping[str, _TaskName]
    units: Mapping[str, str]
    papers: Mapping[str, _PaperName]
    erased: Set[tuple[str, str]]

    def person(self, event: Recorded, public_id: str | None) -> str:
        """The name of a person in an event; empty for the system and for nobody."""
        if (event.stream, public_id) in self.erased:
            return ERASED
        return self.people.get(public_id or "", "")


def _named(events: Iterable[Recorded], field: str) -> set[str]:
    return {event.fields[field] for event in events if event.fields.get(field)}


def _unit_codes(events: Iterable[Recorded]) -> set[str]:
    """The units an inspection covers, before and after it was changed, and the party bodies of a unit."""
    found: set[str] = set()
    for event in events:
        if event.type == "cadre_body_set":
            found |= {event.fields["body"], event.fields.get("before", "")}
        elif event.type == "inspection_begun":
            found.update(event.fields["units"])
        elif event.type == "inspection_changed":
            found.update(event.fields["before"]["units"], event.fields["after"]["units"])
    return found - {""}


def _actors(events: Iterable[Recorded]) -> set[str]:
    """Who did something, and in whose name."""
    return {name for event in events for name in (event.actor, event.principal) if name}


def _people(session: Session, ids: set[str]) -> dict[str, str]:
    query = select(Person.public_id, Person.name).where(Person.public_id.in_(ids))
    return dict(session.execute(query).all())


def _erased(session: Session, events: Iterable[Recorded]) -> set[tuple[str, str]]:
    """Stream and public id of whoever registered themselves in a case whose personal data were erased."""
    codes = {event.stream.removeprefix(eventlog.case_stream("")) for event in events}
    query = (
        select(Case.code, Person.public_id)
        .join(Person, Person.id == Case.registrant_id)
        .where(Case.code.in_(codes), Case.erased_at.is_not(None))
    )
    return {(eventlog.case_stream(row.code), row.public_id) for row in session.execute(query)}


def _tasks(session: Session, ids: set[str]) -> dict[str, _TaskName]:
    query = (
        select(Task.public_id, Task.process, Task.element, Task.name, Unit.name, Task.items)
        .outerjoin(Unit, Unit.id == Task.unit_id)
        .where(Task.public_id.in_(ids))
    )
    return {
        row[0]: _TaskName(row[1], row[2], row[3], row[4] or "", row[5].get("unit", ""))
        for row in session.execute(query)
    }


def _units(session: Session, codes: set[str]) -> dict[str, str]:
    query = select(Unit.code, Unit.name).where(Unit.code.in_(codes))
    return dict(session.execute(query).all())


def _papers(session: Session, ids: set[str]) -> dict[str, _PaperName]:
    query = (
        select(Paper.public_id, Paper.filename, Task.items)
        .outerjoin(FormEntry, FormEntry.id == Paper.form_entry_id)
        .outerjoin(Task, Task.id == FormEntry.task_id)
        .where(Paper.public_id.in_(ids))
    )
    return {row[0]: _PaperName(row[1], (row[2] or {}).get("unit", "")) for row in session.execute(query)}


def _line(session: Session, names: _Names, event: Recorded) -> Line:
    fields = event.fields
    task = names.tasks.get(fields.get("task", ""))
    paper = names.papers.get(fields.get("paper", ""))
    about = task.about if task else paper.about if paper else ""
    return Line(
        event,
        actor=names.person(event, event.actor),
        principal=names.person(event, event.principal),
        person=names.person(event, fields.get("person")),
        taker=names.person(event, fields.get("taker")),
        task=task.name if task else "",
        unit=task.unit if task else names.units.get(fields.get("unit", ""), ""),
        decision=_decision(session, event, task) if task else "",
        process=_process(session, event),
        paper=paper.name if paper else "",
        elements=_elements(session, event),
        about=about,
        about_unit=names.units.get(about, ""),
        units=names.units,
    )


def _process(session: Session, event: Recorded) -> str:
    process = event.fields.get("process")
    if process is None or event.deployment is None:
        return ""
    return drawing(load_deployment(session, event.deployment)).processes[process].name


def _decision(session: Session, event: Recorded, task: _TaskName) -> str:
    """The words the form has for a decision."""
    value = event.fields.get("decision")
    if value is None or event.deployment is None:
        return ""
    schema = form_schema(load_deployment(session, event.deployment), task.process, task.element)
    offered = schema["properties"].get("decision", {}).get("oneOf", ())
    return next((str(each["title"]) for each in offered if each["const"] == value), str(value))


def _elements(session: Session, event: Recorded) -> tuple[str, ...]:
    """Names of the deadlines and messages among the moves of a step that nobody did."""
    if event.type not in ("timers_fired", "message_delivered") or event.deployment is None:
        return ()
    processes = drawing(load_deployment(session, event.deployment)).processes
    drawn = (processes[process].elements.get(element) for process, element, _flow in event.fields["moves"])
    return tuple(dict.fromkeys(each.name for each in drawn if each and each.type in CATCHING and each.name))

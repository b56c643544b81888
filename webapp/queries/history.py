"""What happened to a case, with the names a sentence about it needs."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from webapp import eventlog
from webapp.eventlog import Recorded
from webapp.models import Case, Person, Task, Unit
from webapp.queries.deployments import drawing, form_schema, load_deployment
from workflows.engine import Drawing
from workflows.values import Deployment

CATCHING = frozenset({"boundaryEvent", "intermediateCatchEvent"})


@dataclass(frozen=True)
class Line:
    """One event and the Vietnamese names of what it speaks of; empty where it speaks of no such thing.

    ``actor`` is empty for the system itself; ``elements`` are the deadlines or messages that happened.
    """

    event: Recorded
    actor: str = ""
    task: str = ""
    unit: str = ""
    decision: str = ""
    process: str = ""
    elements: tuple[str, ...] = ()


def case_history(session: Session, case_code: str) -> list[Line]:
    """All events of a case in their order."""
    case = session.execute(select(Case).where(Case.code == case_code)).scalar_one()
    return described(session, case, eventlog.read_stream(session, eventlog.case_stream(case.code)))


def described(session: Session, case: Case, events: Sequence[Recorded]) -> list[Line]:
    """Events of one case with their names; three statements, however many events there are."""
    names = people_names(session, (event.actor for event in events))
    deployment = load_deployment(session, case.deployment_digest)
    describing = _Describing(deployment, drawing(deployment), names, _tasks(session, case.id))
    return [describing.line(event) for event in events]


def people_names(session: Session, public_ids: Iterable[str]) -> dict[str, str]:
    """Names by public id."""
    rows = session.execute(select(Person.public_id, Person.name).where(Person.public_id.in_(set(public_ids))))
    return dict(rows.tuples().all())


@dataclass(frozen=True)
class _TaskName:
    """What a task is called, which form it has, and in which unit it lies."""

    process: str
    element: str
    name: str
    unit: str


def _tasks(session: Session, case_id: int) -> dict[str, _TaskName]:
    rows = session.execute(
        select(Task.public_id, Task.process, Task.element, Task.name, Unit.name)
        .outerjoin(Unit, Unit.id == Task.unit_id)
        .where(Task.case_id == case_id)
    )
    return {row[0]: _TaskName(row[1], row[2], row[3], row[4] or "") for row in rows}


@dataclass(frozen=True)
class _Describing:
    deployment: Deployment
    drawing: Drawing
    people: Mapping[str, str]
    tasks: Mapping[str, _TaskName]

    def line(self, event: Recorded) -> Line:
        task = self.tasks.get(event.fields.get("task", ""))
        return Line(
            event,
            actor=self.people.get(event.actor, ""),
            task=task.name if task else "",
            unit=task.unit if task else "",
            decision=self.decision(task, event.fields.get("decision")),
            process=self.process(event.fields.get("process", "")),
            elements=self.elements(event),
        )

    def process(self, process: str) -> str:
        drawn = self.drawing.processes.get(process)
        return drawn.name if drawn else ""

    def decision(self, task: _TaskName | None, value: str | None) -> str:
        """The words the form has for a decision."""
        if task is None or value is None:
            return ""
        schema = form_schema(self.deployment, task.process, task.element)
        offered = schema["properties"].get("decision", {}).get("oneOf", ())
        return next((str(each["title"]) for each in offered if each["const"] == value), value)

    def elements(self, event: Recorded) -> tuple[str, ...]:
        """Names of the deadlines and messages among the moves of a step nobody did."""
        if event.type not in ("timers_fired", "message_delivered"):
            return ()
        found = []
        for process, element, _flow in event.fields["moves"]:
            drawn = self.drawing.processes[process].elements.get(element)
            if drawn is not None and drawn.type in CATCHING and drawn.name:
                found.append(drawn.name)
        return tuple(dict.fromkeys(found))

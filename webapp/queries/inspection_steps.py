"""What the minutes of an inspection tell of its findings beside their forms: the step, the files, why withdrawn."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import and_, false, or_, select
from sqlalchemy.orm import Session

from webapp import eventlog
from webapp.eventlog import Recorded, case_stream
from webapp.models import Paper
from webapp.queries.history import Line, described
from webapp.queries.inspection_findings import WITHDRAWN, FindingRow
from workflows.values import VIETNAM


@dataclass(frozen=True)
class Beside:
    """By the code of a finding who did the step when, and why it was withdrawn; names of files by their ids."""

    steps: Mapping[str, str]
    reasons: Mapping[str, str]
    files: Mapping[str, str]


def beside(session: Session, findings: Sequence[FindingRow]) -> Beside:
    """A fixed number of statements, however many findings there are."""
    steps = {
        (line.event.stream, line.event.number): _told(line)
        for line in described(session, _events(session, findings))
    }
    return Beside(
        steps={row.code: steps.get((case_stream(row.subject), row.event), "") for row in findings},
        reasons=_reasons(session, [row.code for row in findings if row.state == WITHDRAWN]),
        files=_files(session, [paper for row in findings for text in row.texts for paper in named(text[3])]),
    )


def named(form: Mapping[str, object]) -> list[str]:
    """The public ids of the files that came with an answer."""
    files = form.get("evidence")
    return [str(each) for each in files] if isinstance(files, list) else []


def _events(session: Session, findings: Sequence[FindingRow]) -> list[Recorded]:
    places = eventlog.places()
    wanted = (
        and_(places.c.stream == case_stream(row.subject), places.c.number == row.event) for row in findings
    )
    ids = session.scalars(select(places.c.id).where(or_(false(), *wanted))).all()
    return eventlog.read_some(session, ids)


def _told(line: Line) -> str:
    """Who did what and when, as papers say it."""
    at = line.event.at.astimezone(VIETNAM)
    what = line.task or line.paper or line.process
    said = [line.actor or "hệ thống", f"“{what}”" if what else "", f"lúc {at:%H:%M} ngày {at:%d/%m/%Y}"]
    return ", ".join(filter(None, said))


def _reasons(session: Session, codes: Sequence[str]) -> dict[str, str]:
    places = eventlog.places()
    stopped = places.c.stream.in_([case_stream(code) for code in codes]), places.c.type == "case_stopped"
    events = eventlog.read_some(session, session.scalars(select(places.c.id).where(*stopped)).all())
    streams = {case_stream(code): code for code in codes}
    return {
        streams[event.stream]: str(event.private["reason"])
        for event in events
        if isinstance(event.private, Mapping) and event.private.get("reason")
    }


def _files(session: Session, ids: Sequence[str]) -> dict[str, str]:
    rows = session.execute(select(Paper.public_id, Paper.filename).where(Paper.public_id.in_(ids)))
    return {row.public_id: row.filename for row in rows}

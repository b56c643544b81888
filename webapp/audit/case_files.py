"""A case as the facts of its case file: the walk of the replay page, in words, without addresses of pages."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from typing import Any

from flask_babel import force_locale
from flask_babel import gettext as _
from sqlalchemy.orm import Session

from webapp import eventlog
from webapp.audit import words
from webapp.audit.showing import reproduced, told
from webapp.eventlog import Recorded
from webapp.i18n import DEFAULT
from webapp.models import Campaign, Case
from webapp.queries.audit import case_rows
from webapp.queries.facts import letterhead
from webapp.queries.history import Line
from webapp.queries.replay_page import PaperSeen, Seen, Walk, papers_at, seen_at, since, walk_of
from webapp.queries.replay_steps import WalkStep
from webapp.ui.cases import case_name
from webapp.ui.changes import changes
from webapp.ui.choice_texts import spoken
from webapp.ui.fields import Field, PaperFile, build_form
from webapp.ui.formats import instant, size
from webapp.ui.sentences import sentence, span
from workflows.forms import with_choices

Facts = dict[str, Any]
SYMBOL = "BTHS"
SYSTEM = "Phần mềm"


def case_file(session: Session, case: Case) -> Facts:
    """The facts of the paper `case_file`, in Vietnamese as all papers are."""
    with force_locale(DEFAULT):
        walk = walk_of(session, case)
        events = eventlog.read_stream(session, eventlog.case_stream(case.code))
        return {
            "letterhead": letterhead(case.organiser, SYMBOL, None, None),
            "code": case.code,
            "title": case_name(case.process, case.title),
            "about": list(_about(session, case)),
            "verdict": _verdict(walk),
            "stream": eventlog.case_stream(case.code),
            "events": len(events),
            "head": events[-1].hash,
            "notes": list(_notes(case, events, walk.verdict.lost)),
            "people": _people(_lines(walk)),
            "steps": [_step(session, walk, step) for step in walk.steps],
            "papers": [_paper(paper) for paper in walk.papers.values()],
        }


def _about(session: Session, case: Case) -> Iterator[Facts]:
    campaign = session.get(Campaign, case.campaign_id) if case.campaign_id else None
    [row] = case_rows(session, [case.code])
    state = row.ending or str(words.STATES[case.state])
    for label, text in (
        (_("Procedure"), str(words.PROCESSES[case.process])),
        (_("Unit"), case.unit.name),
        (_("Campaign"), campaign.title if campaign else ""),
        (_("Opened"), instant(case.opened_at)),
        (_("Ended on"), instant(case.ended_at)),
        (_("State"), state),
    ):
        if text:
            yield {"label": label, "text": text}


def _verdict(walk: Walk) -> Facts:
    return {
        "holds": walk.verdict.holds,
        "line": words.verdict_line(walk.verdict),
        "reproduced": walk.verdict.reproduced,
        "total": walk.verdict.total,
        "details": words.verdict_details(walk.verdict),
    }


def _notes(case: Case, events: Iterable[Recorded], lost: Collection[int]) -> Iterator[str]:
    if case.process == "council_vote":
        yield _("The log says who has voted, never how: of a secret vote only the count is here.")
    if any(event.erased and event.number not in lost for event in events):
        yield _("What has been erased by law is not here; its hash stays in the chain and is verified.")


def _lines(walk: Walk) -> Iterator[Line]:
    for step in walk.steps:
        yield from (*step.before, step.line, *step.after)
    yield from walk.later


def _people(lines: Iterable[Line]) -> list[Facts]:
    """Who acted, how often, when first and when last."""
    found: dict[str, Facts] = {}
    for line in lines:
        if line.actor:
            at = instant(line.event.at)
            one = found.setdefault(line.event.actor, {"name": line.actor, "acts": 0, "first": at})
            one |= {"acts": one["acts"] + 1, "last": at}
    return list(found.values())


def _step(session: Session, walk: Walk, step: WalkStep) -> Facts:
    seen, pause, line = seen_at(session, walk, step), since(walk, step), step.line
    last = step.number == len(walk.steps)
    return {
        "number": step.number,
        "at": instant(line.event.at),
        "sentence": sentence(line),
        "actor": line.actor or SYSTEM,
        "principal": line.principal or None,
        "unit": line.unit or None,
        "waited": span(round(pause.total_seconds())) if pause else None,
        "event": line.event.number,
        "reproduced": reproduced(walk, step),
        "before": _told(step.before),
        "after": _told(step.after + list(walk.later if last else ())),
        "form": _form(seen, walk.papers, line.event.number in walk.verdict.lost) if seen else None,
        "papers": [_paper(paper) for paper in papers_at(walk, step)],
    }


def _told(lines: Iterable[Line]) -> list[Facts]:
    return [{"at": instant(at), "sentence": text} for at, text in told(lines)]


def _paper(paper: PaperSeen) -> Facts:
    return {
        "file": paper.name or None,
        "size": size(paper.size) if paper.name else None,
        "sha256": paper.sha256,
    }


def _form(seen: Seen, papers: Mapping[str, PaperSeen], lost: bool) -> Facts:
    """The form as it was seen; of a confidential one, or one erased by law or lost, the title alone."""
    schema = with_choices(seen.schema, spoken(seen.texts))
    form = build_form(schema, seen.values, find_paper=lambda paper: _file(papers, paper))
    gone = "lost" if lost else "erased" if seen.erased else ""
    closed = "confidential" if schema.get("x-confidential") else gone
    answers = [] if closed else list(_answers(form.fields))
    altered = None
    if seen.earlier is not None and not closed:
        earlier = build_form(schema, seen.earlier, find_paper=lambda paper: _file(papers, paper))
        altered = [
            {
                "label": change.label,
                "before": "".join(text for kind, text in change.parts if kind != "added").strip(),
                "now": "".join(text for kind, text in change.parts if kind != "removed").strip(),
            }
            for change in changes(earlier.fields, form.fields)
        ]
    return {"title": form.title, "state": closed or "shown", "answers": answers, "changes": altered}


def _file(papers: Mapping[str, PaperSeen], paper: str) -> PaperFile | None:
    seen = papers.get(paper)
    return PaperFile(paper, seen.name, seen.size) if seen else None


def _answers(fields: Iterable[Field], level: int = 0) -> Iterator[Facts]:
    """Question and answer, line by line; what has parts is a heading, with its parts a level deeper."""
    for field in fields:
        if not field.answered:
            continue
        parts = list(_parts(field))
        yield {"label": field.label, "text": "" if parts else _text(field), "level": level}
        for label, cells in parts:
            if label and field.columns:  # a few short answers: a line for each row
                told = "; ".join(f"{cell.label}: {_text(cell)}" for cell in cells if cell.answered)
                yield {"label": label, "text": told, "level": level + 1}
                continue
            if label:
                yield {"label": label, "text": "", "level": level + 1}
            yield from _answers(cells, level + 1 + bool(label))


def _text(field: Field) -> str:
    return "; ".join(paper.name for paper in field.papers) or field.shown


def _parts(field: Field) -> Iterator[tuple[str, tuple[Field, ...]]]:
    """The parts of a group without a name, the rows of a table by their numbers."""
    if field.children:
        yield "", field.children
    for number, cells in enumerate(field.rows, 1):
        if any(cell.answered for cell in cells):
            yield _("Row %(number)s", number=number), cells

"""The page on which a copy of the record is falsified, and what the verification says of it.

People of the demo are made up: here an administrator, too, reads what a case is about.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

from flask import current_app, flash, render_template, request
from flask_babel import gettext as _
from sqlalchemy import select

from webapp import eventlog
from webapp.clock import wall
from webapp.eventlog import Recorded
from webapp.extensions import db
from webapp.models import Case, Paper
from webapp.operations.papers import file_store
from webapp.queries.history import Line, described
from webapp.tampering.copies import copied, sample
from webapp.tampering.scenes import NothingToFalsify, aims
from webapp.tampering.trials import Trial, tried
from webapp.tampering.ways import WAYS
from webapp.ui import proof_words
from webapp.ui.sentences import sentence

MOST = 5_000
"""Events of the copy: somebody waits for it."""
LOOKED_AT, OFFERED = 400, 25
CONTEXT = 2
"""Unchanged events that are shown on either side of what was changed."""


@dataclass(frozen=True)
class Told:
    """An event as the page of a case tells it."""

    number: int
    at: dt.datetime
    text: str


@dataclass(frozen=True)
class Row:
    """An event before and after, side by side; None where there is none. ``changed`` is what the eye should find."""

    before: Told | None
    after: Told | None
    changed: bool


def tampering_page() -> str:
    """The ways and the events to choose from; sent, one is carried out on a copy."""
    offered = _offered()
    way = request.form.get("way", "changed_value")
    aim = next((each for each in offered if _name(each) == request.form.get("aim")), None)
    trial = None
    if request.method == "POST" and way in WAYS and offered:
        trial = _trial(way, aim or offered[0])
    return render_template(
        "demo/try_tampering.html",
        words=proof_words,
        way=way if way in WAYS else "changed_value",
        aims=_told_aims(offered),
        aim=_name(aim) if aim else "",
        trial=trial,
        rows=list(_rows(trial)) if trial else [],
        papers=_papers(trial) if trial else {},
    )


def _trial(way: str, aim: tuple[str, int]) -> Trial | None:
    data_dir, made_at = current_app.config["SETTINGS"].data_dir, wall()
    streams = sample(db.session(), MOST, aim[0])
    with copied(db.engine, data_dir, file_store(), made_at, streams) as original:
        try:
            return tried(original, WAYS[way], aim, made_at)
        except NothingToFalsify:
            flash(_("There is nothing in the record yet that could be falsified."), "warning")
            return None


def _offered() -> list[tuple[str, int]]:
    """One event of each of the cases that moved last; nominations first, they are what people understand best."""
    found: dict[str, int] = {}
    for stream, number in aims(db.session(), LOOKED_AT):
        found.setdefault(stream, number)
    nominations_first = sorted(found.items(), key=lambda each: not each[0].startswith("case/HS-"))
    return nominations_first[:OFFERED]


def _name(aim: tuple[str, int]) -> str:
    return f"{aim[0]} #{aim[1]}"


def _told_aims(offered: Sequence[tuple[str, int]]) -> list[tuple[str, str]]:
    """What can be aimed at: name and text."""
    session = db.session()
    events = [
        eventlog.read_stream(session, stream, after=number - 1, limit=1)[0] for stream, number in offered
    ]
    codes = [stream.removeprefix("case/") for stream, _number in offered]
    titles = dict(session.execute(select(Case.code, Case.title).where(Case.code.in_(codes))).all())
    return [
        (_name(aim), f"{code} · {titles.get(code, '')} · {sentence(line)}")
        for aim, code, line in zip(offered, codes, described(session, events), strict=True)
    ]


def _papers(trial: Trial) -> dict[str, str]:
    """Papers among the findings: how their files are called, and in which case they are."""
    ids = [finding.place for finding in trial.findings if finding.kind == "paper"]
    query = select(Paper.public_id, Paper.filename, Case.code).join(Case, Case.id == Paper.case_id)
    found = db.session.execute(query.where(Paper.public_id.in_(ids)))
    return {paper: f"{filename} ({code})" for paper, filename, code in found}


def _rows(trial: Trial) -> Iterator[Row]:
    """The stream before and after, as whoever opens the case reads it, around what was changed."""
    before, after = _told(trial.before), _told(trial.after)
    if before == after:
        return
    matcher = SequenceMatcher(
        None, [_key(told) for told in before], [_key(told) for told in after], autojunk=False
    )
    for group in matcher.get_grouped_opcodes(CONTEXT):
        for code, first, last, first_after, last_after in group:
            yield from _side_by_side(before[first:last], after[first_after:last_after], code != "equal")


def _key(told: Told) -> tuple[dt.datetime, str]:
    return told.at, told.text


def _side_by_side(before: Sequence[Told], after: Sequence[Told], changed: bool) -> Iterator[Row]:
    for place in range(max(len(before), len(after))):
        left = before[place] if place < len(before) else None
        right = after[place] if place < len(after) else None
        yield Row(left, right, changed)


def _told(events: Iterable[Recorded]) -> list[Told]:
    lines: list[Line] = described(db.session(), list(events))
    return [Told(line.event.number, line.event.at, sentence(line)) for line in lines]

"""What a member reads before the meeting: one nominee with everything, or those of a strand side by side."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from flask import abort, request

from webapp.council.found import PASSING, ShownFinding, shown_findings
from webapp.council.outcomes import REASONS
from webapp.council.questions import Refilled, ShownQuestions, shown_questions
from webapp.extensions import db
from webapp.i18n import content
from webapp.queries.entries import case_entries
from webapp.queries.findings import targets_of
from webapp.queries.papers import case_papers
from webapp.queries.rule_names import RuleNames, rule_names
from webapp.queries.session_nominees import (
    NomineeColumn,
    Place,
    ReadSession,
    nominee_columns,
    read_session,
)
from webapp.queries.standing import may_see
from webapp.ui.access import standing
from webapp.ui.clock import today
from webapp.ui.inspections import note_inspection
from webapp.ui.points_to_note import point_sentence
from webapp.ui.shown_cases import PaperGroup, grouped_papers

MOST_COMPARED = 4


@dataclass(frozen=True)
class ShownNominee:
    """One nominee of a session with its place in the agenda. ``dossier``: the reader may open the whole of it."""

    read: ReadSession
    place: Place
    column: NomineeColumn
    award: str
    targets: tuple[Mapping[str, Any], ...]
    findings: tuple[ShownFinding, ...]
    papers: tuple[PaperGroup, ...]
    questions: ShownQuestions
    dossier: bool

    @property
    def before(self) -> Place | None:
        return self._beside(-1)

    @property
    def after(self) -> Place | None:
        return self._beside(1)

    def _beside(self, step: int) -> Place | None:
        at = self.place.number - 1 + step
        return self.read.places[at] if 0 <= at < len(self.read.places) else None

    @property
    def may_declare(self) -> bool:
        """Whether the reader may declare a relation to the nominee, or take it back: a member before they vote."""
        before = self.read.state in ("invited", "adjourned")
        return self.read.member and (before or self.read.ballot is not None)

    @property
    def declared(self) -> bool:
        """Whether the reader has declared one."""
        return "declared" in self.place.aside

    @property
    def points(self) -> list[str]:
        """Points to note as sentences."""
        return [point_sentence(point, self.award) for point in self.column.points]

    @property
    def aside(self) -> str:
        """Why the reader stands aside; empty when they need not."""
        return aside_text(self.place)


@dataclass(frozen=True)
class ShownComparison:
    """Nominees of a strand in columns; ``ticked`` are codes chosen in the address, ``strands`` (key, name)."""

    read: ReadSession
    strands: tuple[tuple[str, str], ...]
    strand: str
    columns: tuple[NomineeColumn, ...]
    ticked: tuple[str, ...]
    names: RuleNames

    def award(self, column: NomineeColumn) -> str:
        code = column.place.nomination.award
        return content(self.names.awards.get(code, code))

    def points(self, column: NomineeColumn) -> list[str]:
        """Points to note as sentences."""
        return [point_sentence(point, self.award(column)) for point in column.points]

    def found(self, column: NomineeColumn) -> list[str]:
        """What each level found, a line for each; what only leads from one to the next is left out."""
        found = shown_findings(each for each in column.findings if each.kind not in PASSING)
        return [each.line for each in found]


def aside_text(place: Place) -> str:
    """Why the reader stands aside for a nominee; empty when they need not."""
    return str(REASONS[place.aside[0]]) if place.aside else ""


def readable(code: str) -> ReadSession:
    """The session of a code for who may read its nominees, or 404."""
    return read_session(db.session(), standing(), code, today()) or abort(404)


def shown_nominee(code: str, nomination: str, refilled: Refilled | None = None) -> ShownNominee:
    """A nominee of a session, or 404; that an auditor reads it is noted."""
    session, read = db.session(), readable(code)
    place = read.at(nomination) or abort(404)
    note_inspection(nomination)
    names, case = rule_names(session), place.nomination.case
    entries = case_entries(session, case)
    award = content(names.awards.get(place.nomination.award, place.nomination.award))
    [column] = nominee_columns(session, read, [place], names.awards)
    return ShownNominee(
        read=read,
        place=place,
        column=column,
        award=award,
        targets=targets_of(session, place.nomination.registration_id),
        findings=shown_findings(column.findings),
        papers=grouped_papers(case_papers(session, case.id, standing()), names, entries),
        questions=shown_questions(
            read.case,
            read.held.id,
            read.state,
            member=read.member,
            nomination=(place.nomination.id, nomination),
            refilled=refilled,
        ),
        dossier=may_see(session, standing(), case.id),
    )


def shown_comparison(code: str) -> ShownComparison:
    """The nominees of the strand the address names, by default of the first one; at most four that are ticked."""
    session, read = db.session(), readable(code)
    note_inspection(code)
    strands = tuple({place.address: content(place.strand) for place in read.places}.items())
    asked = request.args.get("strand", "")
    strand = asked if asked in dict(strands) else next(iter(dict(strands)), "")
    of_strand = [place for place in read.places if place.address == strand]
    wanted = request.args.getlist("only")
    ticked = tuple(place.code for place in of_strand if place.code in wanted)[:MOST_COMPARED]
    places = [place for place in of_strand if place.code in ticked] or of_strand
    names = rule_names(session)
    columns = nominee_columns(session, read, places, names.awards)
    return ShownComparison(read, strands, strand, columns, ticked, names)

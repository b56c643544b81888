"""The ballot sheet as it is shown, marked, restated and cast. Marks are never stored before they are cast."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from flask import abort, request

from webapp.council.outcomes import REASONS
from webapp.extensions import db
from webapp.i18n import language
from webapp.operations.tasks import complete_task
from webapp.queries.agendas import Group
from webapp.queries.ballots import BallotLine, BallotSheet, ballot_sheet
from webapp.queries.rule_names import rule_names
from webapp.queries.task_page import task_form
from webapp.ui.access import standing
from webapp.ui.acting import actor_and_now
from webapp.ui.case_states import kind_name
from webapp.ui.clock import today
from webapp.ui.fields import Form
from webapp.ui.form_data import read
from webapp.ui.formats import zone

CHOICES = ("agree", "disagree", "abstain")
Marks = Mapping[str, str]
"""Choice by code of the nomination."""


@dataclass(frozen=True)
class ShownSheet:
    """A sheet with the marks made so far; ``missing`` are codes to be named as not marked."""

    sheet: BallotSheet
    marks: Marks = field(default_factory=dict)
    missing: frozenset[str] = frozenset()

    @property
    def numbers(self) -> Counter[str]:
        """How many of each choice."""
        return Counter(self.marks[code] for code in self.sheet.votable if code in self.marks)

    @property
    def marked(self) -> int:
        return self.numbers.total()

    @property
    def whole(self) -> bool:
        """Whether every nominee that can be voted on is marked."""
        return self.marked == len(self.sheet.votable)

    @property
    def aside(self) -> int:
        """For how many nominees the member stands aside."""
        return sum(
            bool(line.aside) and line.aside[0] not in ("withdrawn", "suspended") for line in self.sheet.lines
        )

    @property
    def overfull(self) -> list[tuple[int, int, list[BallotLine]]]:
        """Groups with more agrees than places: agrees, places, who they went to. The sheet is invalid for these."""
        by_code = {line.code: line for line in self.sheet.lines}
        found = []
        for codes, places in self.sheet.limits:
            agreed = [by_code[code] for code in codes if self.marks.get(code) == "agree"]
            if len(agreed) > places:
                found.append((len(agreed), places, agreed))
        return found

    def limits_of(self, group: Group[BallotLine]) -> list[tuple[int, str]]:
        """How many agrees a group may have before the sheet is invalid for it, and the kinds it is of."""
        kinds = {line.code: line.kind for line in group.lines}
        return [
            (places, ", ".join(dict.fromkeys(kind_name(kinds[code]) for code in codes)))
            for codes, places in self.sheet.limits
            if len(codes) > places and kinds.keys() >= set(codes)
        ]

    @property
    def missing_lines(self) -> list[BallotLine]:
        """The nominees to be named as not marked, in the order of the sheet."""
        return [line for line in self.sheet.lines if line.code in self.missing]

    def chosen(self, choice: str) -> list[BallotLine]:
        """The nominees given this choice."""
        return [line for line in self.sheet.lines if not line.aside and self.marks.get(line.code) == choice]

    def reason(self, line: BallotLine) -> str:
        """Why there is no vote of the member on a nominee."""
        return str(REASONS[line.aside[0]])


def sheet_for(task_id: str, form: Form | None = None) -> ShownSheet:
    """The sheet of a task; ``form`` holds marks sent before the sign-in had expired. 404 where there is none."""
    sheet = ballot_sheet(db.session(), task_id, today(), rule_names(db.session()).awards) or abort(404)
    return ShownSheet(sheet, _marks_of_form(form) if form else {})


def own_sheet(task_id: str) -> ShownSheet:
    """The sheet of the person signed in, with the marks of this request. 404 for anybody else's."""
    shown = sheet_for(task_id)
    if shown.sheet.person_id != standing().person_id:
        abort(404)
    return ShownSheet(shown.sheet, valid_marks(rows_sent(task_id), shown.sheet))


def rows_sent(task_id: str) -> list[dict[str, str]]:
    """The rows of the form of this request, as the form's schema reads them."""
    form = task_form(db.session(), standing(), task_id) or abort(404)
    rows: list[dict[str, str]] = read(form.schema, request.form, request.files, language(), zone()).data.get(
        "ballots", []
    )
    return rows


def with_missing(shown: ShownSheet) -> ShownSheet:
    """The same sheet, naming what is not marked."""
    missing = frozenset(code for code in shown.sheet.votable if code not in shown.marks)
    return ShownSheet(shown.sheet, shown.marks, missing)


def cast(task_id: str) -> str | None:
    """Cast what was sent; returns the tracker of a secret ballot. Raises the refusals of the operation."""
    actor, now = actor_and_now()
    done = complete_task(task_id, {"ballots": rows_sent(task_id)}, actor=actor, now=now)
    return done.told.get("tracker")


def valid_marks(rows: Iterable[Mapping[str, str]], sheet: BallotSheet) -> dict[str, str]:
    """The marks among rows of a form that this sheet has room for."""
    known = set(sheet.votable)
    sent = {row["nomination"]: row["vote"] for row in rows if "nomination" in row and "vote" in row}
    return {code: vote for code, vote in sent.items() if code in known and vote in CHOICES}


def _marks_of_form(form: Form) -> dict[str, str]:
    """Marks in the field tree of the task's form."""
    rows = (cells for field in form.fields if field.name == "ballots" for cells in field.rows)
    typed = ({cell.name.rpartition("-")[2]: cell.typed for cell in cells} for cells in rows)
    return {row["nomination"]: row["vote"] for row in typed if row["nomination"] and row["vote"] in CHOICES}

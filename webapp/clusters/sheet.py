"""A form with points as its template draws it: by member and section, each criterion with what is known of it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from webapp.clusters.showing import SCORE_NAMES
from webapp.extensions import db
from webapp.i18n import language
from webapp.models import Paper
from webapp.queries.cluster_boards import SheetFacts, sheet_facts
from webapp.queries.cluster_scores import MemberScores, line_code
from webapp.ui.fields import Field, Form
from webapp.ui.numbers import read_number
from workflows.criteria import Criterion
from workflows.rules.scoring import deviates, weighted


@dataclass(frozen=True)
class SheetLine:
    """A criterion on the form; ``known`` are scores in the order of the sheet's columns, ``far`` wants a reason."""

    number: int
    criterion: Criterion
    cells: Mapping[str, Field]
    known: tuple[Decimal | None, ...]
    notes: tuple[str, ...]
    far: bool
    papers: tuple[Paper, ...]


@dataclass(frozen=True)
class SheetSection:
    """A part of the table."""

    name: str
    lines: tuple[SheetLine, ...]


@dataclass(frozen=True)
class SheetMember:
    """A member on the form, with the total of what stands in it."""

    name: str
    sections: tuple[SheetSection, ...]
    total: Decimal
    totals: tuple[Decimal | None, ...]


@dataclass(frozen=True)
class ScoreSheet:
    """The whole form; ``columns`` are the kinds of score that are shown beside the points."""

    field: Field
    columns: tuple[str, ...]
    members: tuple[SheetMember, ...]


def score_kind(kind: str) -> str:
    """What a kind of score is called."""
    return str(SCORE_NAMES[kind])


def score_sheet(task_id: str, form: Form) -> ScoreSheet:
    """The form of a task of a scoring, with its rows in the order of the table."""
    facts = sheet_facts(db.session(), task_id)
    field = next(each for each in form.fields if each.name == "scores")
    rows = {cells[0].typed: (index, cells) for index, cells in enumerate(field.rows)}
    members = tuple(_member(facts, each, rows) for each in facts.members)
    return ScoreSheet(field, facts.shown, members)


Rows = Mapping[str, tuple[int, tuple[Field, ...]]]


def _member(facts: SheetFacts, each: MemberScores, rows: Rows) -> SheetMember:
    sections, total = [], Decimal(0)
    for section in facts.table.sections:
        lines = [
            _line(facts, each, criterion, *found)
            for criterion in section.criteria
            if (found := _row(rows, each, criterion))
        ]
        sections.append(SheetSection(section.name, tuple(lines)))
        total += sum((counted(line) for line in lines), Decimal(0))
    totals = tuple(_total(facts, each, kind) for kind in facts.shown)
    return SheetMember(each.member.unit.name, tuple(sections), total, totals)


def _row(rows: Rows, each: MemberScores, criterion: Criterion) -> tuple[int, tuple[Field, ...]] | None:
    return rows.get(criterion.code) or rows.get(line_code(each.member, criterion))


def _line(
    facts: SheetFacts, each: MemberScores, criterion: Criterion, index: int, cells: tuple[Field, ...]
) -> SheetLine:
    code = criterion.code
    own = each.scores.get("self", {}).get(code)
    told = [each.scores.get(kind, {}).get(code) for kind in facts.shown]
    return SheetLine(
        number=index,
        criterion=criterion,
        cells={cell.name.rpartition("-")[2]: cell for cell in cells},
        known=tuple(each.of(kind, code) for kind in facts.shown),
        notes=tuple(score.note for score in told if score and score.note),
        far=deviates(facts.table, each.of("self", code), each.of("cross", code)),
        papers=tuple(
            facts.evidence[paper]
            for paper in (own.evidence if own and facts.shown else ())
            if paper in facts.evidence
        ),
    )


def counted(line: SheetLine) -> Decimal:
    """What the typed points count; nothing while they are no number."""
    points = read_number(line.cells["points"].typed, language(), whole=False)
    return Decimal(0) if isinstance(points, str) else weighted(line.criterion, Decimal(str(points)))


def _total(facts: SheetFacts, each: MemberScores, kind: str) -> Decimal | None:
    points = each.points(kind)
    if not points:
        return None
    return sum((weighted(facts.table.criterion(code), value) for code, value in points.items()), Decimal(0))

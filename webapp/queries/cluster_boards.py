"""The score board of a year of a cluster for one reader, and what a form with points is about."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload

from webapp.models import AcclaimVote, Case, Cluster, ClusterYear, Paper, Task, YearMember
from webapp.queries.cluster_scores import KINDS, MemberScores, scores_of, votes_of, year_members, year_of_case
from webapp.queries.clusters import cluster_page, criteria_of, known_cluster, sees_all_scores
from webapp.queries.standing import AT_SUBMITTER, Standing, actable
from workflows.criteria import CriteriaTable
from workflows.rules.scoring import deviates, total_of


@dataclass(frozen=True)
class BoardLine:
    """A member as the reader sees it; ``open``: its scores may be read. ``todo`` are its open tasks by element."""

    scores: MemberScores
    open: bool
    own: bool
    todo: frozenset[str]
    totals: Mapping[str, Decimal]

    @property
    def member(self) -> YearMember:
        return self.scores.member


@dataclass(frozen=True)
class Round:
    """A vote for the leading unit that was counted, with the votes of the members."""

    number: int
    result: str
    cast: int
    needed: int
    members: int
    counts: Sequence[tuple[YearMember, int]]
    votes: Sequence[AcclaimVote]


@dataclass(frozen=True)
class MyTask:
    """An open task of the scoring the reader may act on."""

    public_id: str
    name: str


@dataclass(frozen=True)
class Board:
    """A year of a cluster. ``lines`` are in the order of ranks once there are ranks."""

    cluster: Cluster
    year: ClusterYear
    table: CriteriaTable
    lines: tuple[BoardLine, ...]
    rounds: tuple[Round, ...]
    evidence: Mapping[str, Paper]
    my_tasks: tuple[MyTask, ...]

    @property
    def acclaimed(self) -> YearMember | None:
        return next((line.member for line in self.lines if line.member.acclaimed), None)

    def far(self, line: BoardLine, criterion: str) -> bool:
        """Whether self- and cross-score of a criterion lie far apart."""
        return deviates(self.table, line.scores.of("self", criterion), line.scores.of("cross", criterion))


def board_of(session: Session, standing: Standing, code: str, year: int) -> Board | None:
    """The board; None when there is none, or the reader may not know of it. A constant number of statements."""
    cluster = cluster_page(session, known_cluster(standing), code)
    row = next((each for each in cluster.years if each.year == year), None) if cluster else None
    if cluster is None or row is None:
        return None
    members = year_members(session, row.case_id) if row.case_id else []
    found = scores_of(session, members)
    everything = sees_all_scores(session, standing, cluster) or row.self_closed_at is not None
    own = standing.units(*AT_SUBMITTER)
    todo = _open_elements(session, row.case_id)
    table = criteria_of(row.criteria.content)
    lines = [
        _line(table, each, own, everything, frozenset(todo.get(each.member.unit_id, ()))) for each in found
    ]
    return Board(
        cluster=cluster,
        year=row,
        table=table,
        lines=tuple(sorted(lines, key=lambda line: (line.member.rank or 0, line.member.position))),
        rounds=tuple(_rounds(session, row, members)),
        evidence=_evidence(session, lines),
        my_tasks=_my_tasks(session, standing, row.case_id),
    )


def _line(
    table: CriteriaTable, each: MemberScores, own: set[int], everything: bool, todo: frozenset[str]
) -> BoardLine:
    mine = each.member.unit_id in own
    readable = everything or mine
    totals = {
        kind: total_of(table, points).total for kind in KINDS if readable and (points := each.points(kind))
    }
    return BoardLine(each, readable, mine, todo, totals)


def _open_elements(session: Session, case_id: int | None) -> dict[int, set[str]]:
    """Open tasks by the unit that has them."""
    found: dict[int, set[str]] = {}
    query = select(Task.unit_id, Task.element).where(Task.case_id == case_id, Task.status == "open")
    for unit_id, element in session.execute(query):
        found.setdefault(unit_id or 0, set()).add(element)
    return found


def _my_tasks(session: Session, standing: Standing, case_id: int | None) -> tuple[MyTask, ...]:
    query = (
        select(Task.public_id, Task.name)
        .join(Case, Case.id == Task.case_id)
        .where(Task.case_id == case_id, Task.status == "open", Case.state == "active", actable(standing))
        .order_by(Task.id)
    )
    return tuple(MyTask(*row) for row in session.execute(query))


def _rounds(session: Session, row: ClusterYear, members: Sequence[YearMember]) -> list[Round]:
    by_id = {member.id: member for member in members}
    return [
        Round(
            number=line["round"],
            result=line["result"],
            cast=line["cast"],
            needed=line["needed"],
            members=line["members"],
            counts=[
                (by_id[member_id], count)
                for member_id, count in sorted(line["counts"], key=lambda pair: -pair[1])
            ],
            votes=votes_of(session, members, line["round"]),
        )
        for line in row.counted
    ]


def _evidence(session: Session, lines: Sequence[BoardLine]) -> dict[str, Paper]:
    """Papers named as evidence of readable lines, by public id."""
    named = {
        paper
        for line in lines
        if line.open
        for score in line.scores.scores.get("self", {}).values()
        for paper in score.evidence
    }
    papers = session.scalars(select(Paper).where(Paper.public_id.in_(named)))
    return {paper.public_id: paper for paper in papers}


@dataclass(frozen=True)
class SheetFacts:
    """What a form with points is about: the table, the members on it with what they have, which kinds are shown."""

    table: CriteriaTable
    members: tuple[MemberScores, ...]
    shown: tuple[str, ...]
    evidence: Mapping[str, Paper]


SHOWN = {
    "score_self": (),
    "score_cross": ("self",),
    "consolidate_scores": ("self", "cross"),
    "verify_scores": ("self", "cross", "consolidated"),
}
"""Which scores stand beside the points of each form."""


def sheet_facts(session: Session, task_id: str) -> SheetFacts:
    """The facts of the form of a task. Raises NoResultFound for a task of another process."""
    task = session.execute(
        select(Task).where(Task.public_id == task_id).options(joinedload(Task.case))
    ).scalar_one()
    members = year_members(session, task.case_id)
    if task.element == "score_self":
        members = [each for each in members if each.unit_id == task.unit_id]
    if task.element == "score_cross":
        members = [each for each in members if each.scorer_id == task.unit_id]
    table = criteria_of(year_of_case(session, task.case_id).criteria.content)
    found = scores_of(session, members)
    lines = [BoardLine(each, True, False, frozenset(), {}) for each in found]
    return SheetFacts(table, tuple(found), SHOWN[task.element], _evidence(session, lines))

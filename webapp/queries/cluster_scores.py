"""Scores of a year of a cluster: the newest of each kind, by member and criterion; the choices its forms offer."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from sqlalchemy import ColumnElement, select
from sqlalchemy.orm import Session, joinedload

from webapp.models import (
    AcclaimVote,
    Case,
    Cluster,
    ClusterYear,
    NominationGround,
    Score,
    Task,
    Unit,
    YearMember,
)
from webapp.queries.clusters import criteria_of, known_cluster
from webapp.queries.standing import Standing
from workflows.criteria import Criterion

KINDS = ("self", "cross", "consolidated", "verified")
NOBODY = "none"
"""The choice of a member that votes for no unit."""

Choice = tuple[str, str]
NO_UNIT: Choice = (NOBODY, "Không suy tôn đơn vị nào")


def year_of_case(session: Session, case_id: int) -> ClusterYear:
    """The year a case scores, also one that was cancelled since. Raises NoResultFound."""
    members = select(YearMember.cluster_year_id).where(YearMember.case_id == case_id)
    query = select(ClusterYear).where(ClusterYear.id.in_(members))
    found = query.options(joinedload(ClusterYear.criteria), joinedload(ClusterYear.cluster))
    return session.execute(found).scalar_one()


def year_members(session: Session, case_id: int) -> list[YearMember]:
    """The members of a scoring with their units, in their order."""
    query = select(YearMember).where(YearMember.case_id == case_id).order_by(YearMember.position)
    return list(session.scalars(query.options(joinedload(YearMember.unit), joinedload(YearMember.scorer))))


@dataclass(frozen=True)
class MemberScores:
    """What a member has: for each kind the newest score of each criterion."""

    member: YearMember
    scores: Mapping[str, Mapping[str, Score]] = field(default_factory=dict)

    def points(self, kind: str) -> dict[str, Decimal]:
        """Points by criterion; empty when nobody has scored so."""
        return {code: score.points for code, score in self.scores.get(kind, {}).items()}

    def of(self, kind: str, criterion: str) -> Decimal | None:
        score = self.scores.get(kind, {}).get(criterion)
        return None if score is None else score.points

    def proposed(self, criterion: str) -> Decimal | None:
        """What the leader begins with: the other member's score, or else the own one."""
        cross = self.of("cross", criterion)
        return self.of("self", criterion) if cross is None else cross


def scores_of(session: Session, members: Sequence[YearMember]) -> list[MemberScores]:
    """The newest scores of members; one statement."""
    rows = session.scalars(
        select(Score)
        .where(Score.year_member_id.in_([member.id for member in members]))
        .order_by(Score.round, Score.id)
    )
    found: dict[int, dict[str, dict[str, Score]]] = {member.id: {} for member in members}
    for row in rows:
        found[row.year_member_id].setdefault(row.kind, {})[row.criterion] = row
    return [MemberScores(member, found[member.id]) for member in members]


def votes_of(session: Session, members: Sequence[YearMember], round_: int) -> list[AcclaimVote]:
    """The votes of a round, in the order of the members."""
    query = (
        select(AcclaimVote)
        .join(YearMember, YearMember.id == AcclaimVote.voter_id)
        .where(AcclaimVote.voter_id.in_([member.id for member in members]), AcclaimVote.round == round_)
        .order_by(YearMember.position)
    )
    return list(session.scalars(query))


def line_code(member: YearMember, criterion: Criterion) -> str:
    """What names a member's criterion on a form."""
    return f"{member.unit.code}|{criterion.code}"


def criteria_choices(session: Session, case_id: int) -> list[Choice]:
    """The criteria of the table a case scores by."""
    table = criteria_of(year_of_case(session, case_id).criteria.content)
    return [(criterion.code, criterion.name) for criterion in table.criteria]


def line_choices(session: Session, case_id: int) -> list[Choice]:
    """Every criterion of every member."""
    table = criteria_of(year_of_case(session, case_id).criteria.content)
    return [
        (line_code(member, criterion), f"{member.unit.name}: {criterion.name}")
        for member in year_members(session, case_id)
        for criterion in table.criteria
    ]


def candidate_choices(session: Session, case_id: int, task: Task | None) -> list[Choice]:
    """The units voted on in the present round, and nobody; a member's own only where the rule allows it."""
    year = year_of_case(session, case_id)
    own = criteria_of(year.criteria.content).acclaim.own_unit
    return [
        (member.unit.code, member.unit.name)
        for member in year_members(session, case_id)
        if member.id in year.candidates and (own or task is None or member.unit_id != task.unit_id)
    ] + [NO_UNIT]


def result_choices(session: Session, units: set[int]) -> list[Choice]:
    """Concluded results of units, the newest first."""
    return _results(session, YearMember.unit_id.in_(units))


def result_texts(session: Session, codes: set[str]) -> dict[str, str]:
    """What results are called, by public id."""
    return dict(_results(session, YearMember.public_id.in_(codes)))


def _results(session: Session, condition: ColumnElement[bool]) -> list[Choice]:
    query = (
        select(YearMember.public_id, Unit.name, Cluster.name, ClusterYear.year)
        .join(Unit, Unit.id == YearMember.unit_id)
        .join(ClusterYear, ClusterYear.id == YearMember.cluster_year_id)
        .join(Cluster, Cluster.id == ClusterYear.cluster_id)
        .where(condition, YearMember.case_id == ClusterYear.case_id, ClusterYear.concluded_at.is_not(None))
        .order_by(ClusterYear.year.desc(), Unit.sort_key)
    )
    return [(row[0], f"{row[1]} – {row[2]}, {row[3]}") for row in session.execute(query)]


def first_values(session: Session, task: Task) -> dict[str, Any]:
    """What stands in the form of a task of a scoring at first: points to confirm or to change."""
    table = criteria_of(year_of_case(session, task.case_id).criteria.content)
    found = scores_of(session, year_members(session, task.case_id))
    verifying = task.element == "verify_scores"
    return {"scores": [_line(each, criterion, verifying) for each in found for criterion in table.criteria]}


def _line(each: MemberScores, criterion: Criterion, verifying: bool) -> dict[str, Any]:
    """The points to verify; or what the leader consolidated the round before, else what the members gave."""
    code = criterion.code
    before = each.scores.get("consolidated", {}).get(code)
    points = each.proposed(code) if before is None else before.points
    line: dict[str, Any] = {"line": line_code(each.member, criterion)}
    if points is not None:
        line["points"] = json_number(points)
    if before is not None and before.note and not verifying:
        line["note"] = before.note
    return line


def json_number(points: Decimal) -> int | float:
    """Points as a form holds them: whole numbers whole."""
    return int(points) if points == points.to_integral_value() else float(points)


@dataclass(frozen=True)
class Ground:
    """The result of a cluster as a nomination names it; ``votes`` are those of the round that decided."""

    public_id: str
    unit: Unit
    cluster: str
    cluster_code: str
    year: int
    total: Decimal | None
    rank: int | None
    members: int
    acclaimed: bool
    votes: int
    cast: int


def ground_of(session: Session, nomination_id: int) -> Ground | None:
    """The result a nomination stands on, if it names one; one statement."""
    grounds = select(NominationGround.year_member_id).where(NominationGround.nomination_id == nomination_id)
    return _ground(session, YearMember.id.in_(grounds))


def result_of(session: Session, public_id: str) -> Ground | None:
    """A concluded result by its public id."""
    return _ground(session, YearMember.public_id == public_id)


def _ground(session: Session, condition: ColumnElement[bool]) -> Ground | None:
    row = session.execute(
        select(YearMember, ClusterYear)
        .join(ClusterYear, ClusterYear.id == YearMember.cluster_year_id)
        .where(condition, ClusterYear.concluded_at.is_not(None), YearMember.case_id == ClusterYear.case_id)
        .options(joinedload(YearMember.unit), joinedload(ClusterYear.cluster))
    ).first()
    if row is None:
        return None
    member, year = row
    last: Mapping[str, Any] = year.counted[-1] if year.counted else {"counts": [], "cast": 0, "members": 0}
    return Ground(
        public_id=member.public_id,
        unit=member.unit,
        cluster=year.cluster.name,
        cluster_code=year.cluster.code,
        year=year.year,
        total=member.total,
        rank=member.rank,
        members=last["members"],
        acclaimed=member.acclaimed,
        votes=dict(last["counts"]).get(member.id, 0),
        cast=last["cast"],
    )


def address_of_case(session: Session, standing: Standing, code: str) -> tuple[str, int] | None:
    """Code and year of the cluster that a case scores, when the person may know of the cluster."""
    row = session.execute(
        select(Cluster.code, ClusterYear.year)
        .join(ClusterYear, ClusterYear.cluster_id == Cluster.id)
        .join(YearMember, YearMember.cluster_year_id == ClusterYear.id)
        .join(Case, Case.id == YearMember.case_id)
        .where(Case.code == code, known_cluster(standing))
        .limit(1)
    ).first()
    return (row[0], row[1]) if row else None

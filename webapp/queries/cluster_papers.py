"""Facts of the minutes of a cluster's conference."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from webapp.models import Case, ClusterYear, FormEntry, YearMember
from webapp.queries.cluster_boards import Board, BoardLine
from webapp.queries.cluster_scores import KINDS, MemberScores, scores_of, year_members, year_of_case
from webapp.queries.clusters import criteria_of
from webapp.queries.facts import committee_name, recipients, seat_name, signature
from workflows.criteria import AcclaimRule, CriteriaTable
from workflows.rules.scoring import total_of

DRAFT = "cluster_scoring/conclude_year"


def cluster_minutes_facts(session: Session, case: Case) -> dict[str, Any]:
    """Facts of the minutes, of what the leader entered at the end."""
    year = year_of_case(session, case.id)
    table, members = criteria_of(year.criteria.content), year_members(session, case.id)
    entry = session.scalars(
        select(FormEntry.data).where(FormEntry.case_id == case.id, FormEntry.form == DRAFT)
    ).one()
    return {
        "letterhead": _letterhead(year, entry),
        "cluster": _cluster(year, case),
        "conference": {
            "date": entry["conference_date"],
            "place": entry["place"],
            "chair": entry["chair"],
            "minute_taker": entry["minute_taker"],
            "attended": entry.get("attended"),
        },
        "criteria": {"name": table.name, "source": table.source},
        "members": _members(table, scores_of(session, members)),
        "rule": _rule(table.acclaim),
        "votes": _votes(year, members),
        "acclaimed": next((member.unit.name for member in members if member.acclaimed), None),
        "conclusions": entry["conclusions"],
        "proposals": entry.get("proposals") or None,
        "secretary": signature([], "Thư ký", _name(entry["minute_taker"]), signed=False),
        "chair": signature([], "Chủ trì", _name(entry["chair"]), signed=False),
        "recipients": recipients("Các đơn vị thành viên"),
    }


def _letterhead(year: ClusterYear, entry: Mapping[str, Any]) -> dict[str, Any]:
    organiser = year.cluster.unit
    return {
        "parent": committee_name(organiser),
        "body": year.cluster.name,
        "number": None,
        "symbol": "BB",
        "place": seat_name(organiser),
        "date": entry["conference_date"],
    }


def _cluster(year: ClusterYear, case: Case) -> dict[str, Any]:
    return {
        "name": year.cluster.name,
        "kind": year.cluster.kind,
        "year": year.year,
        "leader": year.leader.name,
        "code": case.code,
    }


def _members(table: CriteriaTable, found: Sequence[MemberScores]) -> list[dict[str, Any]]:
    ordered = sorted(found, key=lambda each: (each.member.rank or 0, each.member.position))
    return [
        {
            "name": each.member.unit.name,
            "own": _total(table, each, "self"),
            "cross": _total(table, each, "cross"),
            "total": written(each.member.total or Decimal(0)),
            "rank": each.member.rank or 0,
        }
        for each in ordered
    ]


def _total(table: CriteriaTable, each: MemberScores, kind: str) -> str | None:
    points = each.points(kind)
    return written(total_of(table, points).total) if points else None


def written(points: Decimal) -> str:
    """Points as papers write them: a comma, no zeros at the end."""
    text = f"{points:.2f}".rstrip("0").rstrip(".")
    return text.replace(".", ",")


def _rule(rule: AcclaimRule) -> str:
    share = written(rule.more_than)
    return (
        f"Đơn vị được suy tôn phải có phiếu của quá {share}% tổng số đơn vị thành viên và nhiều phiếu nhất"
        f" ({rule.source})"
    )


def _votes(year: ClusterYear, members: Sequence[YearMember]) -> list[dict[str, Any]]:
    names = {member.id: member.unit.name for member in members}
    return [
        {
            "round": line["round"],
            "members": line["members"],
            "cast": line["cast"],
            "needed": line["needed"],
            "lines": [
                {"name": names[member_id], "count": count}
                for member_id, count in sorted(line["counts"], key=lambda pair: -pair[1])
            ],
        }
        for line in year.counted
    ]


def _name(person: str) -> str:
    """The name before the position: ``Nguyễn Văn Thạnh, Chủ tịch …``."""
    return person.partition(",")[0].strip()


def score_sheet_facts(board: Board) -> dict[str, Any]:
    """Facts of the Excel file of a year: as much as the reader of the board may read."""
    year = board.year
    return {
        "title": f"Bảng điểm năm {year.year}",
        "cluster": board.cluster.name,
        "criteria": f"{board.table.name} ({board.table.source})",
        "note": "" if year.concluded_at else "Số liệu tại thời điểm tải về; năm chưa kết luận",
        "members": [_member_facts(line) for line in board.lines],
        "parts": [
            {
                "name": part.name,
                "criteria": [
                    {
                        "name": each.name,
                        "maximum": float(each.maximum),
                        "weight": float(each.weight),
                        "kind": each.kind,
                        "points": [_points(line, each.code) for line in board.lines],
                    }
                    for each in part.criteria
                ],
            }
            for part in board.table.sections
        ],
    }


def _member_facts(line: BoardLine) -> dict[str, Any]:
    return {
        "name": line.member.unit.name,
        "rank": line.member.rank,
        "scorer": line.member.scorer.name,
        "acclaimed": line.member.acclaimed,
        "totals": {kind: float(total) for kind, total in line.totals.items()},
    }


def _points(line: BoardLine, criterion: str) -> dict[str, float]:
    """Points by kind; none of a member that the reader may not read yet."""
    found = {kind: line.scores.of(kind, criterion) for kind in KINDS if line.open}
    return {kind: float(points) for kind, points in found.items() if points is not None}

"""Facts of the consolidated report of a review, and of the minutes of its conference."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal
from itertools import groupby
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from webapp.documents import formats
from webapp.models import Award, Campaign, Case, Decision, Nomination, Nominee, Registration, Unit
from webapp.queries.cluster_papers import written
from webapp.queries.exemplar_tallies import tallies, total
from webapp.queries.facts import heads_signature, letterhead, recipients, signature
from webapp.queries.founding_papers import plan_name
from webapp.queries.plans import plan_of
from webapp.queries.reviews import CONCLUDED, CONSOLIDATED, FigureBoard, ReviewBoard, UnitFigure, review_board
from workflows.plan import Target
from workflows.plan_rounds import Review
from workflows.rules.indicators import told_share
from workflows.vocabulary import SINGLE_KINDS, NomineeKind

SYMBOL = "BC-UBND"
SCALE = 1000


def review_report_facts(session: Session, case: Case, code: str) -> dict[str, Any]:
    """Facts of the consolidated report, of what has been verified by now."""
    campaign, board = _read(session, case, code)
    told = board.texts.get(CONSOLIDATED, {})
    return {
        "letterhead": letterhead(campaign.unit, SYMBOL, None, None),
        "review": _review(session, campaign, board.review),
        "reports": {
            "asked": len(board.units),
            "verified": board.verified,
            "on_target": board.on_target,
            "missing": [line.unit.name for line in board.missing],
        },
        "registered": _registered(session, campaign),
        "funds": sum(data.get("funds", 0) for data in _verified(board)),
        "indicators": _indicators(board),
        "commended": _commended(session, campaign),
        "own_awards": _own_awards(board),
        "exemplars": [
            {
                "name": each["name"],
                "achievement": each["achievement"],
                "replication": each.get("replication"),
            }
            for each in told.get("exemplars", ())
        ],
        "exemplar_work": _exemplar_work(session, campaign),
        **{name: told.get(name) for name in ("summary", "limitations", "tasks_ahead", "proposals")},
        "signature": heads_signature(campaign.unit, None, signed=False),
        "recipients": recipients("Các đơn vị tham gia phong trào"),
    }


def review_minutes_facts(session: Session, case: Case, code: str) -> dict[str, Any]:
    """Facts of the minutes. Raises LookupError before the conference was concluded."""
    campaign, board = _read(session, case, code)
    held = board.texts.get(CONCLUDED)
    if held is None:
        raise LookupError(code)
    return {
        "letterhead": letterhead(campaign.unit, "BB", None, None),
        "review": _review(session, campaign, board.review),
        "conference": {
            "date": held["conference_date"],
            "place": held["place"],
            "chair": held["chair"],
            "minute_taker": held["minute_taker"],
            "attended": held.get("attended"),
        },
        "asked": len(board.units),
        "verified": board.verified,
        "figures": [_sentence(each) for each in board.figures if each.rolled.value is not None],
        "summary": board.texts.get(CONSOLIDATED, {}).get("summary"),
        "conclusions": held["conclusions"],
        "assignments": _assignments(session, held),
        "secretary": signature([], "Thư ký", _name(held["minute_taker"]), signed=False),
        "chair": signature([], "Chủ trì", _name(held["chair"]), signed=False),
        "recipients": recipients("Các đơn vị tham gia phong trào"),
    }


def _read(session: Session, case: Case, code: str) -> tuple[Campaign, ReviewBoard]:
    campaign = session.get_one(Campaign, case.campaign_id)
    plan = plan_of(session, campaign)
    return campaign, review_board(session, campaign, plan, plan.review(code), None)


def _review(session: Session, campaign: Campaign, review: Review) -> dict[str, Any]:
    return {
        "name": review.name,
        "kind": review.kind,
        "campaign": campaign.title,
        "plan": plan_name(session, campaign),
        "until": review.due.isoformat(),
    }


def _registered(session: Session, campaign: Campaign) -> int:
    query = select(func.count()).select_from(Registration).join(Case, Case.id == Registration.case_id)
    found = query.where(Registration.campaign_id == campaign.id, Case.outcome == "registered")
    return session.scalar(found) or 0


def _verified(board: ReviewBoard) -> list[Mapping[str, Any]]:
    reports = (line.report for line in board.units if line.state == "verified")
    return [report.entry.data for report in reports if report is not None]


def _commended(session: Session, campaign: Campaign) -> list[dict[str, Any]]:
    """What the organiser's own decisions gave in the campaign, decision by decision."""
    query = (
        select(Decision, Nominee.kind, Award.prize)
        .join(Award, Award.decision_id == Decision.id)
        .join(Nomination, Nomination.id == Award.nomination_id)
        .join(Nominee, Nominee.id == Nomination.nominee_id)
        .where(Decision.campaign_id == campaign.id, Decision.number.is_not(None))
        .order_by(Decision.dated_on, Decision.id)
    )
    groups = groupby(session.execute(query), key=lambda row: row[0])
    return [_given(decision, [(kind, prize or 0) for _d, kind, prize in rows]) for decision, rows in groups]


def _given(decision: Decision, awards: Sequence[tuple[NomineeKind, int]]) -> dict[str, Any]:
    day = f" ngày {decision.dated_on:%d/%m/%Y}" if decision.dated_on else ""
    kinds = [{"nominee": {"kind": kind if kind in SINGLE_KINDS else "collective"}} for kind, _prize in awards]
    return {
        "decision": f"{decision.number}/{decision.symbol}{day}",
        "counted": formats.counted(kinds),
        "prize": sum(prize for _kind, prize in awards),
    }


def _exemplar_work(session: Session, campaign: Campaign) -> dict[str, int] | None:
    if plan_of(session, campaign).exemplars is None:
        return None
    whole = total(list(tallies(session, campaign).values()))
    return {
        name: getattr(whole, name) for name in ("proposed", "introduced", "applied", "results", "commended")
    }


def _own_awards(board: ReviewBoard) -> list[dict[str, Any]]:
    return [
        {
            "unit": line.unit.name,
            "award": award["award"],
            "decision": _decision(award),
            "collectives": award["collectives"],
            "individuals": award["individuals"],
        }
        for line in board.units
        if line.state == "verified" and line.report is not None
        for award in line.report.entry.data.get("own_awards", ())
    ]


def _decision(award: Mapping[str, Any]) -> str | None:
    number, on = award.get("decision_number"), award.get("decided_on")
    parts = [f"Quyết định số {number}" if number else "", formats.long_day(on) if on else ""]
    return " ".join(part for part in parts if part) or None


def _indicators(board: ReviewBoard) -> list[dict[str, Any]]:
    groups = groupby(board.figures, key=lambda each: each.figure.indicator)
    return [
        {
            "name": indicator.name,
            "wording": indicator.wording,
            "measure": indicator.unit,
            "years": [_year(each) for each in figures],
            "units": _units([each for each in figures if each.lines]),
            "reported": [_reported(each, line) for each in figures for line in each.lines if line.verified],
        }
        for indicator, figures in ((indicator, list(group)) for indicator, group in groups)
    ]


def _year(board: FigureBoard) -> dict[str, Any]:
    value = board.rolled.value
    return {
        "year": _when(board),
        "target": _target(board, board.target),
        "value": None if value is None else written(value),
        "reached": board.reached,
        "counted": board.rolled.counted,
    }


def _units(measured: Sequence[FigureBoard]) -> list[dict[str, Any]]:
    """What the units reported for the newest year that has numbers, the highest first, with bars on one scale."""
    if not measured:
        return []
    board = measured[-1]
    lines = sorted(board.lines, key=lambda line: line.row.actual or Decimal(0), reverse=True)
    pledges = [line.pledge.value for line in lines if line.pledge]
    numbers = [number for line in lines for number in (line.row.actual or Decimal(0), line.target.target)]
    most = max(max(*numbers, *pledges), Decimal(0)) or Decimal(1)
    return [
        {
            "name": line.unit.name,
            "year": _when(board),
            "target": _target(board, line.target),
            "value": written(line.row.actual or Decimal(0)),
            "pledge": written(line.pledge.value) if line.pledge else None,
            "share": _share(line),
            "reached": line.reached,
            "bar": _length(line.row.actual or Decimal(0), most),
            "mark": _length(line.target.target, most),
            "pledge_mark": _length(line.pledge.value, most) if line.pledge else None,
        }
        for line in lines
        if line.verified
    ]


def _reported(board: FigureBoard, line: UnitFigure) -> dict[str, Any]:
    """What a unit reported for one year."""
    return {
        "unit": line.unit.name,
        "year": _when(board),
        "target": _target(board, line.target),
        "value": written(line.row.actual or Decimal(0)),
        "weight": None if line.row.weight is None else written(line.row.weight),
        "pledge": written(line.pledge.value) if line.pledge else None,
        "share": _share(line),
        "reached": line.reached,
    }


def _share(line: UnitFigure) -> str | None:
    return None if line.share is None else f"{written(told_share(line.share))}%"


def _length(number: Decimal, most: Decimal) -> int:
    return max(0, min(SCALE, int(number / most * SCALE)))


def _when(board: FigureBoard) -> str:
    return f"Năm {board.figure.year}" if board.figure.year else "Cả giai đoạn"


def _target(board: FigureBoard, target: Target) -> str:
    far = f", phấn đấu {written(target.target_to)}" if target.target_to is not None else ""
    if board.figure.indicator.operator == "at_least":
        return f"từ {written(target.target)} trở lên{far}"
    return f"không quá {written(target.target)}{far}"


def _sentence(board: FigureBoard) -> str:
    indicator, value = board.figure.indicator, board.rolled.value or Decimal(0)
    result = "đạt" if board.reached else "chưa đạt"
    return (
        f"{indicator.name}, {_when(board).lower()}: {written(value)} {indicator.unit}"
        f" (chỉ tiêu {_target(board, board.target)}), {result}"
    )


def _assignments(session: Session, held: Mapping[str, Any]) -> list[dict[str, Any]]:
    rows = held.get("assignments", ())
    named = select(Unit.code, Unit.name).where(Unit.code.in_([row["assigned_unit"] for row in rows]))
    names = dict(session.execute(named).all())
    return [
        {
            "task": row["task"],
            "unit": names.get(row["assigned_unit"], row["assigned_unit"]),
            "due": formats.day(row["due_on"]) if "due_on" in row else None,
        }
        for row in rows
    ]


def _name(person: str) -> str:
    """The name before the position."""
    return person.partition(",")[0].strip()

"""Ceilings, awards, days and duties of a plan as its paper prints them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Final

from webapp.documents.formats import clause, day
from webapp.queries.facts import phrase
from webapp.queries.plan_sections import Names, Stated, stated
from workflows.plan import ExemplarWork, Plan
from workflows.plan_rounds import AwardRef, AwardRound, Review

LEVELS: Final = {
    "commune": "cấp xã",
    "district": "cấp huyện",
    "province": "cấp tỉnh",
    "state": "cấp Nhà nước",
}
STEPS: Final = {
    "find": "phát hiện",
    "foster": "bồi dưỡng",
    "select": "lựa chọn",
    "introduce": "giới thiệu",
    "replicate": "nhân rộng",
    "commend": "biểu dương",
}


@dataclass(frozen=True)
class Windows:
    """Days that the opening of the campaign may set otherwise than the plan; the assumption is then gone.

    ``acknowledge_by`` is None where the plan goes to nobody but its own issuer.
    """

    acknowledge_by: dt.date | None
    registration_opens: dt.date
    registration_closes: dt.date
    set_at_opening: bool


def quotas(plan: Plan) -> dict[str, Any] | None:
    """The most awards of each round, strand by pool; None where the plan sets no ceiling."""
    rounds = [each for each in plan.rounds if each.ceilings]
    if not rounds:
        return None
    named = {line.pool for each in rounds for line in each.ceilings}
    pools = [pool for pool in plan.pools if pool.code in named]
    return {
        "pools": [stated(plan, pool.name, f"pools/{pool.code}/kinds") for pool in pools],
        "rounds": [_round(plan, each, [pool.code for pool in pools]) for each in rounds],
    }


def _round(plan: Plan, each: AwardRound, pools: Sequence[str]) -> dict[str, Any]:
    found = {(one.strand, one.pool): one for one in plan.ceilings(each.code)}
    lines = [
        {
            "name": strand_.name,
            "numbers": [
                {
                    "at_most": one.at_most if (one := found.get((strand_.code, pool))) else None,
                    "usable": one is None or plan.usable(one),
                }
                for pool in pools
            ],
        }
        for strand_ in plan.strands
        if any(one == strand_.code for one, _pool in found)
    ]
    usable = [one for one in found.values() if plan.usable(one)]
    return {
        "name": each.name,
        "assumed": plan.assumption_at(f"rounds/{each.code}/ceilings") is not None,
        "lines": lines,
        "totals": [_total([one.at_most for one in usable if one.pool == pool]) for pool in pools],
        "excluded": [clause(plan.round(code).name) for code in each.not_awarded_in],
    }


def _total(numbers: Sequence[int]) -> int | None:
    return sum(numbers) if numbers else None


def award(plan: Plan, each: AwardRef, names: Names) -> dict[str, Any]:
    """An award that may be proposed: its level, and where it is not for everything."""
    limits = [plan.strand(code).name for code in each.strands] + [
        plan.round(code).name for code in each.rounds
    ]
    notes = [*(["áp dụng cho: " + "; ".join(clause(name) for name in limits)] if limits else [])]
    notes += [phrase(each.note)] if each.note else []
    return {
        "name": names.get(each.award, each.award),
        "level": LEVELS[each.level],
        "note": "; ".join(notes) or None,
    }


def schedule(plan: Plan, windows: Windows) -> list[dict[str, Any]]:
    """The period of the campaign, then everything else with a day, in the order of the days."""
    period = _between(plan, plan.starts, plan.ends, "Thời gian thực hiện phong trào", "starts", "ends")
    rows = [*_own_days(plan, windows), *(row for each in plan.reviews for row in _of_review(plan, each))]
    rows += [row for each in plan.rounds for row in _of_round(plan, each)]
    ordered = [period, *sorted(rows, key=lambda row: row[0])]
    return [{"when": when, "work": work} for _days, when, work in ordered]


Row = tuple[tuple[dt.date, dt.date], Stated, str]


def _between(plan: Plan, first: dt.date, last: dt.date, work: str, *places: str) -> Row:
    text = f"Từ {day(first.isoformat())} đến {day(last.isoformat())}"
    return (first, last), stated(plan, text, *places), work


def _until(plan: Plan, last: dt.date, work: str, *places: str) -> Row:
    return (last, last), stated(plan, f"Chậm nhất ngày {day(last.isoformat())}", *places), work


def _own_days(plan: Plan, windows: Windows) -> Iterator[Row]:
    assumed = () if windows.set_at_opening else ("acknowledgement/due",)
    if windows.acknowledge_by is not None:
        work = "Các đơn vị xác nhận đã nhận và gửi kế hoạch của đơn vị"
        yield _until(plan, windows.acknowledge_by, work, *assumed)
    places = () if windows.set_at_opening else ("registration/opens", "registration/closes")
    opens, closes = windows.registration_opens, windows.registration_closes
    yield _between(plan, opens, closes, "Đăng ký thi đua", *places)


def _of_review(plan: Plan, each: Review) -> Iterator[Row]:
    place = f"reviews/{each.code}"
    work = f"{each.name}: các đơn vị gửi báo cáo"
    yield _between(plan, each.opens, each.due, work, f"{place}/opens", f"{place}/due")
    if each.conference:
        said = stated(plan, f"Ngày {day(each.conference.isoformat())}", f"{place}/conference")
        yield (each.conference, each.conference), said, f"{each.name}: hội nghị"


def _of_round(plan: Plan, each: AwardRound) -> Iterator[Row]:
    place = f"rounds/{each.code}"
    held = " (nếu sơ kết, tổng kết chọn khen thưởng)" if each.review else ""
    work = f"{each.name}{held}: lập hồ sơ, các đơn vị trình"
    yield _between(plan, each.opens, each.submit_by, work, f"{place}/opens", f"{place}/submit_by")
    yield _until(
        plan, each.decide_by, f"{each.name}{held}: ban hành quyết định khen thưởng", f"{place}/decide_by"
    )


def exemplar_tasks(plan: Plan, work: ExemplarWork) -> list[dict[str, Any]]:
    """What is done for good examples, and what each group does for them."""
    steps = [f"Gồm các việc: {', '.join(STEPS[step] for step in work.steps)}"]
    steps += [work.priority] if work.priority else []
    found = [{"title": "Công tác điển hình tiên tiến", "texts": steps}]
    found += [{"title": duty.group, "texts": list(duty.tasks)} for duty in work.duties]
    places = ["exemplars/steps", *("exemplars/duties" for _duty in work.duties)]
    return [
        task | {"assumed": plan.assumption_at(place) is not None}
        for task, place in zip(found, places, strict=True)
    ]

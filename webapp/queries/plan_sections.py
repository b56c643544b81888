"""The sections of a plan as its paper prints them: plain data out of a plan, each assumed place marked as such."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from typing import Any, Final

from webapp.documents.formats import clause
from webapp.queries.facts import phrase
from workflows.plan import Indicator, Plan, Reference, Strand, Target

PER_CENT: Final = "phần trăm"
PLAN: Final = "Kế hoạch"

Names = Mapping[str, str]
Stated = dict[str, Any]


def stated(plan: Plan, text: str, *places: str) -> Stated:
    """A text with whether one of the places of the plan it comes from is an assumption."""
    return {"text": text, "assumed": any(plan.assumption_at(place) is not None for place in places)}


def bases(references: Sequence[Reference]) -> list[str]:
    """What the plan stands on and carries out; movements it answers to stand together by who launched them."""
    return [
        *(f"Căn cứ {_cited(each)}" for each in references if each.kind in ("plan", "resolution")),
        *(f"Thực hiện {_cited(each)}" for each in references if each.kind == "programme"),
        *_movements([each for each in references if each.kind == "movement"]),
    ]


def _cited(each: Reference) -> str:
    """``Kế hoạch số 597/KH-UBND ngày 20/10/2017 của Ủy ban nhân dân tỉnh An Giang``, however much the title says."""
    number = each.number if each.number and "/" in each.number else ""
    issued = f" ngày {each.issued:%d/%m/%Y}" if each.issued else ""
    title = each.title.strip().rstrip(".")
    by = f" của {each.issuer}" if each.kind == "plan" and each.issuer and each.issuer not in title else ""
    if each.kind == "plan" and not title.startswith(PLAN):
        return f"{PLAN}{f' số {number}' if number else ''}{issued}{by} về {phrase(title)}"
    if number in title:
        return (title.replace(number, f"{number}{issued}") if number else title) + by
    return f"{title} (số {number}{issued}){by}"


def _movements(references: Sequence[Reference]) -> Iterator[str]:
    for issuer in dict.fromkeys(each.issuer for each in references):
        titles = [f"“{each.title}”" for each in references if each.issuer == issuer]
        several = "các phong trào, cuộc vận động" if issuer is None else "các phong trào thi đua"
        kind = several if len(titles) > 1 else "phong trào thi đua"
        by = f" do {issuer} phát động" if issuer else ""
        yield f"Hưởng ứng {kind}{by}{': ' if by and len(titles) > 1 else ' '}{'; '.join(titles)}"


def strand(plan: Plan, each: Strand, *, own_contents: bool) -> dict[str, Any]:
    """A strand with its target groups; without its contents where the draft says them in its own words."""
    place = f"strands/{each.code}"
    whole = stated(plan, each.name, f"{place}/name")
    groups = (f"{place}/target_groups/{group.code}/name" for group in each.target_groups)
    listed = stated(plan, "; ".join(group.name for group in each.target_groups), *groups)
    return {
        "name": each.name,
        "assumed": whole["assumed"],
        "groups": listed | {"assumed": listed["assumed"] and not whole["assumed"]},
        "contents": list(each.contents) if own_contents else [],
        "honours": each.honours,
    }


def indicator(plan: Plan, each: Indicator, units: Names) -> dict[str, Any]:
    """A row of the table of indicators."""
    place = f"indicators/{each.code}"
    whole = stated(plan, each.name, f"{place}/name")["assumed"]
    return {
        "name": each.name,
        "assumed": whole,
        "wording": each.wording,
        "remarks": list(_remarks(plan, each, whole=whole)),
        "whom": each.for_whom,
        "targets": [
            _unless(whole, stated(plan, text, f"{place}/target", f"{place}/targets"))
            for text in _targets(plan, each, units)
        ],
        "period": _unless(whole, stated(plan, _period(each), f"{place}/years", f"{place}/per")),
    }


def _unless(whole: bool, cell: Stated) -> Stated:
    """A cell without its mark where the whole row has one."""
    return cell | {"assumed": cell["assumed"] and not whole}


def _remarks(plan: Plan, each: Indicator, *, whole: bool) -> Iterator[Stated]:
    place = f"indicators/{each.code}"
    if each.strand:
        yield _unless(whole, stated(plan, f"Nội dung: {plan.strand(each.strand).name}", f"{place}/strand"))
    if each.baseline:
        value = "" if each.baseline.value is None else f", {measured(each.baseline.value, each.unit)}"
        yield _unless(
            whole, stated(plan, f"Mốc so sánh: {phrase(each.baseline.at)}{value}", f"{place}/baseline")
        )
    if each.groups:
        names = ", ".join(clause(group.name) for group in plan.unit_groups if group.code in each.groups)
        yield _unless(whole, stated(plan, f"Đơn vị báo cáo: {names}", f"{place}/groups"))


def _targets(plan: Plan, each: Indicator, units: Names) -> Iterator[str]:
    """What is to be reached: in general, then where the plan says otherwise for years, groups or units."""
    yield reach(each, Target(each.target, each.target_to))
    groups = {group.code: group.name for group in plan.unit_groups}
    for other in each.targets:
        whom = [groups[code] for code in other.groups]
        parts = [f"mỗi đơn vị thuộc {', '.join(clause(name) for name in whom)}"] if whom else []
        parts += [", ".join(units.get(code, code) for code in other.units)] if other.units else []
        parts += [f"năm {', '.join(map(str, other.years))}"] if other.years else []
        said = ", ".join(parts)
        yield f"{said[:1].upper()}{said[1:]}: {reach(each, other)}"


def reach(each: Indicator, target: Target) -> str:
    """``từ 3 điểm phần trăm trở lên, phấn đấu 4 điểm phần trăm``."""
    far = "" if target.target_to is None else f", phấn đấu {measured(target.target_to, each.unit)}"
    if each.operator == "at_least":
        return f"từ {measured(target.target, each.unit)} trở lên{far}"
    return f"không quá {measured(target.target, each.unit)}{far}"


def measured(number: Decimal, unit: str) -> str:
    """A number with its measure as papers write it: ``1.250 hộ``, ``1,5 lần``, ``60%``."""
    text = f"{number:,f}"
    text = text.rstrip("0").rstrip(".") if "." in text else text
    written = text.translate(str.maketrans(",.", ".,"))
    return f"{written}%" if unit in (PER_CENT, "%") else f"{written} {unit}"


def _period(each: Indicator) -> str:
    years = list(each.years)
    run = len(years) > 2 and years == list(range(years[0], years[-1] + 1))
    said = f"{years[0]} – {years[-1]}" if run else ", ".join(map(str, years))
    if each.per == "year":
        return f"Hằng năm ({said})" if len(years) > 1 else f"Năm {said}"
    return f"Cả giai đoạn, tính đến năm {said}"

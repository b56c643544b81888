"""What a JSON Schema cannot see in a plan: order of dates, codes that must exist, codes given twice."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from itertools import pairwise
from typing import Any

from workflows.plan_indicator_checks import indicator_faults
from workflows.plan_rounds import is_extraordinary
from workflows.typed_yaml import Document, Fault, Path
from workflows.vocabulary import LEVEL_ORDER, N_

Data = Mapping[str, Any]

# Ascending days within one group of fields; a missing one is skipped. ISO dates order as text.
_DATE_ORDER: tuple[tuple[tuple[str, ...], tuple[str, ...]], ...] = (
    ((), ("starts", "ends")),
    (("acknowledgement",), ("reminder", "due")),
    (("registration",), ("opens", "closes")),
)
_ROUND_DATES = ("opens", "submit_by", "decide_by")
_REVIEW_DATES = ("opens", "reminder", "due")


def plan_faults(document: Document, unit_codes: Collection[str] | None = None) -> list[Fault]:
    """Faults of meaning in a plan that passed its schema; without ``unit_codes`` units are not looked up."""
    plan = document.data
    return [
        *_founding(document, plan),
        *_chain(document, plan),
        *_dates(document, plan),
        *_codes_given_twice(document, plan),
        *_pools(document, plan),
        *_reserved_codes(document, plan),
        *_unknown_codes(document, plan),
        *_ceilings(document, plan),
        *indicator_faults(document, plan),
        *_units(document, plan, unit_codes),
        *_assumptions(document, plan),
    ]


def _founding(document: Document, plan: Data) -> Iterator[Fault]:
    paper = plan["document"]
    for name in ("number", "issued"):
        if paper["state"] == "issued" and name not in paper:
            problem = N_("An issued plan has no “%(name)s”.")
            remedy = N_("Give it, or write “không rõ trong nguồn” if the source does not say it.")
            yield document.fault(("document", name), problem, remedy, name=name)
        if paper["state"] == "draft" and name in paper:
            problem, remedy = (
                N_("A draft has “%(name)s” already."),
                N_("Take the line out; it is given at issue."),
            )
            yield document.fault(("document", name), problem, remedy, name=name)


def _chain(document: Document, plan: Data) -> Iterator[Fault]:
    chain = plan["chain"]
    ordered = [level for level in LEVEL_ORDER if level in chain]
    if chain != ordered or chain[-1] != plan["level"]:
        remedy = N_("Name the levels from the lowest to the organiser's own, %(level)s.")
        problem = N_("The levels are not in the order of assessment.")
        yield document.fault(("chain",), problem, remedy, level=plan["level"])


def _dates(document: Document, plan: Data) -> Iterator[Fault]:
    for path, names in _DATE_ORDER:
        yield from _ascending(document, plan[path[0]] if path else plan, path, names)
    for group, names in (("rounds", _ROUND_DATES), ("reviews", _REVIEW_DATES)):
        for index, entry in enumerate(plan.get(group, [])):
            yield from _ascending(document, entry, (group, index), names)
            yield from _within(document, plan, (group, index, "opens"), entry["opens"])
    for name in ("opens", "closes"):
        yield from _within(document, plan, ("registration", name), plan["registration"][name])


def _ascending(document: Document, group: Data, path: Path, names: Sequence[str]) -> Iterator[Fault]:
    for earlier, later in pairwise(names):
        if group[later] < group[earlier]:
            problem = N_("“%(later)s” (%(late)s) is before “%(earlier)s” (%(early)s).")
            days = {"later": later, "late": group[later], "earlier": earlier, "early": group[earlier]}
            yield document.fault((*path, later), problem, N_("Correct one of the two dates."), **days)


def _within(document: Document, plan: Data, path: Path, day: str) -> Iterator[Fault]:
    if not plan["starts"] <= day <= plan["ends"]:
        problem = N_("%(day)s lies outside the campaign's period.")
        remedy = N_("Choose a day from %(starts)s to %(ends)s.")
        yield document.fault(path, problem, remedy, day=day, starts=plan["starts"], ends=plan["ends"])


def _codes_given_twice(document: Document, plan: Data) -> Iterator[Fault]:
    strands = plan["strands"]
    yield from _unique(
        document,
        [((group, i), e["code"]) for group in ("reviews", "rounds") for i, e in _entries(plan, group)],
    )
    for group in ("strands", "indicators", "pools", "unit_groups"):
        yield from _unique(document, [((group, i), entry["code"]) for i, entry in _entries(plan, group)])
    for s, strand in enumerate(strands):
        groups = enumerate(strand["target_groups"])
        yield from _unique(document, [(("strands", s, "target_groups", i), e["code"]) for i, e in groups])
    yield from _unique(
        document, [(("addressed_units", i), e["unit"]) for i, e in _entries(plan, "addressed_units")], "unit"
    )


def _reserved_codes(document: Document, plan: Data) -> Iterator[Fault]:
    for i, round_ in _entries(plan, "rounds"):
        if is_extraordinary(round_["code"]):
            problem = N_(
                "“%(code)s” is the code of a round that every campaign has: for extraordinary merit."
            )
            remedy = N_("Choose another code.")
            yield document.fault(("rounds", i, "code"), problem, remedy, code=round_["code"])


def _unique(document: Document, codes: list[tuple[Path, str]], name: str = "code") -> Iterator[Fault]:
    seen: dict[str, Path] = {}
    for path, code in codes:
        if code in seen:
            first = document.lines[(*seen[code], name)]
            problem = N_("“%(code)s” stands already on line %(first)s.")
            yield document.fault((*path, name), problem, N_("Use every code once."), code=code, first=first)
        seen.setdefault(code, path)


def _pools(document: Document, plan: Data) -> Iterator[Fault]:
    owner: dict[str, str] = {}
    for index, pool in _entries(plan, "pools"):
        for kind in pool["kinds"]:
            if kind in owner:
                problem = N_("“%(kind)s” is counted in the pool “%(pool)s” already.")
                remedy = N_("Count each kind of nominee in one pool.")
                yield document.fault(("pools", index, "kinds"), problem, remedy, kind=kind, pool=owner[kind])
            owner.setdefault(kind, pool["code"])


def _unknown_codes(document: Document, plan: Data) -> Iterator[Fault]:
    strands, rounds, pools = (
        [entry["code"] for entry in plan.get(group, [])] for group in ("strands", "rounds", "pools")
    )
    for r, round_ in _entries(plan, "rounds"):
        for c, line in _entries(round_, "ceilings"):
            path: Path = ("rounds", r, "ceilings", c)
            yield from _known(document, (*path, "strands"), line.get("strands", []), strands)
            yield from _known(document, (*path, "pool"), [line["pool"]], pools)
        yield from _known(
            document, ("rounds", r, "not_awarded_in"), round_.get("not_awarded_in", []), rounds[:r]
        )
    reviews = [entry["code"] for entry in plan.get("reviews", [])]
    for r, round_ in _entries(plan, "rounds"):
        if "review" in round_:
            yield from _known(document, ("rounds", r, "review"), [round_["review"]], reviews)
    for a, award in _entries(plan, "awards"):
        yield from _known(document, ("awards", a, "strands"), award.get("strands", []), strands)
        yield from _known(document, ("awards", a, "rounds"), award.get("rounds", []), rounds)
    for i, indicator in _entries(plan, "indicators"):
        if "strand" in indicator:
            yield from _known(document, ("indicators", i, "strand"), [indicator["strand"]], strands)


def _known(document: Document, path: Path, codes: Sequence[str], known: Sequence[str]) -> Iterator[Fault]:
    for code in codes:
        if code not in known:
            problem = N_("“%(code)s” is not defined in this plan.")
            remedy = N_("Use one of: %(known)s.")
            yield document.fault(path, problem, remedy, code=code, known=", ".join(known) or "–")


def _ceilings(document: Document, plan: Data) -> Iterator[Fault]:
    every = [strand["code"] for strand in plan["strands"]]
    for r, round_ in _entries(plan, "rounds"):
        seen: set[tuple[str, str]] = set()
        for c, line in _entries(round_, "ceilings"):
            for strand in line.get("strands", every):
                if (strand, line["pool"]) in seen:
                    problem = N_("“%(strand)s” has two ceilings for the pool “%(pool)s” in one round.")
                    remedy = N_("Keep one of them.")
                    path: Path = ("rounds", r, "ceilings", c)
                    yield document.fault(path, problem, remedy, strand=strand, pool=line["pool"])
                seen.add((strand, line["pool"]))


def _units(document: Document, plan: Data, codes: Collection[str] | None) -> Iterator[Fault]:
    named: list[tuple[Path, str]] = [(("document", "issuer"), plan["document"]["issuer"])]
    named += [
        (("addressed_units", i, "unit"), entry["unit"]) for i, entry in _entries(plan, "addressed_units")
    ]
    named += [
        (("unit_groups", g, "units"), code)
        for g, group in _entries(plan, "unit_groups")
        for code in group.get("units", [])
    ]
    named += [
        (("indicators", i, "targets", t, "units"), code)
        for i, indicator in _entries(plan, "indicators")
        for t, target in _entries(indicator, "targets")
        for code in target.get("units", [])
    ]
    for path, code in named:
        if codes is not None and code not in codes:
            problem = N_("The unit register has no unit “%(code)s”.")
            yield document.fault(path, problem, N_("Correct the code, or enter the unit first."), code=code)


def _assumptions(document: Document, plan: Data) -> Iterator[Fault]:
    for a, assumption in _entries(plan, "assumptions"):
        for c, place in enumerate(assumption["concerns"]):
            if not _stands(plan, place.split("/")):
                problem = N_("This plan has no place “%(place)s”.")
                remedy = N_("Join names and codes by “/”, for example “registration/opens”.")
                yield document.fault(("assumptions", a, "concerns", c), problem, remedy, place=place)


def _stands(value: Any, steps: Sequence[str]) -> bool:
    if not steps:
        return True
    if isinstance(value, list):
        found = [entry for entry in value if isinstance(entry, dict) and entry.get("code") == steps[0]]
        return any(_stands(entry, steps[1:]) for entry in found)
    return isinstance(value, dict) and steps[0] in value and _stands(value[steps[0]], steps[1:])


def _entries(group: Data, name: str) -> list[tuple[int, Data]]:
    return list(enumerate(group.get(name, [])))

"""What a JSON Schema cannot see in the indicators of a plan: ranges, years, groups of units."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from workflows.typed_yaml import Document, Fault, Path
from workflows.vocabulary import N_

Data = Mapping[str, Any]


def indicator_faults(document: Document, plan: Data) -> Iterator[Fault]:
    """Faults of meaning in the indicators and in the groups of units they name."""
    yield from _ranges_and_years(document, plan)
    yield from _groups(document, plan)


def _ranges_and_years(document: Document, plan: Data) -> Iterator[Fault]:
    for i, indicator in enumerate(plan.get("indicators", [])):
        better = {"at_least": 1, "at_most": -1}[indicator["operator"]]
        far, target = indicator.get("target_to"), indicator["target"]
        if far is not None and (far - target) * better <= 0:
            problem = N_("The end of the range, %(far)s, is no better than its beginning, %(target)s.")
            remedy = N_("Give the number that must be reached as “target”.")
            yield document.fault(("indicators", i, "target_to"), problem, remedy, far=far, target=target)
        for year in {
            *indicator["years"],
            *(y for t in indicator.get("targets", []) for y in t.get("years", [])),
        }:
            if not int(plan["starts"][:4]) <= year <= int(plan["ends"][:4]):
                problem, remedy = N_("The campaign does not run in %(year)s."), N_("Take the year out.")
                yield document.fault(("indicators", i, "years"), problem, remedy, year=year)


def _groups(document: Document, plan: Data) -> Iterator[Fault]:
    """Groups that are pointed at exist; a group lies within one that names its units, and so does a target."""
    groups = plan.get("unit_groups", [])
    every = [group["code"] for group in groups]
    named = [group["code"] for group in groups if "units" in group]
    for g, group in enumerate(groups):
        if ("units" in group) == ("within" in group):
            problem = N_("The group must say either which units it holds or which group they belong to.")
            remedy = N_("Give “units”, or “within” where the source does not say which units it means.")
            yield document.fault(("unit_groups", g), problem, remedy)
        if "within" in group:
            yield from _known(document, ("unit_groups", g, "within"), [group["within"]], named)
    for i, indicator in enumerate(plan.get("indicators", [])):
        yield from _known(document, ("indicators", i, "groups"), indicator.get("groups", []), every)
        for t, target in enumerate(indicator.get("targets", [])):
            path = ("indicators", i, "targets", t, "groups")
            yield from _known(document, path, target.get("groups", []), named)


def _known(document: Document, path: Path, codes: Sequence[str], known: Sequence[str]) -> Iterator[Fault]:
    for code in codes:
        if code not in known:
            problem = N_("“%(code)s” is no group of units whose members this plan names.")
            remedy = N_("Use one of: %(known)s.")
            yield document.fault(path, problem, remedy, code=code, known=", ".join(known) or "–")

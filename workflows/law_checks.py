"""What a JSON Schema cannot see in a rule set: periods, codes that must exist, rules at odds."""

from collections.abc import Iterator, Mapping
from fractions import Fraction
from typing import Any, Final

from workflows.typed_yaml import Document, Fault, Path
from workflows.vocabulary import N_

Data = Mapping[str, Any]

_UNVERIFIED: Final = "chưa kiểm chứng"
DEFAULT_CITATION: Final = f"Giá trị mặc định của phần mềm, {_UNVERIFIED}"


def says_unverified(citation: str) -> bool:
    """Whether a citation says itself, beside its mark, that nobody has checked it."""
    return _UNVERIFIED in citation


# Entries of one group that may not hold at the same time: those alike in these fields.
_ALIKE: Final[dict[str, tuple[str, ...]]] = {
    "awards": ("code",),
    "papers": ("code",),
    "clocks": ("code", "awards"),
    "supplement_limits": (),
    "meeting_rules": ("kind",),
    "appraisal_parts": ("code", "awards", "exemplars"),
    "conditions": ("code",),
    "refusal_grounds": ("code",),
    "revocation_grounds": ("code",),
    "retention_periods": ("code",),
    "inspection_limits": ("code",),
    "base_salaries": (),
    "roundings": (),
    "vote_presets": ("code",),
    "vote_defaults": ("level", "awards"),
}
_FOREVER: Final = "9999-12-31"


def law_faults(document: Document) -> list[Fault]:
    """Faults of meaning in a rule set that passed its schema."""
    law = document.data
    return [
        *_periods(document, (), law),
        *_entries(document, law),
        *_overlaps(document, law),
        *_unknown_awards(document, law),
        *_votes(document, law),
    ]


def _entries(document: Document, law: Data) -> Iterator[Fault]:
    for path, entry in _all_entries(law):
        yield from _periods(document, path, entry)
        if entry["mark"] == "verified" and entry["citation"] == DEFAULT_CITATION:
            problem = N_("A default of the software is marked as verified.")
            remedy = N_("Cite the text it was verified in, or mark it “unverified”.")
            yield document.fault((*path, "mark"), problem, remedy)


def _all_entries(law: Data) -> Iterator[tuple[Path, Data]]:
    for group in _ALIKE:
        for index, entry in enumerate(law.get(group, [])):
            yield (group, index), entry
            for part in ("decided_by", "prizes"):
                for p, item in enumerate(entry.get(part, [])):
                    yield (group, index, part, p), item


def _periods(document: Document, path: Path, entry: Data) -> Iterator[Fault]:
    if _start(entry) > _end(entry):
        problem = N_("The period ends on %(ends)s, before it starts on %(starts)s.")
        values = {"starts": _start(entry), "ends": _end(entry)}
        yield document.fault((*path, "ends"), problem, N_("Correct one of the two dates."), **values)


def _overlaps(document: Document, law: Data) -> Iterator[Fault]:
    for group, alike in _ALIKE.items():
        seen: list[tuple[int, Data]] = []
        for index, entry in enumerate(law.get(group, [])):
            for first, other in seen:
                if all(entry.get(name) == other.get(name) for name in alike) and _overlap(entry, other):
                    line = document.lines[(group, first)]
                    problem = N_("This entry holds at the same time as the one on line %(line)s.")
                    remedy = N_("Let the earlier one end before the later one starts.")
                    yield document.fault((group, index), problem, remedy, line=line)
            seen.append((index, entry))


def _overlap(one: Data, other: Data) -> bool:
    return _start(one) <= _end(other) and _start(other) <= _end(one)


def _start(entry: Data) -> str:
    return str(entry.get("starts", ""))


def _end(entry: Data) -> str:
    return str(entry.get("ends", _FOREVER))


def _unknown_awards(document: Document, law: Data) -> Iterator[Fault]:
    known = [award["code"] for award in law["awards"]]
    for path, code in _named_awards(law):
        if code not in known:
            problem = N_("“%(code)s” is not an award of this rule set.")
            remedy = N_("Use one of: %(known)s.")
            yield document.fault(path, problem, remedy, code=code, known=", ".join(known))


def _named_awards(law: Data) -> Iterator[tuple[Path, str]]:
    for group in ("papers", "clocks", "appraisal_parts", "conditions", "vote_defaults"):
        for index, entry in enumerate(law.get(group, [])):
            for code in entry.get("awards", []):
                yield (group, index, "awards"), code
            if "lower" in entry:
                yield (group, index, "lower"), entry["lower"]


def _votes(document: Document, law: Data) -> Iterator[Fault]:
    presets = [preset["code"] for preset in law["vote_presets"]]
    for index, default in enumerate(law["vote_defaults"]):
        if default["preset"] not in presets:
            problem, remedy = (
                N_("“%(code)s” is not a vote preset of this rule set."),
                N_("Use one of: %(known)s."),
            )
            values = {"code": default["preset"], "known": ", ".join(presets)}
            yield document.fault(("vote_defaults", index, "preset"), problem, remedy, **values)
    for index, preset in enumerate(law["vote_presets"]):
        yield from profile_faults(document, ("vote_presets", index, "profile"), preset["profile"])


def profile_faults(document: Document, path: Path, profile: Data) -> Iterator[Fault]:
    """Shares that are none, and what can never be reached."""
    for name in ("quorum", "threshold"):
        if not 0 < Fraction(profile[name]) <= 1:
            problem, remedy = (
                N_("%(share)s is not a share."),
                N_("Give a fraction above 0 and up to 1, like 4/5."),
            )
            yield document.fault((*path, name), problem, remedy, share=profile[name])
    if profile["comparison"] == "more_than" and Fraction(profile["threshold"]) == 1:
        problem = N_("More than all can never be reached.")
        yield document.fault((*path, "comparison"), problem, N_("Write “at_least”."))
    if profile["ballot"] == "secret" and profile.get("chair_yes_required"):
        problem = N_("A secret ballot does not tell whether the chairman agreed.")
        yield document.fault((*path, "ballot"), problem, N_("Write “open”, or drop “chair_yes_required”."))

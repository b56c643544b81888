"""Amendments of a rule set: an entry that says something else from a day on, is put right, ends, or is new."""

import copy
import datetime as dt
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any, Final, Literal

import yaml

from workflows.typed_yaml import Path

GROUPS: Final = (
    "awards",
    "papers",
    "clocks",
    "supplement_limits",
    "meeting_rules",
    "appraisal_parts",
    "conditions",
    "refusal_grounds",
    "revocation_grounds",
    "retention_periods",
    "inspection_limits",
    "base_salaries",
    "roundings",
    "vote_presets",
    "vote_defaults",
)
"""The lists of a rule set whose entries have a citation, a mark and a period."""
PARTS: Final = ("decided_by", "prizes")
"""The lists of entries within an award."""

HEADS: Final = ("title", "starts", "ends", "levels", "legal_bases")
"""What is said of the whole rule set."""

Data = Mapping[str, Any]
KEY: Final[dict[str, tuple[str, ...]]] = {
    "awards": ("code",),
    "decided_by": ("level",),
    "prizes": ("nominee", "levels"),
    "papers": ("code",),
    "clocks": ("code", "awards"),
    "meeting_rules": ("kind",),
    "appraisal_parts": ("code", "awards", "exemplars"),
    "conditions": ("code",),
    "refusal_grounds": ("code",),
    "revocation_grounds": ("code",),
    "retention_periods": ("code",),
    "inspection_limits": ("code",),
    "vote_presets": ("code",),
    "vote_defaults": ("level", "awards"),
}
"""What tells the entries of a list apart, beside the day from which they hold."""


class NoEntry(LookupError):
    """There is no such entry, or no such list, in the rule set."""


@dataclass(frozen=True, slots=True)
class Amendment:
    """One change of a rule set: ``values`` from ``day`` on, all along, an end after ``day``, or one entry more."""

    act: Literal["amend", "correct", "end", "add"]
    place: Path
    values: Data = field(default_factory=dict)
    day: dt.date | None = None

    def upon(self, law: Data) -> dict[str, Any]:
        """The rule set after it. Raises NoEntry; ValueError when ``amend`` or ``end`` has no day."""
        match self.act, self.day:
            case "amend", dt.date() as day:
                return amended(law, self.place, self.values, day)
            case "end", dt.date() as day:
                return ended(law, self.place, day)
            case "correct", _:
                return corrected(law, self.place, self.values)
            case "add", _:
                return added(law, self.place, self.values)
        raise ValueError(self)


@dataclass(frozen=True, slots=True)
class Difference:
    """An entry that two versions do not share: its place in the one before, in the one after, or in both."""

    before: Path | None
    after: Path | None


def entry_at(law: Data, place: Path) -> Data:
    """The entry at a place: ("clocks", 3) or ("awards", 2, "prizes", 0). Raises NoEntry."""
    names = place[::2]
    known = names and names[0] in GROUPS and (len(names) == 1 or (names[0] == "awards" and names[1] in PARTS))
    if not known or len(place) not in (2, 4):
        raise NoEntry(place)
    found: Any = law
    for step in place:
        try:
            found = found[step]
        except (LookupError, TypeError) as fault:
            raise NoEntry(place) from fault
    entry: Data = found
    return entry


def amended(law: Data, place: Path, values: Data, from_day: dt.date) -> dict[str, Any]:
    """The rule set when an entry says ``values`` from a day on and what it said until the day before.

    From its first day on, or earlier, there is nothing left of what it said. Raises NoEntry.
    """
    entry = entry_at(law, place)
    if from_day.isoformat() <= str(entry.get("starts", law["starts"])):
        return corrected(law, place, values)
    made, entries, index = _list(law, place)
    last_day = from_day - dt.timedelta(days=1)
    ended = entries[index] | {"ends": last_day.isoformat()}
    later = _told(entries[index], values) | {"starts": from_day.isoformat()}
    entries[index : index + 1] = [ended, later]
    return made


def corrected(law: Data, place: Path, values: Data) -> dict[str, Any]:
    """The rule set when an entry has said ``values`` all along. Raises NoEntry."""
    entry_at(law, place)
    made, entries, index = _list(law, place)
    entries[index] = _told(entries[index], values)
    return made


def ended(law: Data, place: Path, last_day: dt.date) -> dict[str, Any]:
    """The rule set when an entry holds until a day; left with no day at all it is left out. Raises NoEntry."""
    entry = entry_at(law, place)
    made, entries, index = _list(law, place)
    if last_day.isoformat() < str(entry.get("starts", law["starts"])):
        del entries[index]
    else:
        entries[index]["ends"] = last_day.isoformat()
    return made


def added(law: Data, place: Path, values: Data) -> dict[str, Any]:
    """The rule set with one more entry in a list: ("clocks",) or ("awards", 2, "prizes"). Raises NoEntry."""
    if place[:1] and place[0] in GROUPS and len(place) == 1:
        made = copy.deepcopy(dict(law))
        made.setdefault(place[0], []).append(dict(values))
        return made
    if len(place) != len(("awards", 0, "prizes")) or place[2] not in PARTS:
        raise NoEntry(place)
    entry_at(law, place[:2])
    made = copy.deepcopy(dict(law))
    made["awards"][place[1]].setdefault(place[2], []).append(dict(values))
    return made


def differences(before: Data, after: Data) -> list[Difference]:
    """What two versions of a rule set say otherwise, entry by entry, in the order of the later one."""
    heads = [Difference((name,), (name,)) for name in HEADS if before.get(name) != after.get(name)]
    old, new = dict(_keyed(before)), dict(_keyed(after))
    nowhere = (None, None)
    found = [
        Difference(old.get(key, nowhere)[0], place)
        for key, (place, said) in new.items()
        if old.get(key, nowhere)[1] != said
    ]
    gone = [Difference(place, None) for key, (place, _said) in old.items() if key not in new]
    return [*heads, *found, *gone]


def as_text(law: Data) -> str:
    """The rule set as a file that :func:`workflows.law.parse_rule_set` reads."""
    return yaml.dump(
        dict(law), Dumper=_Dumper, allow_unicode=True, sort_keys=False, default_flow_style=False, width=120
    )


def _told(entry: Data, values: Data) -> dict[str, Any]:
    """An entry with new values; what is None is left out, what is not named stays."""
    return {name: value for name, value in {**entry, **values}.items() if value is not None}


def _list(law: Data, place: Path) -> tuple[dict[str, Any], list[dict[str, Any]], int]:
    """A copy of the rule set, in it the list that holds an entry, and where it stands there."""
    made: Any = copy.deepcopy(dict(law))
    entries = made
    for step in place[:-1]:
        entries = entries[step]
    return made, entries, int(place[-1])


def _keyed(law: Data) -> Iterator[tuple[tuple[Any, ...], tuple[Path, Data]]]:
    """Every entry by what it is and from when it holds; awards without their parts, which are entries of their own."""
    for group in GROUPS:
        for index, entry in enumerate(law.get(group, ())):
            plain = {name: value for name, value in entry.items() if name not in PARTS}
            yield (group, *_key(group, entry)), ((group, index), plain)
            for part in PARTS:
                for place, item in enumerate(entry.get(part, ())):
                    yield (
                        (group, entry["code"], entry.get("starts"), part, *_key(part, item)),
                        ((group, index, part, place), item),
                    )


def _key(kind: str, entry: Data) -> Sequence[Any]:
    told = (entry.get(name) for name in KEY.get(kind, ()))
    return [tuple(value) if isinstance(value, list) else value for value in told] + [entry.get("starts")]


class _Dumper(yaml.SafeDumper):
    """Writes decimals as such, and every list of entries indented."""

    def increase_indent(self, flow: bool = False, indentless: bool = False) -> None:
        super().increase_indent(flow, False)


_Dumper.add_representer(
    Decimal, lambda dumper, value: dumper.represent_scalar("tag:yaml.org,2002:float", f"{value:f}")
)

"""The versions of a registration in words: what each says otherwise than the one before."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

from flask_babel import LazyString
from flask_babel import lazy_gettext as _l

from webapp.i18n import content as in_language
from webapp.queries.registration_versions import Content, Difference, Version, differences
from webapp.ui.formats import number

Lines = tuple[str, ...]

PARTS: dict[str, LazyString] = {
    "name": _l("Who registers"),
    "title_aimed": _l("Title aimed at"),
    "targets": _l("Targets"),
    "commitment": _l("Commitment"),
}


@dataclass(frozen=True)
class ShownDifference:
    """One part that differs: its name, the lines before and after."""

    part: str
    before: Lines
    after: Lines


@dataclass(frozen=True)
class ShownVersion:
    """One version; ``changed`` is empty for the first."""

    number: int
    since: dt.datetime
    case: str
    changed: tuple[ShownDifference, ...] = ()


def shown_versions(versions: tuple[Version, ...], names: Mapping[str, str]) -> tuple[ShownVersion, ...]:
    """All versions, the newest first; ``names`` are those of titles."""
    first = [ShownVersion(each.number, each.since, each.case) for each in versions[:1]]
    later = [
        ShownVersion(new.number, new.since, new.case, shown_differences(old.content, new.content, names))
        for old, new in pairwise(versions)
    ]
    return tuple(reversed(first + later))


def shown_differences(
    before: Content, after: Content, names: Mapping[str, str]
) -> tuple[ShownDifference, ...]:
    """In what two contents differ."""
    return tuple(_shown(each, names) for each in differences(before, after))


def _shown(each: Difference, names: Mapping[str, str]) -> ShownDifference:
    return ShownDifference(
        str(PARTS[each.part]), _lines(each.part, each.before, names), _lines(each.part, each.after, names)
    )


def _lines(part: str, value: Any, names: Mapping[str, str]) -> Lines:
    if part == "targets":
        return tuple(_target(row) for row in value)
    if part == "title_aimed":
        return (in_language(names.get(value, value)),) if value else ()
    return tuple(line for line in str(value).splitlines() if line.strip())


def _target(row: Mapping[str, Any]) -> str:
    amount = f"{number(row['target'])} {row.get('measure', '')}".strip() if "target" in row else ""
    return f"{row['indicator']}: {row['pledge']}" + (f" ({amount})" if amount else "")

"""What was entered otherwise than the last time on the same task."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from flask_babel import gettext as _

from webapp.documents.text_changes import Part, parts
from webapp.ui.fields import Field


@dataclass(frozen=True)
class Change:
    """A field that differs, as pieces of text that stayed, came or went."""

    label: str
    parts: tuple[Part, ...]


def changes(before: Iterable[Field], now: Iterable[Field]) -> tuple[Change, ...]:
    """The fields that differ between two forms of one schema, in their order."""
    old, new = dict(_texts(before)), dict(_texts(now))
    labels = dict.fromkeys([*new, *old])
    return tuple(
        Change(label, tuple(parts(old.get(label, ""), new.get(label, ""))))
        for label in labels
        if old.get(label, "") != new.get(label, "")
    )


def _texts(fields: Iterable[Field], above: str = "") -> Iterator[tuple[str, str]]:
    """(label, text to read) of every field that has one; a row says which."""
    for field in fields:
        label = f"{above} – {field.label}" if above else field.label
        if field.kind == "group":
            yield from _texts(field.children, label)
        elif field.kind == "rows":
            for number, cells in enumerate(field.rows, 1):
                row = _("%(label)s, row %(row)s", label=label, row=number)
                yield from _texts(cells, row)
        else:
            yield label, "; ".join(paper.name for paper in field.papers) or field.shown

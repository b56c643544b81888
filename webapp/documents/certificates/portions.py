"""Files of many certificates made in portions: each portion on its own, then all of them bound into one file."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Literal

from webapp.documents.certificates.binding import archive, bound, entry_name, joined, two_up
from webapp.documents.certificates.layout import Blank
from webapp.documents.certificates.paper import certificate_of, described
from webapp.documents.certificates.writer import write
from webapp.documents.errors import UnprintableError

Arrangement = Literal["one_file", "zip", "two_up"]
"""A page each in one PDF; an archive with a PDF each; two on a sheet that is cut."""


def written_portion(facts: Mapping[str, Any], arrangement: str, first: int, blank: Blank | None) -> bytes:
    """Some certificates, before which ``first`` others stand in the whole file. Raises like `write`."""
    made = [certificate_of(each) for each in facts["certificates"]]
    told = described(facts)
    if arrangement != "zip":
        return write(made, told, blank=blank)
    names = [entry_name(place, each.printed["bearer"]) for place, each in enumerate(made, first + 1)]
    return archive(names, (write([each], told, blank=blank) for each in made))


def bound_portions(portions: Sequence[bytes], arrangement: str) -> bytes:
    """The whole file of its portions. Equal portions give equal bytes."""
    match arrangement:
        case "zip":
            return joined(portions)
        case "two_up":
            return two_up(bound(portions))
    return bound(portions)


def unprintable_bearer(facts: Mapping[str, Any], blank: Blank | None) -> str:
    """Whose certificate it is that cannot be written; empty where each of them can."""
    for each in facts["certificates"]:
        made = certificate_of(each)
        try:
            write([made], described(facts), blank=blank)
        except UnprintableError:
            return made.printed["bearer"]
    return ""

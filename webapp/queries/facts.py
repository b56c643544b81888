"""Parts of the facts that papers are made of (`documents/types/_base/facts.json`)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from itertools import groupby
from typing import Any

from webapp.models import Nomination, Unit
from workflows.vocabulary import SINGLE_KINDS

BODY_PREFIX = "Ủy ban nhân dân"


def committee_name(unit: Unit) -> str:
    """The issuing body: for a place its People's Committee, for an office the office itself."""
    return f"{BODY_PREFIX} {unit.name}" if unit.kind == "committee" else unit.name


def seat_name(unit: Unit) -> str:
    """The place name papers are dated from: ``huyện Tịnh Biên`` → ``Tịnh Biên``."""
    place = unit if unit.kind == "committee" or unit.parent is None else unit.parent
    for prefix in ("thị trấn ", "thị xã ", "thành phố ", "huyện ", "tỉnh ", "xã ", "phường "):
        if place.name.startswith(prefix):
            return place.name.removeprefix(prefix)
    return place.name


def letterhead(unit: Unit, symbol: str, number: int | None, date: dt.date | None) -> dict[str, Any]:
    """Who issues, under which number, where and when; a date not known yet is left to be written."""
    parent = unit.parent if unit.kind != "committee" else None
    return {
        "parent": committee_name(parent) if parent is not None else None,
        "body": committee_name(unit),
        "number": number,
        "symbol": symbol,
        "place": seat_name(unit),
        "date": date.isoformat() if date else None,
    }


def signature(unit: Unit, position: str, name: str | None, *, signed: bool) -> dict[str, Any]:
    """A signature block; a committee's chairman signs for the committee."""
    lead = [f"TM. {BODY_PREFIX}"] if unit.kind == "committee" else []
    return {"lead": lead, "position": position, "name": name, "signed": signed}


def nominee(nomination: Nomination) -> dict[str, Any]:
    """The nominee as papers name it."""
    row = nomination.nominee
    kind = row.kind if row.kind in SINGLE_KINDS else "collective"
    return {"kind": kind, "salutation": None, "name": row.name, "address": row.address or row.unit.name}


def by_strand(nominations: Iterable[tuple[Nomination, Any]]) -> list[tuple[str, Sequence[Any]]]:
    """(strand title, what came with its nominations), in the order of the plan."""
    ordered = sorted(nominations, key=lambda pair: pair[0].strand.position)
    groups = groupby(ordered, key=lambda pair: pair[0].strand)
    return [(f"Phong trào thi đua “{strand.title}”", [item for _, item in pairs]) for strand, pairs in groups]


def recipients(copies: str | None) -> list[str]:
    """Nơi nhận from free text, a line each; the last is the archive."""
    lines = [line.strip(" -;./") for line in (copies or "").splitlines()]
    return [line for line in lines if line and not line.startswith("Lưu")] + ["Lưu: VT"]

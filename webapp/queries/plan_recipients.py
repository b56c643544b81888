"""To whom a plan goes, as short as a paper has room for: units of a sort stand together."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

from webapp.models import Unit
from webapp.queries.facts import committee_name
from workflows.vocabulary import UnitKind

SHORT_LIST: Final = 8
"""How many units are named one by one; more are named in the annex."""

GROUPS: Final[tuple[tuple[frozenset[UnitKind], str], ...]] = (
    (frozenset({"party"}), "Các cơ quan Đảng"),
    (frozenset({"office"}), "Các cơ quan chuyên môn, đơn vị thuộc Ủy ban nhân dân"),
    (frozenset({"agency"}), "Các cơ quan ngành dọc trên địa bàn"),
    (frozenset({"front", "mass_organisation"}), "Ủy ban Mặt trận Tổ quốc Việt Nam và các đoàn thể"),
    (frozenset({"committee"}), "Ủy ban nhân dân các"),
    (frozenset({"cluster", "block"}), "Các cụm, khối thi đua"),
    (frozenset({"hamlet"}), "Các thôn, ấp, khóm, tổ dân phố"),
    (frozenset({"enterprise", "co_operative"}), "Các doanh nghiệp, hợp tác xã"),
)
PLACES: Final = ("tỉnh", "thành phố", "huyện", "quận", "thị xã", "xã", "phường", "thị trấn")


def recipients_of(units: Sequence[Unit]) -> list[str]:
    """The units by name while they are few, else sort by sort; a unit that is alone of its sort keeps its name."""
    if len(units) <= SHORT_LIST:
        return [committee_name(unit) for unit in units]
    return list(_grouped(units))


def in_order(units: Sequence[Unit]) -> list[Unit]:
    """The units sort by sort, as the recipients stand; within one sort as they come."""
    places = {kind: place for place, (kinds, _name) in enumerate(GROUPS) for kind in kinds}
    return sorted(units, key=lambda unit: places[unit.kind])


def _grouped(units: Sequence[Unit]) -> Iterator[str]:
    for kinds, name in GROUPS:
        some = [unit for unit in units if unit.kind in kinds]
        if len(some) == 1:
            yield committee_name(some[0])
        elif "committee" in kinds and some:
            yield f"{name} {_places(some)}"
        elif some:
            yield (
                name if "front" not in kinds or any(unit.kind == "front" for unit in some) else "Các đoàn thể"
            )


def _places(units: Sequence[Unit]) -> str:
    """``xã, thị trấn``: which kinds of place there are among them."""
    return ", ".join(place for place in PLACES if any(unit.name.startswith(f"{place} ") for unit in units))

"""The seats of a council as people call them."""

from flask_babel import LazyString
from flask_babel import lazy_gettext as _l

SEATS: dict[str, LazyString] = {
    "chair": _l("Chairman of the council"),
    "standing_deputy": _l("Standing deputy chairman"),
    "deputy": _l("Deputy chairman"),
    "member": _l("Member"),
    "secretary": _l("Member and secretary"),
}


def seat_name(position: str) -> str:
    """The name of a seat."""
    return str(SEATS.get(position, position))

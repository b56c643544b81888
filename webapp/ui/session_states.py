"""What a council session is doing, in words."""

from flask_babel import LazyString
from flask_babel import lazy_gettext as _l

from webapp.queries.council_sessions import State

STATE_NAMES: dict[State, LazyString] = {
    "preparing": _l("Agenda being prepared"),
    "invited": _l("Members invited"),
    "adjourned": _l("Adjourned"),
    "voting": _l("Voting"),
    "paper_count": _l("Paper ballots being counted"),
    "counting": _l("Counting"),
    "tied": _l("Level results to be decided"),
    "minutes": _l("Minutes being drawn up"),
    "concluded": _l("Concluded"),
    "cancelled": _l("Cancelled"),
}

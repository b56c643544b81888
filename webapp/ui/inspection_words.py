"""What inspections call things: how grave a finding is, how it stands, how it was concluded; notices, faults."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from flask_babel import LazyString
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

SEVERITIES: dict[str, LazyString] = {
    "remark": _l("To be noted"),
    "shortcoming": _l("Shortcoming"),
    "violation": _l("Signs of a violation"),
}
FINDING_STATES: dict[str, LazyString] = {
    "answer": _l("To be answered"),
    "review": _l("Answered, to be concluded"),
    "closed": _l("Finding concluded"),
    "withdrawn": _l("Withdrawn"),
}
STATUS_KINDS = {"answer": "due_soon", "review": "open", "closed": "done", "withdrawn": "withdrawn"}
"""The colour of each state: a kind of `components/status.html`."""

RESULTS: dict[str, LazyString] = {
    "accepted": _l("Answer accepted"),
    "remedied": _l("Shortcoming, remedied"),
    "upheld": _l("Shortcoming, further action proposed"),
}
NOTICES: dict[str, Callable[[str, str], str]] = {
    "finding_raised": lambda name, code: _(
        "Inspectors ask for an answer: %(name)s (%(code)s).", name=name, code=code
    ),
    "finding_asked_again": lambda name, code: _(
        "Inspectors ask for a further answer: %(name)s (%(code)s).", name=name, code=code
    ),
    "finding_reminder": lambda name, code: _(
        "The answer to inspectors is due soon: %(name)s (%(code)s).", name=name, code=code
    ),
    "finding_answered": lambda name, code: _("Answered: %(name)s (%(code)s).", name=name, code=code),
    "finding_overdue": lambda name, code: _(
        "Not answered in time: %(name)s (%(code)s).", name=name, code=code
    ),
    "finding_closed": lambda name, code: _(
        "Inspectors have concluded: %(name)s (%(code)s).", name=name, code=code
    ),
}


def _works_there(_label: str, params: Mapping[str, Any]) -> str:
    return _("Nobody inspects the unit they work in. Take out: %(names)s.", names=params["names"])


def _entered(_label: str, _params: Mapping[str, Any]) -> str:
    return _("An inspection by this decision is entered already; change that one.")


def _found_already(_label: str, _params: Mapping[str, Any]) -> str:
    return _("This very finding has been raised already.")


FAULTS: dict[str, Callable[[str, Mapping[str, Any]], str]] = {
    "works_there": _works_there,
    "inspection_entered": _entered,
    "found_already": _found_already,
}

"""A case as whoever has its code sees it: stages in plain words with their days."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass

from flask_babel import LazyString
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from webapp.extensions import db
from webapp.follow_codes import typed_code
from webapp.queries.follow_codes import Followed, followed
from webapp.ui.formats import day

STAGES: Mapping[str, Mapping[str, LazyString]] = {
    "registration": {
        "draft": _l("The registration is being filled in"),
        "commune": _l("The commune or unit checks it"),
        "district": _l("The authority confirms it"),
    },
    "nomination": {
        "draft": _l("The dossier is being prepared"),
        "commune": _l("The commune or unit considers it"),
        "submission": _l("It waits to be submitted"),
        "district": _l("The district assesses it"),
        "province": _l("The province assesses it"),
        "council": _l("The council considers it"),
        "decision": _l("The decision is being prepared"),
    },
}

PASSED: Mapping[str, Mapping[str, LazyString]] = {
    "registration": {
        "draft": _l("Filling in"),
        "commune": _l("Check by the unit"),
        "district": _l("Confirmation"),
    },
    "nomination": {
        "draft": _l("Preparing the dossier"),
        "commune": _l("Commune level"),
        "submission": _l("Submission"),
        "district": _l("District level"),
        "province": _l("Province level"),
        "council": _l("Council"),
        "decision": _l("Decision"),
    },
}

OUTCOMES: Mapping[str, Mapping[str, LazyString]] = {
    "registration": {
        "registered": _l("Registered"),
        "rejected": _l("Not registered; who handed it in was told why"),
        "leave_refused": _l("Not registered, because it came late; who handed it in was told why"),
        "lapsed": _l("Not registered in time"),
        "withdrawn": _l("Withdrawn"),
    },
    "nomination": {
        "awarded": _l("Awarded"),
        "awarded_higher": _l("Awarded at a higher level"),
        "not_passed": _l("Not awarded; who handed it in was told"),
        "rejected": _l("Not considered further; who handed it in was told why"),
        "higher_refused": _l("Not awarded; who handed it in was told"),
        "withdrawn": _l("Withdrawn"),
    },
}


@dataclass(frozen=True)
class ShownFollowed:
    """The case of a code: what lies behind it, with days, and where it is now."""

    about: Followed
    passed: list[tuple[str, dt.datetime]]
    now: str
    since: dt.datetime | None
    note: str
    ended: bool


def shown_followed(text: str) -> ShownFollowed | None:
    """What the code somebody typed tells; None for a wrong one and one that was withdrawn alike."""
    code = typed_code(text)
    found = followed(db.session(), code) if code else None
    if found is None:
        return None
    kind = "registration" if found.process == "registration" else "nomination"
    stages, ended = STAGES[kind], found.state == "ended"
    now = OUTCOMES[kind].get(found.outcome or "", _("Ended")) if ended else stages.get(found.stage or "", "")
    return ShownFollowed(
        about=found,
        passed=[(str(PASSED[kind][stage]), at) for stage, at in found.passed if stage in PASSED[kind]],
        now=str(now),
        since=found.ended_at if ended else found.since or found.opened_at,
        note=_note(found),
        ended=ended,
    )


def _note(found: Followed) -> str:
    if found.state == "frozen":
        return _("Suspended for the time being; nothing is done with it.")
    if not found.supplement:
        return ""
    if found.supplement_due is None:
        return _("Something has to be mended or added; who handed it in was told what.")
    return _(
        "Something has to be mended or added by %(day)s; who handed it in was told what.",
        day=day(found.supplement_due),
    )

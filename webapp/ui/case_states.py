"""Where a case stands, in the words people see: phases, outcomes, and the status of a row or a page."""

import datetime as dt
from collections.abc import Mapping
from typing import NamedTuple

from flask import Flask
from flask_babel import LazyString, ngettext
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from webapp.models import NOMINATIONS
from webapp.ui.clock import business_now
from webapp.ui.formats import days_until
from workflows.law_checks import says_unverified
from workflows.vocabulary import LEVEL_NAMES, NOMINEE_KIND_NAMES, SUPPLEMENTS, UNIT_KIND_NAMES

PHASES: dict[str, LazyString] = {
    "draft": _l("Being prepared"),
    "commune": _l("At commune level"),
    "submission": _l("Awaiting submission"),
    "district": _l("At district level"),
    "province": _l("At province level"),
    "council": _l("At the council"),
    "decision": _l("Awaiting the decision"),
    "awarded": _l("Awarded"),
    "closed": _l("Closed without an award"),
}
"""Phases of a nomination in their order; the last two are those of ended ones."""

EXEMPLAR_PHASES: dict[str, LazyString] = {
    "verification": _l("Verification"),
    "fostering": _l("Fostering"),
    "selection": _l("Selection"),
    "introduction": _l("Introduction being prepared"),
    "introduced": _l("Introduced now"),
    "application": _l("Application to be confirmed"),
    "applying": _l("Being applied"),
    "results": _l("Results to be confirmed"),
}
"""Stages of an exemplar, introduced when its page is public, and of a unit that applies one."""

WAITING = {
    "submission": _l("Awaiting submission"),
    "council": _l("Awaiting the council"),
    "decision": _l("Awaiting issue of the decision"),
}
"""What an open nomination waits for while nobody has a task in it."""

SUSPENSIONS: dict[str, LazyString] = {
    "complaint": _l("Complaint or denunciation"),
    "inspection": _l("Inspection or check"),
    "investigation": _l("Investigation"),
    "discipline": _l("Disciplinary matter"),
}
"""Why a dossier is suspended."""

OUTCOMES: dict[str, dict[str, LazyString]] = {
    "nomination": {
        "awarded": _l("Awarded"),
        "awarded_higher": _l("Awarded at a higher level"),
        "not_passed": _l("Not passed"),
        "rejected": _l("Not eligible"),
        "higher_refused": _l("Refused at a higher level"),
        "withdrawn": _l("Withdrawn"),
    },
    "registration": {
        "registered": _l("Registered"),
        "rejected": _l("Registration rejected"),
        "leave_refused": _l("Late registration refused"),
        "lapsed": _l("Not registered in time"),
        "withdrawn": _l("Withdrawn"),
    },
    "registration_change": {
        "changed": _l("Changed"),
        "refused": _l("Not changed"),
        "withdrawn": _l("Withdrawn"),
    },
    "registration_list": {"confirmed": _l("Confirmed"), "withdrawn": _l("Withdrawn")},
    "exemplar": {
        "introduced": _l("Has been introduced"),
        "taken_down": _l("Introduction taken down"),
        "not_chosen": _l("Not chosen"),
        "refused": _l("Not recognised"),
        "withdrawn": _l("Withdrawn"),
    },
    "replication": {"applied": _l("Applied, with results"), "withdrawn": _l("Application given up")},
    "submission": {"received": _l("Received"), "withdrawn": _l("Withdrawn")},
    "campaign": {"closed": _l("Concluded"), "ended_early": _l("Ended early")},
    "response": {"closed": _l("Concluded"), "ended_early": _l("Ended early")},
    "council_vote": {"concluded": _l("Concluded"), "cancelled": _l("Cancelled")},
    "cluster_scoring": {"concluded": _l("Concluded"), "cancelled": _l("Cancelled")},
    "award_issuance": {"issued": _l("Issued"), "cancelled": _l("Cancelled")},
    "award_correction": {"corrected": _l("Corrected"), "cancelled": _l("Cancelled")},
    "award_revocation": {
        "revoked": _l("Revoked"),
        "refused": _l("Not revoked"),
        "withdrawn": _l("Withdrawn"),
    },
}
OUTCOMES["finding"] = {"closed": _l("Finding concluded"), "withdrawn": _l("Withdrawn")}
OUTCOMES["extraordinary"] = OUTCOMES["nomination"]
"""How cases of each root process end."""

RESULTS: dict[str, LazyString] = {
    "passed": _l("Passed"),
    "passed_higher": _l("Passed for a higher award"),
    "not_passed": _l("Not passed"),
    "deferred": _l("Deferred"),
}
"""What the council made of a nomination."""

KIND_NAMES: Mapping[str, str] = {str(kind): name for kind, name in NOMINEE_KIND_NAMES.items()}
AWARDED = frozenset({"awarded", "awarded_higher"})
UNSUCCESSFUL = frozenset(
    {
        "cancelled",
        "ended_early",
        "higher_refused",
        "lapsed",
        "leave_refused",
        "not_chosen",
        "not_passed",
        "refused",
        "rejected",
        "taken_down",
        "withdrawn",
    }
)


class Status(NamedTuple):
    """Kind (icon and colour, see components/status.html) and word."""

    kind: str
    word: LazyString | str


def init_app(app: Flask) -> None:
    """Give templates the status of a case, the names of its states, and the filter `waited`."""
    app.jinja_env.globals.update(
        case_status=case_status,
        phase_name=phase_name,
        outcome_name=outcome_name,
        result_name=result_name,
        kind_name=kind_name,
        outcome_kind=outcome_kind,
        suspension_kind=suspension_kind,
        level_name=level_name,
        unit_kind_name=unit_kind_name,
        says_unverified=says_unverified,
    )
    app.jinja_env.filters["waited"] = waited


def case_status(
    process: str, state: str, stage: str | None, outcome: str | None, element: str | None = None
) -> Status:
    """The status of a case; ``element`` is that of the task which is open in it, if one is."""
    if state == "ended":
        return Status(outcome_kind(outcome), outcome_name(process, outcome))
    if state == "frozen":
        return Status("frozen", _l("Suspended"))
    if element in SUPPLEMENTS:
        return Status("returned", _l("Awaiting supplement"))
    if process in NOMINATIONS and element is None and stage in WAITING:
        return Status("open", WAITING[stage])
    return Status("open", phase_name(stage or ""))


def phase_name(phase: str) -> LazyString | str:
    """The name of a phase; cases of processes without stages are simply under way."""
    return PHASES.get(phase) or EXEMPLAR_PHASES.get(phase, _l("Under way"))


def outcome_name(process: str, outcome: str | None) -> LazyString | str:
    """How a case ended."""
    return OUTCOMES.get(process, {}).get(outcome or "", _l("Ended"))


def result_name(result: str) -> LazyString | str:
    """What the council made of a nomination."""
    return RESULTS.get(result, result)


def kind_name(kind: str) -> str:
    """What kind of nominee somebody is."""
    return _(KIND_NAMES[kind]) if kind in KIND_NAMES else kind


def level_name(level: str) -> str:
    """What a level of government is called."""
    return _(LEVEL_NAMES[level])


def unit_kind_name(kind: str) -> str:
    """What kind of unit something is."""
    return _({str(each): name for each, name in UNIT_KIND_NAMES.items()}[kind])


def waited(since: dt.datetime | None) -> str:
    """How long something has waited, in calendar days of the office."""
    if since is None:
        return ""
    days = -days_until(since, business_now())
    return ngettext("%(num)s day", "%(num)s days", days) if days > 0 else _("today")


def outcome_kind(outcome: str | None) -> str:
    """Which state the end of a case looks like."""
    if outcome in AWARDED:
        return "award"
    return "withdrawn" if outcome in UNSUCCESSFUL else "done"


def suspension_kind(code: str) -> str:
    """Why a dossier is suspended, in words."""
    return str(SUSPENSIONS.get(code, code))

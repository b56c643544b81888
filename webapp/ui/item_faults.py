"""Why items of long work could not be done, as sentences."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Any

from flask_babel import gettext as _

from webapp.operations.refusals import AlreadyDone, CaseEnded, CaseFrozen, HeldByOther, NotNow
from webapp.ui.fault_texts import fault_text
from webapp.ui.refusal_texts import refusal_text
from workflows.forms import Fault


def item_fault(fault: Mapping[str, Any], label: str, gone: str) -> str:
    """A fault as the operation noted it. ``label`` names what was filled in; ``gone`` is said of what is not theirs."""
    if "pointer" in fault:
        found = Fault(fault["pointer"], fault["code"], fault["params"])
        return fault_text(found, label, {"type": "string"})
    match fault.get("refusal", ""):
        case "already_done":
            at = dt.datetime.fromisoformat(fault["at"]) if fault.get("at") else None
            return refusal_text(AlreadyDone(fault.get("by"), at, own=fault.get("own", False)))
        case "held_by_other":
            return refusal_text(HeldByOther(fault["by"]))
        case "case_frozen":
            return refusal_text(CaseFrozen())
        case "case_ended":
            return refusal_text(CaseEnded())
        case "" | "not_found" | "forbidden":
            return gone
        case "broken":
            return _("The system could not do it. Try again, or tell the administrator.")
        case code:
            return refusal_text(NotNow(code))

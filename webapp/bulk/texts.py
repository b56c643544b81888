"""Acts on many tasks in words: what is done, why a task is passed over, why one could not be done."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from flask_babel import gettext as _
from flask_babel import ngettext

from webapp.i18n import content
from webapp.models import BulkAct, BulkItem
from webapp.operations.refusals import AlreadyDone, CaseEnded, CaseFrozen, HeldByOther, NotNow
from webapp.operations.stand_ins import CONFLICT
from webapp.queries.bulk_selection import Line
from webapp.ui.access import standing
from webapp.ui.item_faults import item_fault
from webapp.ui.refusal_texts import refusal_text


def act_label(act: str, number: int, title: str = "") -> str:
    """The act with its number, as on its button; ``title`` is the decision."""
    if act == "take":
        return ngettext("Take %(num)s task", "Take %(num)s tasks", number)
    if act == "assign":
        return ngettext("Give %(num)s task", "Give %(num)s tasks", number)
    if act == "undo":
        return ngettext("Undo %(num)s decision", "Undo %(num)s decisions", number)
    name = content(title)
    return ngettext("%(act)s: %(num)s dossier", "%(act)s: %(num)s dossiers", number, act=name)


def act_name(made: BulkAct, number: int, title: str = "") -> str:
    """The same of an act that was begun, with who got the tasks."""
    label = act_label(made.act, number, title)
    return f"{label} → {made.receiver.name}" if made.receiver else label


PASSED: dict[str, Callable[[Mapping[str, Any]], str]] = {
    "done": lambda facts: refusal_text(AlreadyDone(facts["by"], facts["at"], own=facts["own"])),
    "not_yours": lambda facts: _("It is not one of your tasks."),
    "held": lambda facts: refusal_text(HeldByOther(facts["name"])),
    "frozen": lambda facts: refusal_text(CaseFrozen()),
    "ended": lambda facts: refusal_text(CaseEnded()),
    "busy": lambda facts: _("It is being done already, in another act on many tasks."),
    "lent": lambda facts: _(
        "%(name)s has delegated it to you; you do not give it on to others.", name=facts["name"]
    ),
    "conflict": lambda facts: refusal_text(NotNow(f"{CONFLICT}{facts['reason']}")),
    "papers": lambda facts: _("Papers are missing: %(papers)s.", papers=_names(facts["papers"])),
}


def _names(papers: list[str]) -> str:
    return ", ".join(content(name) for name in papers)


def passed_text(line: Line) -> str:
    """Why a task is passed over."""
    return PASSED[line.passed](line.facts)


def state_text(line: Line) -> str:
    """How a task stands now that has changed since it was looked at."""
    if line.passed:
        return passed_text(line)
    if line.task.holder_id == standing().person_id:
        return _(
            "It is yours now: you have taken it in another window, or it was given to you. Look at it once more."
        )
    return _("It can be done again; look at it once more.")


def failed_text(item: BulkItem) -> str:
    """Why it could not be done for a task."""
    return item_fault(item.fault, _("Conclusion"), _("It is not one of your tasks."))

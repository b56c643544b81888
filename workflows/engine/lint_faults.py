"""What can be wrong with a deployment: the closed list of codes, and the value that names one fault."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final

from workflows.vocabulary import N_

FAULTS: Final[dict[str, str]] = {
    # files
    "not_xml": N_("The file is not well-formed XML."),
    "doctype": N_("The file has a document type declaration, which is not allowed."),
    "engine_refuses": N_("The engine cannot read the diagram: %(reason)s"),
    # processes and ids
    "root_missing": N_("No diagram draws the process “%(process)s”."),
    "process_count": N_("A diagram must draw exactly one process, this one draws %(number)s."),
    "process_id": N_("The process must be called “%(expected)s”, as its folder and file."),
    "not_executable": N_("The process is not marked as executable."),
    "unreadable_id": N_("The id is not a readable name of small letters, digits and underscores."),
    "duplicate_id": N_("The id is used more than once."),
    "name_missing": N_("The element has no name for people to read."),
    # vocabulary
    "element_refused": N_("Elements of the kind “%(kind)s” are not used in these diagrams."),
    "extension_refused": N_("The extension “%(kind)s” is not allowed."),
    "script_refused": N_("Scripts are not allowed."),
    "event_subprocess": N_("Event sub-processes are not allowed; draw a boundary event."),
    "loop_refused": N_("Only parallel multi-instances over a list are allowed, without “%(kind)s”."),
    # shape
    "start_count": N_("There must be exactly one start event, here are %(number)s."),
    "not_connected": N_("The element has no flow into it or none out of it."),
    "flow_broken": N_("The flow does not join two elements of the same process or sub-process."),
    "duplicate_flow": N_("A second flow leads from “%(source)s” to “%(target)s”."),
    "implicit_split": N_("Several flows leave the element; draw a gateway."),
    "default_missing": N_("The exclusive gateway has no default flow."),
    "condition_missing": N_("A flow out of an exclusive gateway that is not its default has no condition."),
    "and_not_wrapped": N_("A parallel block must stand in a sub-process of its own."),
    "multi_instance_not_wrapped": N_("A multi-instance task must stand in a sub-process."),
    # people
    "lane_missing": N_("The user task stands in no lane."),
    "role_unknown": N_("The lane names the role “%(role)s”, which does not exist."),
    "place_unknown": N_("The lane does not say where the role is held (“%(place)s”)."),
    "item_missing": N_("The lane is held in each unit, but no multi-instance gives the “unit”."),
    "form_missing": N_("The user task has no form “%(path)s”."),
    "form_broken": N_("The form cannot be used: %(reason)s"),
    "bulk_unsuited": N_(
        "The decision “%(decision)s” cannot be taken for many at once: the form has none, or it needs answers of each."
    ),
    # references
    "reference_missing": N_("The element refers to “%(reference)s”, which does not exist."),
    "call_missing": N_("The called process or decision table “%(called)s” does not exist."),
    "call_circle": N_("The process calls itself: %(path)s."),
    # expressions, events, effects
    "expression_refused": N_("The expression is not allowed: %(expression)s"),
    "event_refused": N_("An event of this kind must not have the trigger “%(kind)s”."),
    "timer_refused": N_("A timer must wait for a date, not for a duration or a cycle."),
    "message_without_name": N_("The message has no name."),
    "code_missing": N_("The escalation or error has no code."),
    "effect_missing": N_("The service task does not say what it does."),
    "effect_unknown": N_("The effect “%(effect)s” does not exist."),
    "result_refused": N_("A service task must not keep a result; wait for a message."),
    # decision tables
    "table_shape": N_(
        "The file must hold one decision with one table, and each row an entry for each column."
    ),
    "hit_policy": N_("The hit policy “%(policy)s” is not allowed; use UNIQUE or COLLECT."),
    "rows_overlap": N_("Row %(row)s and row %(other)s can both apply."),
    "row_never_applies": N_("Row %(row)s can never apply."),
    "default_row_missing": N_("The last row must apply where no other does: leave its conditions empty."),
}
"""Code → English msgid; the texts in it are filled from the fault's ``params``."""


@dataclass(frozen=True)
class Fault:
    """One fault: the file, the id of the nearest element, a code of `FAULTS`, and the values in its text."""

    file: str
    element: str
    code: str
    params: Mapping[str, str] = field(default_factory=dict)

"""The proof in words: ways to falsify, what a verification finds, why a checkpoint was made."""

from __future__ import annotations

from flask_babel import LazyString
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from webapp.queries.chains import Finding
from webapp.queries.log_guards import FOREIGN, OFF

WAYS: dict[str, tuple[LazyString, LazyString]] = {
    "changed_value": (
        _l("Change a decision"),
        _l("Overwrites the decision that somebody took with another one."),
    ),
    "changed_time": (
        _l("Change the time"),
        _l("Dates an act back by thirty days, as if it had been done in time."),
    ),
    "changed_actor": (
        _l("Change the person"),
        _l("Puts the name of somebody else under an act."),
    ),
    "deleted_middle": (
        _l("Delete a step"),
        _l("Takes one step out of the middle of a case, as if it had never happened."),
    ),
    "deleted_tail": (
        _l("Cut off the end"),
        _l("Deletes everything that happened in a case after a step."),
    ),
    "deleted_stream": (
        _l("Delete a whole case"),
        _l("Deletes the record of a case, from the first event to the last."),
    ),
    "inserted": (
        _l("Insert a step"),
        _l("Slips in an act that nobody did, its hash computed rightly, and numbers the others on."),
    ),
    "reordered": (
        _l("Exchange two steps"),
        _l("Exchanges two steps that followed one another."),
    ),
    "swapped_document": (
        _l("Change a document"),
        _l("Changes one byte in the file of a paper; its name and its row in the database stay."),
    ),
    "changed_diagram": (
        _l("Change the procedure"),
        _l("Turns a condition in the diagram that cases run on into its contrary."),
    ),
    "recomputed": (
        _l("Change a decision and compute all hashes anew"),
        _l("Does what an expert would do: changes a decision and makes the chain whole again to the end."),
    ),
    "restored_backup": (
        _l("Put back an old backup"),
        _l("Replaces the whole database by one of an earlier day, as if nothing had happened since."),
    ),
}
"""What each way to falsify is called, and what is done."""

FINDINGS: dict[str, LazyString] = {
    "guard": _l("a guard of the database is missing"),
    "number": _l("an event is missing or stands twice"),
    "chain": _l("it does not follow the event before: something was inserted, exchanged or taken out"),
    "hash": _l("the content was changed"),
    "columns": _l("time, kind or actor were changed beside the content"),
    "private": _l("the personal part was changed"),
    "unreadable": _l("it cannot be read"),
    "checkpoint": _l("a checkpoint does not hold"),
    "restored": _l(
        "a signed checkpoint saw what the database does not know: it was put back to an older state"
    ),
    "lost": _l("its personal part is missing, and no erasure is on record"),
    "returned": _l("it was erased by law and is here again"),
    "cut_off": _l("the end was cut off: a signed checkpoint saw this event"),
    "replaced": _l("it was replaced, though its chain is whole: a signed checkpoint saw another event here"),
    "stream": _l("the whole record was deleted: a signed checkpoint saw it"),
    "paper": _l("a paper is missing or its file was changed"),
    "diagram": _l("the diagram or form is not the one that was put into use"),
    "gap": _l("a number is missing"),
    "law": _l("the rule set is not the one that was put into force"),
    "case": _l("the log and the list of cases differ: the case is in one of them only"),
    "damaged": _l("the file of the database is damaged or was changed beside its tables"),
}
COLUMNS: dict[str, LazyString] = {
    "at": _l("the time was changed beside the content"),
    "recorded_at": _l("the time was changed beside the content"),
    "actor": _l("the actor was changed beside the content"),
    "type": _l("the kind of event was changed beside the content"),
}
WHY: dict[str, LazyString] = {
    "night": _l("every night"),
    "demand": _l("on demand"),
    "export": _l("with an export"),
    "session": _l("at a council session"),
    "": _l("not noted"),
}


def finding_text(finding: Finding) -> str:
    """What a finding says, to go on behind its place."""
    if finding.kind == "guard" and finding.detail in (FOREIGN, OFF):
        return _("something acts on the log beside the guards of the database, or switches them off")
    if finding.kind == "columns" and finding.detail in COLUMNS:
        return str(COLUMNS[finding.detail])
    return str(FINDINGS.get(finding.kind, finding.kind))


def place_text(finding: Finding) -> str:
    """Where it was found, in words: ``case/HS-2019-0001 #7`` is event 7 of a case."""
    stream, _number_sign, number = finding.place.partition(" #")
    code = stream.removeprefix("case/")
    if number and code != stream:
        return _("Case %(code)s, event %(number)s", code=code, number=number)
    if number:
        return _("Stream %(stream)s, event %(number)s", stream=stream, number=number)
    if finding.kind == "stream" and code != stream:
        return _("Case %(code)s", code=code)
    if finding.kind == "diagram" and "/" in finding.place:
        folder, *_between, name = finding.place.split("/")
        return _("Diagram %(name)s", name=name) if folder == "diagrams" else _("Form %(name)s", name=name)
    if finding.kind == "paper":
        return _("Paper %(id)s", id=finding.place)
    if finding.kind in ("checkpoint", "restored"):
        return _("Checkpoint %(name)s", name=finding.place.removeprefix("checkpoint "))
    if finding.kind == "damaged":
        return _("Database")
    return _("Case %(code)s", code=finding.place) if finding.kind == "case" else finding.place

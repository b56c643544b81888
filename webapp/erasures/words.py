"""What people read of an erasure: kinds of data, grounds, states, what is in the way."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping

from flask_babel import LazyString
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from webapp.models import Erasure
from webapp.ui.formats import day

KINDS: dict[str, LazyString] = {
    "log": _l("What was entered, as it stands in the log: forms, reasons, remarks"),
    "forms": _l("Completed forms"),
    "drafts": _l("Drafts of forms"),
    "papers": _l("Papers with their file names and contents: uploaded, drawn up and signed"),
    "remarks": _l("Remarks of the internal exchange"),
    "mails": _l("E-mails that were sent"),
    "notices": _l("Notices"),
    "overrides": _l("Reasons why a warning was let pass"),
    "suspensions": _l("Who ordered a suspension"),
    "versions": _l("Versions of the registration: commitment and targets"),
    "list_rows": _l("Rows of lists that were taken over"),
    "bulk_forms": _l("Answers given to many dossiers at once, all of which are erased"),
    "exemplars": _l("The exemplar it came from"),
    "introductions": _l("The introduction to everybody"),
    "pictures": _l("Pictures of the introduction"),
    "results": _l("What units reported of applying it"),
}
SUBJECTS: dict[str, LazyString] = {
    "nomination": _l("Nomination"),
    "extraordinary": _l("Nomination for an extraordinary merit"),
    "registration": _l("Registration"),
    "exemplar": _l("Exemplar"),
}
COLLECTIVE: dict[str, LazyString] = {
    "submission": _l("Submission batch"),
    "council_vote": _l("Council session"),
    "registration_list": _l("Aggregated list of registrations"),
}
INSPECTING: dict[str, LazyString] = {
    "finding": _l("Finding of an inspection"),
    "inspection": _l("Notes of an inspection"),
}
STATES: dict[str, LazyString] = {
    "due": _l("Retention over"),
    "proposed": _l("Waiting for a decision"),
    "done": _l("Erased"),
    "refused": _l("Erasure refused"),
    "withdrawn": _l("Proposal withdrawn"),
}


def counted(counts: Mapping[str, int]) -> list[tuple[LazyString, int]]:
    """What goes, in words, in the order of the list above."""
    return [(word, counts[kind]) for kind, word in KINDS.items() if counts.get(kind)]


def ground(row: Erasure) -> str:
    """Why the data are erased, in a line."""
    if row.ground == "retention":
        return _("Kept until %(day)s", day=day(dt.date.fromisoformat(row.rule["until"])))
    assert row.dated_on is not None  # a request has its day
    return _("Paper no. %(number)s of %(day)s", number=row.number, day=day(row.dated_on))

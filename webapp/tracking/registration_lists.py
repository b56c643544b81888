"""An aggregated list of registrations on its page, and as a file."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

from werkzeug.wrappers import Response

from webapp.extensions import db
from webapp.operations.access import record_access
from webapp.operations.procedures.documents import draw_now, file_name
from webapp.queries.instances import visible_case
from webapp.queries.registration_lists import Line, list_lines, list_of
from webapp.ui.access import hidden, standing
from webapp.ui.acting import actor_and_now
from webapp.ui.paper_files import drawn_response
from webapp.ui.shown_cases import ShownCase, shown_case
from workflows.events import DossierRead

PROCESS = "registration_list"


@dataclass(frozen=True)
class ShownList:
    """One list."""

    case: ShownCase
    lines: tuple[Line, ...]

    @property
    def kinds(self) -> list[tuple[str, int]]:
        """How many of each kind of nominee, the most first."""
        return Counter(line.kind for line in self.lines).most_common()

    @property
    def strands(self) -> list[tuple[str, int]]:
        """How many in each strand, the most first."""
        return Counter(line.strand for line in self.lines).most_common()


def shown_list(code: str) -> ShownList:
    """The list of this code, or 404."""
    case = shown_case(code, PROCESS)
    return ShownList(case, list_lines(db.session(), case.page.case.id))


def list_file(code: str, form: str) -> Response:
    """The list as pdf, docx or xlsx of what has been gathered, a draft until it is signed; that it was read is noted.

    404 for what is not there, or not for the reader.
    """
    case = visible_case(db.session(), standing(), code)
    if case is None or case.process != PROCESS or not list_lines(db.session(), case.id):
        hidden()
    content = draw_now(db.session(), case, PROCESS, form, draft=list_of(db.session(), case).signed_at is None)
    actor, now = actor_and_now()
    record_access(DossierRead(case=code), actor=actor, now=now)
    return drawn_response(content, file_name(PROCESS, code, form))

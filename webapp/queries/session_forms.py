"""What the forms of a council session say: what it is about, the note to its members, who presided."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy.orm import Session

from webapp.models import Case
from webapp.queries.latest_entries import latest_entries

START, AGENDA, AGAIN = "council_vote/start", "council_vote/prepare_agenda", "council_vote/reconvene"
OPENINGS = ("council_vote/open_session", "council_vote/open_correspondence")


@dataclass(frozen=True)
class SessionForms:
    """What the forms of a session say."""

    subject: str
    note: str | None
    presided_by: str | None


def session_forms(session: Session, case: Case) -> SessionForms:
    """The newest of each form; one statement."""
    entries = latest_entries(session, [case.id], [START, AGENDA, AGAIN, *OPENINGS])
    found = {form: entry for (_case, form), entry in entries.items()}
    called = sorted((found[form] for form in (AGENDA, AGAIN) if form in found), key=lambda entry: entry.at)
    opened = sorted((found[form] for form in OPENINGS if form in found), key=lambda entry: entry.at)
    return SessionForms(
        subject=found[START].data["subject"] if START in found else "",
        note=called[-1].data.get("note") if called else None,
        presided_by=opened[-1].name if opened else None,
    )

"""Choices of the forms of a vote: who is counted in the running round, and who is level in it."""

from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.orm import Session

from webapp.models import AgendaItem, Case, Nomination, RoundItem
from webapp.queries.nomination_choices import Choice, nomination_choices, nomination_text
from webapp.queries.rounds import round_of_case
from webapp.queries.ties import places_of_ties


def round_nominations(session: Session, case: Case) -> list[Choice]:
    """What is voted on in the running round, without those withdrawn or suspended since."""
    found = round_of_case(session, case.id)
    voted = (
        select(AgendaItem.nomination_id)
        .join(RoundItem, RoundItem.agenda_item_id == AgendaItem.id)
        .where(RoundItem.round_id == (found.id if found else 0))
    )
    return nomination_choices(session, Nomination.id.in_(voted), Case.state == "active")


def tied_nominations(session: Session, case: Case) -> list[Choice]:
    """Those that are level and that the chair decides between."""
    found = round_of_case(session, case.id)
    ties = places_of_ties(session, case, found) if found else []
    return [
        (item.nomination.case.code, nomination_text(item.nomination)) for tie in ties for item in tie.items
    ]

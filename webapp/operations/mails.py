"""Writes e-mails to people with an address; each is promised in the outbox and sent after the commit.

An e-mail says what the notice beside it says, and leads to the page where the rest is read: nothing of a dossier, an
answer, a choice or a ballot ever stands in one.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import select

from webapp.models import Case, CouncilSession, Mail, Person
from webapp.models.types import new_public_id
from webapp.operations.transaction import Transaction

KIND = "send_mail"
CHECKPOINTS = "checkpoints"
"""The e-mail that is about no case."""
MAILED = frozenset(
    {
        "acknowledgement_reminder",
        "appraisal_reminder",
        "award_to_collect",
        "award_waiting",
        "cluster_cross_reminder",
        "cluster_self_reminder",
        "cluster_vote_reminder",
        "finding_asked_again",
        "finding_raised",
        "finding_reminder",
        "higher_refused",
        "late_registration_refused",
        "mentioned",
        "nomination_awarded",
        "nomination_not_passed",
        "nomination_rejected",
        "plan_published",
        "question_answered",
        "question_asked",
        "registration_rejected",
        "report_reminder",
        "session_invitation",
        "supplement_reminder",
        "vote_reminder",
        "work_owed",
    }
)
"""Notices that go out as e-mails, too: invitations, reminders, questions, answers, mentions, results."""


@dataclass(frozen=True)
class Letter:
    """What an e-mail is written from: to whom, in which language, about which case; a session has time and place.

    ``about`` is what the notice names beside the case.
    """

    name: str
    locale: str
    template: str
    process: str
    code: str
    title: str
    held_at: dt.datetime | None = None
    place: str | None = None
    about: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Written:
    """An e-mail in words."""

    subject: str
    body: str


Writer = Callable[[Letter], Written]
_writers: list[Writer] = []


def written_by(writer: Writer) -> None:
    """Register who finds the words; it replaces the one before."""
    _writers[:] = [writer]


def words_of(letter: Letter) -> Written:
    """The words of an e-mail."""
    return _writers[-1](letter)


def mail_people(
    transaction: Transaction, case: Case, people: Collection[int], template: str, about: Mapping[str, Any]
) -> None:
    """Write and promise an e-mail to each of the people who has an address and whose account is not closed."""
    if template not in MAILED or not people:
        return
    addressed = transaction.session.scalars(
        select(Person)
        .where(Person.id.in_(people), Person.email.is_not(None), Person.email != "", Person.active)
        .order_by(Person.id)
    ).all()
    held_at, place = _meeting(transaction, case) if addressed else (None, None)
    for person in addressed:
        letter = Letter(
            name=person.name,
            locale=person.locale,
            template=template,
            process=case.process,
            code=case.code,
            title=case.title,
            held_at=held_at,
            place=place,
            about=about,
        )
        _promise(transaction, case, person, letter)


def _meeting(transaction: Transaction, case: Case) -> tuple[dt.datetime | None, str | None]:
    """When and where, of a council session."""
    if case.process != "council_vote":
        return None, None
    row = transaction.session.execute(
        select(CouncilSession.held_at, CouncilSession.place).where(CouncilSession.case_id == case.id)
    ).first()
    return (row.held_at, row.place) if row else (None, None)


def _promise(transaction: Transaction, case: Case, person: Person, letter: Letter) -> None:
    written = words_of(letter)
    public_id = new_public_id()
    promised = {"params": {"mail": public_id}, "data": {}}
    item = transaction.promise(KIND, promised, case_id=case.id, effect_id=f"mail/{public_id}")
    transaction.session.add(
        Mail(
            public_id=public_id,
            person_id=person.id,
            address=person.email,
            subject=written.subject,
            body=written.body,
            template=letter.template,
            case_id=case.id,
            item=item,
            created_at=transaction.now.at,
        )
    )

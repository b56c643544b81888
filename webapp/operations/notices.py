"""Tells people something, and marks notices as read."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from sqlalchemy import or_, select, update

from webapp.models import Case, Notice, RoleHolding, Task
from webapp.operations.acting import Actor, Now
from webapp.operations.mails import mail_people
from webapp.operations.refusals import NotFound
from webapp.operations.transaction import Transaction, write
from webapp.queries.people import held_at

ANSWERED: Mapping[str, tuple[str, ...]] = {
    "acknowledge_plan": ("plan_published", "acknowledgement_reminder"),
    "confirm_receipt": ("plan_published", "acknowledgement_reminder"),
    "report_indicators": ("report_reminder",),
    "supplement_registration": ("registration_supplement",),
    "confirm_list": ("confirmation_overdue",),
    "check_dossier": ("commune_check_due",),
    "receive_submission": ("intake_overdue",),
    "appraise": ("appraisal_reminder", "appraisal_overdue"),
    "give_opinion": ("opinion_asked", "opinion_reminder"),
    "supplement_dossier": ("supplement_asked",),
    "supplement_for_district": ("supplement_asked", "supplement_reminder", "supplement_overdue"),
    "supplement_for_province": ("supplement_asked",),
    "supplement_by_submitter": ("supplement_asked",),
    "appraise_at_province": ("province_appraisal_overdue",),
    "consider_award": ("extraordinary_reminder", "extraordinary_overdue"),
    "verify_exemplar": ("exemplar_verification_reminder", "exemplar_verification_overdue"),
    "supplement_exemplar": ("exemplar_supplement",),
    "score_self": ("cluster_self_reminder",),
    "score_cross": ("cluster_cross_reminder",),
    "cast_acclaim": ("cluster_vote_reminder",),
    "cast_vote": ("vote_reminder",),
    "collect_prize": ("prize_return_reminder",),
    "send_copies": ("copies_overdue",),
    "publish_decision": ("publication_overdue",),
    "hand_over": ("handover_reminder", "handover_overdue"),
    "answer_finding": ("finding_raised", "finding_asked_again", "finding_reminder"),
    "review_answer": ("finding_answered", "finding_overdue"),
}
"""Tasks, and the notices that ask for nothing else: they have been answered when the task is completed."""


def tell(
    transaction: Transaction,
    case: Case,
    people: Iterable[int],
    template: str,
    item_id: int | None = None,
    about: Mapping[str, Any] | None = None,
) -> None:
    """One notice for each person, and an e-mail where it is of a kind that is sent and they have an address.

    ``item_id`` is the outbox item that asks for it, if one does; ``about`` what it names beside the case: the name of
    a ``unit``, the instant that is ``due``, the things that are ``owed``.
    """
    told = sorted(set(people))
    transaction.session.add_all(
        Notice(
            person_id=person_id,
            outbox_item_id=item_id,
            case_id=case.id,
            template=template,
            values={"code": case.code, "title": case.title} | dict(about or {}),
            created_at=transaction.now.at,
        )
        for person_id in told
    )
    mail_people(transaction, case, told, template, about or {})


def tell_person(transaction: Transaction, person_id: int, template: str, name: str) -> None:
    """One notice about no case: ``name`` is what or whom it speaks of."""
    values = {"code": "", "title": name}
    transaction.session.add(
        Notice(person_id=person_id, template=template, values=values, created_at=transaction.now.at)
    )


def settle_notices(transaction: Transaction, task: Task) -> None:
    """Mark what asked for a task that is completed as read, for the actor and, of a common task, for the whole unit."""
    if task.element not in ANSWERED:
        return
    of_unit = select(RoleHolding.person_id).where(held_at([task.unit_id] if task.unit_id else []))
    own = Notice.person_id == transaction.actor.person_id
    transaction.session.execute(
        update(Notice)
        .where(
            Notice.case_id == task.case_id,
            Notice.template.in_(ANSWERED[task.element]),
            Notice.read_at.is_(None),
            own if task.person_id else or_(own, Notice.person_id.in_(of_unit)),
        )
        .values(read_at=transaction.now.at)
    )


def read_notice(notice_id: int, *, actor: Actor, now: Now) -> tuple[str, str]:
    """Mark one of the actor's own notices as read; returns its template and the code it names. Raises NotFound."""
    with write(actor, now) as transaction:
        notice = transaction.session.get(Notice, notice_id)
        if notice is None or notice.person_id != actor.person_id:
            raise NotFound
        notice.read_at = notice.read_at or now.at
        return notice.template, notice.values["code"]


def read_all_notices(*, actor: Actor, now: Now) -> None:
    """Mark all notices of the actor as read."""
    with write(actor, now) as transaction:
        transaction.session.execute(
            update(Notice)
            .where(Notice.person_id == actor.person_id, Notice.read_at.is_(None))
            .values(read_at=now.at)
        )

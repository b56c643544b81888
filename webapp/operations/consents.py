"""Whether awards may stand on the public page: agreed to with a paper, until a day; and taken back."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection

from sqlalchemy import select

from webapp.models import Award, AwardConsent, Case, Decision, Paper
from webapp.operations.acting import Actor, Now
from webapp.operations.form_papers import StoredUpload, enter_paper
from webapp.operations.interventions import checked_reason
from webapp.operations.papers import Upload, store_upload
from webapp.operations.payments import chosen_awards, held_decision, refuse_suspended
from webapp.operations.refusals import InvalidForm, NotFound
from webapp.operations.transaction import Transaction, write
from webapp.queries.consents import PUBLISHERS
from webapp.queries.papers import CONSENT_PAPER
from workflows.after_events import PublicationAgreed, PublicationEnded
from workflows.forms import Fault
from workflows.vocabulary import SINGLE_KINDS


def agree_to_publish(
    code: str, awards: Collection[str], until: dt.date, paper: Upload | None, *, actor: Actor, now: Now
) -> None:
    """Let awards (by their public ids) stand on the public page until a day, with the consent as a file.

    The same once more changes nothing. Raises NotFound, Forbidden, CaseFrozen, NotNow, PaperRefused, and InvalidForm
    where persons or households are among them and no paper is, or for a day that is over.
    """
    with write(actor, now) as transaction:  # nobody else fills the disk
        _agreeing(transaction, code, awards, until, paper is not None)
    stored = store_upload(paper) if paper else None
    with write(actor, now) as transaction:
        case, chosen = _agreeing(transaction, code, awards, until, paper is not None)
        session, paper_id = transaction.session, None
        known = _consents(transaction, chosen)
        if all(_says(known.get(award.id), until, stored) for award in chosen):
            return
        if stored is not None:
            public_id = enter_paper(transaction, case, CONSENT_PAPER, stored)
            paper_id = session.scalar(select(Paper.id).where(Paper.public_id == public_id))
        for award in chosen:
            consent = known.get(award.id) or AwardConsent(award_id=award.id)
            consent.given, consent.public_until = True, until
            consent.paper_id = paper_id or consent.paper_id
            consent.entered_by_id, consent.entered_at = transaction.actor.person_id, transaction.now.at
            session.add(consent)
        agreed = PublicationAgreed(awards=[award.public_id for award in chosen], until_date=until.isoformat())
        transaction.log_case(case, agreed)


def _says(consent: AwardConsent | None, until: dt.date, stored: StoredUpload | None) -> bool:
    """Whether this was entered already: the same last day, by the same file if there is one."""
    if consent is None or not consent.given or consent.public_until != until:
        return False
    return stored is None or (consent.paper is not None and consent.paper.sha256 == stored.sha256)


def _agreeing(
    transaction: Transaction, code: str, awards: Collection[str], until: dt.date, with_paper: bool
) -> tuple[Case, list[Award]]:
    case, decision = held_decision(transaction, code, PUBLISHERS)
    refuse_suspended(case)
    chosen = chosen_awards(decision, awards)
    if until < transaction.day:
        raise InvalidForm([Fault("/until", "in_the_past")])
    known = _consents(transaction, chosen)
    for award in chosen:
        single = award.nomination.nominee.kind in SINGLE_KINDS
        earlier = known.get(award.id)
        agreed = earlier is not None and earlier.given and earlier.paper_id is not None
        if single and not with_paper and not agreed:
            raise InvalidForm([Fault("/paper", "consent_missing")])
    return case, chosen


def end_publication(award: str, reason: str, *, actor: Actor, now: Now) -> str:
    """Take an award off the public page at once, for a reason; returns the code of its decision.

    One that was taken off stays as it is.

    Raises NotFound, Forbidden, NotNow, InvalidForm without a reason.
    """
    with write(actor, now) as transaction:
        session = transaction.session
        query = (
            select(Case.code)
            .join(Decision, Decision.case_id == Case.id)
            .join(Award, Award.decision_id == Decision.id)
        )
        code = session.scalar(query.where(Award.public_id == award))
        if code is None:
            raise NotFound
        case, decision = held_decision(transaction, code, PUBLISHERS)
        [chosen] = chosen_awards(decision, [award])
        kept = checked_reason(reason)
        consent = _consents(transaction, [chosen]).get(chosen.id)
        if consent is not None and not consent.given:
            return code
        consent = consent or AwardConsent(award_id=chosen.id, public_until=transaction.day)
        consent.given, consent.entered_by_id = False, transaction.actor.person_id
        consent.entered_at = transaction.now.at
        session.add(consent)
        transaction.log_case(case, PublicationEnded(award=award), private={"reason": kept})
        return code


def _consents(transaction: Transaction, awards: list[Award]) -> dict[int, AwardConsent]:
    query = select(AwardConsent).where(AwardConsent.award_id.in_([award.id for award in awards]))
    return {each.award_id: each for each in transaction.session.scalars(query)}

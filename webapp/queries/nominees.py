"""Nominees who are known before a nomination is opened: from where their names and data are taken over."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import ColumnElement, and_, or_, select
from sqlalchemy.orm import Session

from webapp.models import (
    Award,
    AwardRound,
    Campaign,
    Case,
    Nomination,
    Nominee,
    Registration,
    Strand,
    Task,
    Unit,
)
from webapp.queries.award_history import history_of
from webapp.queries.exemplar_choices import achievement_of_exemplar
from webapp.queries.latest_entries import latest_entries
from webapp.queries.law import rule_set_for
from webapp.queries.nomination_choices import Choice, Nominated
from webapp.queries.registration_versions import FILLED
from webapp.queries.standing import Standing, visible
from workflows.forms import Fault
from workflows.plan import Strand as PlannedStrand

TAKEN_OVER = ("address", "people")
"""What the form of a registration asks in the same words as a dossier."""

MOST_AWARDS = 20
"""Rows of a dossier for awards received before."""


AwardKinds = Mapping[str, frozenset[str]]

FILLERS: Mapping[str, tuple[str, ...]] = {"registrant": ("registrant",), "officer": ("officer", "specialist")}
"""Who may say so in ``filled_by``: who has an account fills in themselves, an officer for somebody without one."""


def fillers(standing: Standing) -> list[str]:
    """The values of ``filled_by`` that somebody may choose."""
    return [value for value, roles in FILLERS.items() if standing.holds(*roles)]


def not_in_strand(strand: PlannedStrand) -> Fault:
    """Says whom a strand is for."""
    groups = [group.name for group in strand.target_groups]
    return Fault("/nominee_kind", "not_in_strand", {"groups": groups, "kinds": sorted(strand.kinds)})


def nominated_already(session: Session, campaign: Campaign, round_code: str) -> set[tuple[str, ...]]:
    """Who is on the way or awarded in a round: name without marks, kind, strand, unit. The refused may come again."""
    rows = session.execute(
        select(Nominee.search_key, Nominee.kind, Strand.code, Unit.code)
        .select_from(Nomination)
        .join(Case, Case.id == Nomination.case_id)
        .join(AwardRound, AwardRound.id == Nomination.round_id)
        .join(Nominee, Nominee.id == Nomination.nominee_id)
        .join(Strand, Strand.id == Nomination.strand_id)
        .join(Unit, Unit.id == Nominee.unit_id)  # where they belong now
        .where(
            Nomination.campaign_id == campaign.id,
            AwardRound.code == round_code,
            or_(Case.state != "ended", Nomination.id.in_(select(Award.nomination_id))),
        )
    )
    return {(name, kind, strand, unit) for name, kind, strand, unit in rows}


def award_kinds(session: Session, campaign: Campaign, day: dt.date) -> AwardKinds:
    """The kinds of nominee each award is for, by its code: the rules of a day."""
    rules = rule_set_for(session, day, campaign.unit_id)
    return {award.code: frozenset(award.kinds) for award in rules.awards}


def wrong_award(kinds: AwardKinds, kind: str, award: str, pointer: str = "/proposed_award") -> list[Fault]:
    """Says for whom an award is, where it is not for this kind of nominee; of one the rules do not have, nothing."""
    fitting = kinds.get(award) or frozenset((kind,))
    if kind in fitting:
        return []
    return [Fault(pointer, "award_not_for_kind", {"kinds": sorted(fitting)})]


def kinds_of(session: Session, case: Case) -> set[str]:
    """The kind of the nominee that the nomination of a case was opened for: rules, ceilings and papers go by it."""
    kinds = select(Nominee.kind).join(Nomination).where(Nomination.case_id == case.id)
    return set(session.scalars(kinds))


def registered(session: Session, campaign: str, code: str, standing: Standing) -> Nominated | None:
    """Who is registered in the case of this code; None where somebody may not know of it, or it is not accepted."""
    query = select(Nominee.kind, Nominee.name, Unit.code, Strand.code).select_from(Registration)
    row = session.execute(
        query.join(Case, Case.id == Registration.case_id)
        .join(Nominee, Nominee.id == Registration.nominee_id)
        .join(Unit, Unit.id == Nominee.unit_id)  # where they belong now
        .join(Strand, Strand.id == Registration.strand_id)
        .where(_accepted(campaign), Case.code == code, visible(standing))
    ).first()
    return Nominated(row[0], row[1], row[2], row[3]) if row else None


def own_registered(session: Session, campaign: str, standing: Standing) -> Sequence[Choice]:
    """The accepted registrations of one's own and of units whose officer one is, by name."""
    own = or_(Case.registrant_id == standing.person_id, Case.unit_id.in_(standing.units("officer")))
    query = select(Case.code, Nominee.name, Strand.title).select_from(Registration)
    rows = session.execute(
        query.join(Case, Case.id == Registration.case_id)
        .join(Nominee, Nominee.id == Registration.nominee_id)
        .join(Strand, Strand.id == Registration.strand_id)
        .where(_accepted(campaign), own)
        .order_by(Nominee.sort_key, Case.id)
    )
    return [(code, f"{name} – {strand}") for code, name, strand in rows]


def _accepted(campaign: str) -> ColumnElement[bool]:
    """Condition on Registration and its Case: it is accepted, in the campaign of this code."""
    of_campaign = Registration.campaign_id.in_(select(Campaign.id).where(Campaign.code == campaign))
    return and_(of_campaign, Case.outcome == "registered")


def _awarded_before(session: Session, nominee: Nominee) -> Mapping[str, Any]:
    """The awards on record of a nominee, the latest first, as rows of a dossier."""
    known = [each.record for each in history_of(session, [nominee])[nominee.id] if each.likeness == "same"]
    rows = [
        {"award": each.award_name, "year": each.year}
        | ({"decision": each.decision_number} if each.decision_number else {})
        for each in known[:MOST_AWARDS]
    ]
    return {"previous_awards": rows} if rows else {}


def award_proposed(session: Session, task: Task) -> Mapping[str, Any]:
    """What a level above was asked for."""
    award = session.scalar(select(Nomination.award).where(Nomination.case_id == task.case_id))
    return {"award_given": award}


def known_of_nominee(session: Session, task: Task) -> Mapping[str, Any]:
    """What a dossier begins with: the name it was opened for, the awards on record, what the registration of the
    nominee says, and the exemplar they are; afterwards what was entered."""
    if task.round > 1:
        return {}
    nomination = session.scalars(select(Nomination).where(Nomination.case_id == task.case_id)).one()
    registration = nomination.registration
    found = latest_entries(session, [registration.case_id], FILLED).values() if registration else ()
    told = max(found, key=lambda entry: entry.at).data if found else {}
    return {
        "name_on_paper": nomination.nominee.name,
        **_awarded_before(session, nomination.nominee),
        **{name: told[name] for name in TAKEN_OVER if name in told},
        **achievement_of_exemplar(session, task),
    }

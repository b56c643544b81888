"""What each report counts, as facts with the columns that `webapp/queries/numbers.py` groups and narrows by."""

from __future__ import annotations

from typing import Any

from sqlalchemy import (
    ColumnElement,
    Integer,
    Select,
    String,
    and_,
    case,
    cast,
    func,
    literal,
    null,
    or_,
    select,
    union_all,
)
from sqlalchemy.orm import aliased

from webapp.models import (
    NOMINATIONS,
    AgendaItem,
    Case,
    CouncilSession,
    Nomination,
    Nominee,
    Registration,
    StageVisit,
)
from webapp.queries.dialects import local_date
from webapp.queries.numbers import Facts
from webapp.queries.numbers_by import By
from webapp.queries.standing import Standing, visible_among
from webapp.queries.tracking_filters import AWARDED

DIMENSIONS: tuple[By, ...] = ("campaign", "strand", "unit", "award", "kind", "year", "quarter", "month")
REFUSED = ("rejected", "not_passed", "higher_refused")
PASSED = ("passed", "passed_higher")

handed_in = func.coalesce(Case.stage, "draft") != "draft"
"""Condition on Case: the dossier left the hands of who prepares it; its stage stays when it ends."""

handed_in_on = func.coalesce(
    select(local_date(StageVisit.left_at))
    .where(StageVisit.case_id == Case.id, StageVisit.stage == "draft", StageVisit.round == 1)
    .correlate(Case)
    .scalar_subquery(),
    local_date(Case.opened_at),
)
"""The day a dossier first left the hands of who prepares it; until its stages have been read, that of its opening."""

NO_TEXT = cast(null(), String)
NO_AMOUNT = cast(null(), Integer)


def funnel_facts(standing: Standing) -> Facts:
    """Nominations handed in: how many were appraised to the end, passed, awarded, and what became of the others.

    Appraised: a level has concluded that the council may vote on it, or that it is refused. Passed: by the council, or
    for an extraordinary merit by the chairman. Every one is awarded, refused, withdrawn or under way.
    """
    passed_items = (
        select(AgendaItem.nomination_id)
        .join(CouncilSession, CouncilSession.id == AgendaItem.session_id)
        .where(AgendaItem.result.in_(PASSED), CouncilSession.concluded_at.is_not(None))
    )
    outcome = func.coalesce(Case.outcome, "")
    awarded = outcome.in_(AWARDED)
    passed = or_(
        awarded,
        and_(Case.stage == "decision", outcome.not_in(("rejected", "not_passed"))),
        Nomination.id.in_(passed_items),
    )
    assessed = or_(passed, Case.stage.in_(("council", "decision")), outcome.in_(REFUSED))
    flags: dict[str, ColumnElement[bool]] = {
        "proposed": handed_in,
        "assessed": assessed,
        "passed": passed,
        "awarded": awarded,
        "refused": outcome.in_(REFUSED),
        "withdrawn": and_(Case.state == "ended", outcome.not_in((*AWARDED, *REFUSED))),
        "under_way": Case.state != "ended",
    }
    query = of_nominations(standing, *no_detail(handed_in_on), *flagged(flags)).where(handed_in)
    return Facts(query.subquery(), DIMENSIONS, tuple(flags))


def entry_facts(standing: Standing) -> Facts:
    """Registrations and whether somebody nominated who registered; nominations of those who had not registered.

    An extraordinary merit asks for no registration, so it is not counted. A registration belongs to the period in
    which it was accepted, a nomination to that in which it was handed in.
    """
    proposed = _proposed()
    registered = of_registrations(
        standing,
        *no_detail(local_date(Case.ended_at)),
        literal(1).label("registered"),
        *flagged({"nominated": proposed, "not_nominated": ~proposed}),
        literal(0).label("unregistered"),
    )
    of_nominee = select(Registration.nominee_id).where(
        Registration.nominee_id == Nomination.nominee_id, Registration.campaign_id == Nomination.campaign_id
    )
    zeros = [literal(0).label(name) for name in ("registered", "nominated", "not_nominated")]
    unregistered = of_nominations(
        standing, *no_detail(handed_in_on), *zeros, literal(1).label("unregistered")
    ).where(
        handed_in,
        Case.process == "nomination",
        Nomination.registration_id.is_(None),
        ~of_nominee.correlate(Nomination).exists(),
    )
    groups: tuple[By, ...] = ("campaign", "strand", "unit", "kind", "year", "quarter", "month")
    columns = ("registered", "nominated", "not_nominated", "unregistered")
    return Facts(union_all(registered, unregistered).subquery(), groups, columns)


def _proposed() -> ColumnElement[bool]:
    """Condition on Registration: a nomination on it, or of the same nominee in the campaign, was handed in."""
    of_it = aliased(Case)
    return (
        select(Nomination.id)
        .join(of_it, of_it.id == Nomination.case_id)
        .where(
            or_(
                Nomination.registration_id == Registration.id,
                and_(
                    Nomination.nominee_id == Registration.nominee_id,
                    Nomination.campaign_id == Registration.campaign_id,
                ),
            ),
            func.coalesce(of_it.stage, "draft") != "draft",
        )
        .correlate(Registration)
        .exists()
    )


def no_detail(day: ColumnElement[Any]) -> list[Any]:
    """The columns of a fact of this day that has no text and no amount."""
    return [day.label("day"), NO_TEXT.label("note"), NO_AMOUNT.label("amount")]


def flagged(conditions: dict[str, ColumnElement[bool]]) -> list[Any]:
    """A column of 1 and 0 for each condition."""
    return [case((condition, 1), else_=0).label(name) for name, condition in conditions.items()]


def of_nominations(
    standing: Standing,
    *columns: Any,
    award: ColumnElement[Any] | None = None,
) -> Select[Any]:
    """Nominations the reader may know of, with what every fact is grouped by."""
    return (
        select(
            Case.id.label("case_id"),
            Case.campaign_id.label("campaign_id"),
            Case.unit_id.label("unit_id"),
            Nomination.strand_id.label("strand_id"),
            (Nomination.award if award is None else award).label("award"),
            Nominee.kind.label("kind"),
            *columns,
        )
        .select_from(Case)
        .join(Nomination, Nomination.case_id == Case.id)
        .join(Nominee, Nominee.id == Nomination.nominee_id)
        .where(Case.process.in_(NOMINATIONS), visible_among(standing))
    )


def of_registrations(standing: Standing, *columns: Any) -> Select[Any]:
    """Accepted registrations the reader may know of."""
    return (
        select(
            Case.id.label("case_id"),
            Case.campaign_id.label("campaign_id"),
            Case.unit_id.label("unit_id"),
            Registration.strand_id.label("strand_id"),
            NO_TEXT.label("award"),
            Nominee.kind.label("kind"),
            *columns,
        )
        .select_from(Case)
        .join(Registration, Registration.case_id == Case.id)
        .join(Nominee, Nominee.id == Registration.nominee_id)
        .where(Case.process == "registration", Case.outcome == "registered", visible_among(standing))
    )

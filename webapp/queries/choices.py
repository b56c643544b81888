"""Dynamic choices of forms: where each ``x-options`` source comes from."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from sqlalchemy import Select, or_, select
from sqlalchemy.orm import Session

from webapp.models import (
    AgendaItem,
    Campaign,
    Case,
    CouncilSession,
    Nomination,
    Person,
    RoleHolding,
    Strand,
    Submission,
    SubmissionLine,
    Task,
    Unit,
)
from webapp.queries import cluster_scores, review_forms
from webapp.queries.amendments import amended_awards, issued_decisions, owing_awards
from webapp.queries.award_forms import passed_nominations
from webapp.queries.ballot_choices import round_nominations, tied_nominations
from webapp.queries.cadre_bodies import opinion_bodies
from webapp.queries.copies import copy_recipients
from webapp.queries.exemplar_choices import introduced_exemplars, recognised_exemplars
from webapp.queries.law import rule_set_for
from webapp.queries.nomination_choices import Choice, active_nominations, nomination_choices, own_award
from webapp.queries.nominees import kinds_of
from webapp.queries.plans import plan_of
from webapp.queries.receivers import receiving_units
from webapp.queries.registration_changes import accepted_registrations
from webapp.queries.registration_lists import unlisted_registrations
from webapp.queries.registrations import OF_REGISTRATION
from webapp.queries.round_choices import round_choices
from webapp.queries.session_choices import agenda_nominations, awardees, session_members
from webapp.queries.signing_keys import office_keys, own_keys, signing_methods
from webapp.queries.standing import Standing
from webapp.queries.supplements import papers_to_hand_in, with_lacks
from webapp.queries.title_choices import title_choices
from webapp.queries.units import standing_level
from workflows.forms import Schema, sources_of
from workflows.law import RuleSet
from workflows.rules.voting import is_higher
from workflows.values import local_day
from workflows.vocabulary import NOMINEE_KIND_NAMES


@dataclass(frozen=True)
class Context:
    """What a form is about: a case and its task, or a campaign in which a case is being opened; who fills it in."""

    campaign: Campaign | None = None
    case: Case | None = None
    task: Task | None = None
    standing: Standing | None = None
    person_id: int | None = None


Source = Callable[[Session, Context], Sequence[Choice]]


def choices_for(session: Session, schema: Schema, context: Context) -> dict[str, list[Choice]]:
    """Choices (value, text) of every source the schema draws on."""
    return {source: list(SOURCES[source](session, context)) for source in sorted(sources_of(schema))}


def _campaign(session: Session, context: Context) -> Campaign:
    if context.campaign is not None:
        return context.campaign
    assert context.case is not None
    return session.get_one(Campaign, context.case.campaign_id)


def _rules(session: Session, context: Context) -> RuleSet:
    """The rules by which a case was opened; for one that is being opened, those of the campaign's beginning."""
    campaign = _campaign(session, context)
    day = local_day(context.case.opened_at) if context.case else campaign.starts_on
    return rule_set_for(session, day, campaign.unit_id)


def strands(session: Session, context: Context) -> Sequence[Choice]:
    """Strands of the campaign."""
    query = select(Strand.code, Strand.title).where(Strand.campaign_id == _campaign(session, context).id)
    return session.execute(query.order_by(Strand.position)).all()


def awards(session: Session, context: Context) -> Sequence[Choice]:
    """Awards of the plan for the nominee, and the one a nomination is proposed for now, named by the rule set."""
    plan = plan_of(session, _campaign(session, context))
    known = {award.code: award for award in _rules(session, context).awards}
    own = select(Nomination.award).where(Nomination.case_id == (context.case.id if context.case else None))
    kinds = kinds_of(session, context.case) if context.case else set()
    planned = [ref.award for ref in plan.awards]
    fitting = [one for one in planned if not kinds or one not in known or kinds & set(known[one].kinds)]
    codes = dict.fromkeys([*fitting, *session.scalars(own)])
    return [(code, known[code].name if code in known else code) for code in codes]


def commendations(session: Session, context: Context) -> Sequence[Choice]:
    """Forms of commendation in force, those the organiser decides first; titles are won by emulation alone."""
    campaign, rules = _campaign(session, context), _rules(session, context)
    day = local_day(context.case.opened_at) if context.case else campaign.starts_on
    level = standing_level(session, campaign.unit)
    found = [each for each in rules.awards if each.family == "commendation" and each.in_force(day)]
    found = [each for each in found if level in each.levels or is_higher(level, each.levels)]
    return [(each.code, each.name) for each in sorted(found, key=lambda each: level not in each.levels)]


def nominee_kinds(session: Session, context: Context) -> Sequence[Choice]:
    """Kinds of nominee that some target group of the plan has; in the dossier of somebody, the kind they are of."""
    kinds = kinds_of(session, context.case) if context.case else set()
    kinds = kinds or {k for s in plan_of(session, _campaign(session, context)).strands for k in s.kinds}
    return [(kind, name) for kind, name in NOMINEE_KIND_NAMES.items() if kind in kinds]


def units(session: Session, context: Context) -> Sequence[Choice]:
    """The organiser (it may find somebody itself) and the units below; for who acts for units of their own, those.

    Hamlets are offered where they stand directly below: to a commune, not to a district with hundreds of them.
    """
    query = select(Unit.code, Unit.name).where(Unit.to_date.is_(None)).order_by(Unit.sort_key)
    organiser = _campaign(session, context).unit
    if context.standing and (own := context.standing.acts_for(organiser.code)):
        return session.execute(query.where(Unit.id.in_(own))).all()
    at_or_below = or_(Unit.id == organiser.id, Unit.code.startswith(organiser.code + "/", autoescape=True))
    return session.execute(
        query.where(at_or_below, or_(Unit.kind != "hamlet", Unit.parent_id == organiser.id))
    ).all()


def paper_types(session: Session, context: Context) -> Sequence[Choice]:
    """Paper types of the rule set; of a nomination those that can be handed in, what was asked for first."""
    if context.task is not None and context.task.case.process == "nomination":
        return papers_to_hand_in(session, context.task)
    return [(paper.code, paper.name) for paper in _rules(session, context).papers]


def refusal_grounds(session: Session, context: Context) -> Sequence[Choice]:
    """Grounds of the rule set."""
    return [(ground.code, ground.name) for ground in _rules(session, context).refusal_grounds]


def revocation_grounds(session: Session, context: Context) -> Sequence[Choice]:
    """Grounds of the rule set on which an award is revoked."""
    return [(ground.code, ground.name) for ground in _rules(session, context).revocation_grounds]


def ready_nominations(session: Session, context: Context) -> Sequence[Choice]:
    """Nominations of the unit and round that wait for submission and lie on no other open batch."""
    assert context.case is not None
    submission = session.execute(select(Submission).where(Submission.case_id == context.case.id)).scalar_one()
    elsewhere = (
        select(SubmissionLine.nomination_id)
        .join(Submission)
        .where(
            Submission.id != submission.id, SubmissionLine.result.is_(None), Submission.case_id.in_(_active())
        )
    )
    own = Case.unit_id == submission.unit_id, Nomination.round_id == submission.round_id
    waiting = Case.stage == "submission", Nomination.id.not_in(elsewhere)
    names = {award.code: award.name for award in _rules(session, context).awards}
    return with_lacks(session, active_nominations(session, *own, *waiting, awards=names))


def batch_lines(session: Session, context: Context) -> Sequence[Choice]:
    """The lines of the submission, also those withdrawn meanwhile: the list stays as it was signed."""
    assert context.case is not None
    lines = select(SubmissionLine.nomination_id).join(Submission).where(Submission.case_id == context.case.id)
    return with_lacks(session, nomination_choices(session, Nomination.id.in_(lines)))


def council_nominations(session: Session, context: Context) -> Sequence[Choice]:
    """Nominations of the campaign that wait for the council and are on no agenda that is still open, or on this one."""
    assert context.case is not None
    this = select(CouncilSession.id).where(CouncilSession.case_id == context.case.id).scalar_subquery()
    elsewhere = (
        select(AgendaItem.nomination_id)
        .join(CouncilSession)
        .where(
            CouncilSession.id != this,
            CouncilSession.concluded_at.is_(None),
            CouncilSession.case_id.in_(_active()),
        )
    )
    here = select(AgendaItem.nomination_id).where(AgendaItem.session_id == this)
    waiting = (Case.stage == "council") & (Case.campaign_id == context.case.campaign_id)
    return active_nominations(
        session, or_(waiting & Nomination.id.not_in(elsewhere), Nomination.id.in_(here))
    )


def signers(session: Session, context: Context) -> Sequence[Choice]:
    """Who may sign for the organiser: the holders of authority."""
    organiser = context.case.organiser_id if context.case else _campaign(session, context).unit_id
    query = (
        select(Person.public_id, Person.name)
        .join(RoleHolding, RoleHolding.person_id == Person.id)
        .where(RoleHolding.role == "authority", RoleHolding.unit_id == organiser)
    )
    return session.execute(query.order_by(Person.sort_key)).all()


def _active() -> Select[int]:
    """Ids of the cases that have not ended."""
    return select(Case.id).where(Case.state != "ended")


def _of_session(offered: Callable[[Session, Case], Sequence[Choice]]) -> Source:
    """A source that only needs the case."""

    def source(session: Session, context: Context) -> Sequence[Choice]:
        assert context.case is not None
        return offered(session, context.case)

    return source


def _of_person(offered: Callable[[Session, Case, int | None], Sequence[Choice]]) -> Source:
    """A source that needs the case and who fills the form in."""

    def source(session: Session, context: Context) -> Sequence[Choice]:
        assert context.case is not None
        return offered(session, context.case, context.person_id)

    return source


def _acclaim_candidates(session: Session, context: Context) -> Sequence[Choice]:
    assert context.case is not None
    return cluster_scores.candidate_choices(session, context.case.id, context.task)


def _cluster_results(session: Session, context: Context) -> Sequence[Choice]:
    """Concluded results of clusters, of the units somebody may propose."""
    codes = [code for code, _name in units(session, context)]
    ids = set(session.scalars(select(Unit.id).where(Unit.code.in_(codes))))
    return cluster_scores.result_choices(session, ids)


SOURCES: dict[str, Source] = {
    "amended_awards": _of_session(amended_awards),
    "issued_decisions": lambda s, at: issued_decisions(s, _campaign(s, at)),
    "owing_awards": _of_session(owing_awards),
    "revocation_grounds": revocation_grounds,
    "accepted_registrations": lambda s, at: accepted_registrations(s, _campaign(s, at), at.standing),
    "acclaim_candidates": _acclaim_candidates,
    "agenda_nominations": _of_session(agenda_nominations),
    "awardees": _of_session(awardees),
    "awards": awards,
    "batch_lines": batch_lines,
    "commendations": commendations,
    "copy_recipients": _of_session(copy_recipients),
    "cluster_lines": _of_session(lambda session, case: cluster_scores.line_choices(session, case.id)),
    "cluster_results": _cluster_results,
    "council_nominations": council_nominations,
    "criteria": _of_session(lambda session, case: cluster_scores.criteria_choices(session, case.id)),
    "deciding_rounds": lambda s, at: round_choices(s, _campaign(s, at), "open", "standing"),
    "figures": lambda session, context: review_forms.figure_choices(session, context.task),
    "introduced_exemplars": lambda session, at: introduced_exemplars(session, _campaign(session, at)),
    "nominee_kinds": nominee_kinds,
    "opinion_bodies": _of_session(opinion_bodies),
    "paper_types": paper_types,
    "office_keys": _of_session(office_keys),
    "own_keys": _of_person(own_keys),
    "own_award": lambda session, context: own_award(session, context.case),
    "passed_nominations": _of_session(passed_nominations),
    "pledged_figures": lambda session, context: review_forms.pledge_choices(session, context.case),
    "ready_nominations": ready_nominations,
    "receiving_units": lambda session, context: receiving_units(session, _campaign(session, context)),
    "recognised_exemplars": lambda s, at: recognised_exemplars(s, _campaign(s, at), at.standing),
    "refusal_grounds": refusal_grounds,
    "registration_papers": lambda s, at: [each for each in paper_types(s, at) if each[0] in OF_REGISTRATION],
    "round_nominations": _of_session(round_nominations),
    "rounds": lambda s, at: round_choices(s, _campaign(s, at), "open"),
    "session_members": _of_session(session_members),
    "signers": signers,
    "signing_methods": _of_person(signing_methods),
    "strands": strands,
    "tied_nominations": _of_session(tied_nominations),
    "titles": lambda session, context: title_choices(session, _campaign(session, context), context.case),
    "unlisted_registrations": _of_session(unlisted_registrations),
    "units": units,
    "weights": lambda session, context: review_forms.weight_choices(session, context.task),
}

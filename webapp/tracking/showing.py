"""Nominations, registrations and batches as their pages draw them: the case, what it is about, its steps."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from flask_babel import LazyString
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from webapp.extensions import db
from webapp.models import NOMINATIONS, Suspension
from webapp.queries.asked_opinions import AskedOpinion, asked_opinions
from webapp.queries.case_page import CasePage
from webapp.queries.completeness import PaperLine, paper_list
from webapp.queries.escalations import may_escalate
from webapp.queries.exemplar_nominations import NominationRow, nominations_of
from webapp.queries.exemplars import exemplar_outcome
from webapp.queries.extraordinary import MeritDay, merit_day
from webapp.queries.forecasts import Expected, forecasts
from webapp.queries.instances import visible_case
from webapp.queries.introductions import IntroductionPage, introduction_page, is_introduced
from webapp.queries.nominations import NominationPage, nomination_page
from webapp.queries.receipt_papers import Receipt, receipts_of
from webapp.queries.registration_changes import (
    Change,
    changes_of,
    described,
    is_changeable,
    registration_of_change,
)
from webapp.queries.registration_lists import Confirmation, confirmations
from webapp.queries.registration_versions import FILLED, versions_of
from webapp.queries.registrations import RegistrationPage, registration_page
from webapp.queries.replications import (
    ReplicationPage,
    ReplicationRow,
    replication_page,
    replications_of,
)
from webapp.queries.rule_names import rule_names
from webapp.queries.sealed_entries import sees_opinions
from webapp.queries.stages import element_stages
from webapp.queries.submissions import SubmissionPage, submission_page
from webapp.queries.suspensions import open_suspension, reads_orders
from webapp.tracking.conditions import ShownConditions, shown_conditions
from webapp.tracking.fostering import Fostering, forms_beside, fostered_by_now, is_fostered_now
from webapp.tracking.introducing import proposal
from webapp.tracking.steps import (
    exemplar_steps,
    nomination_steps,
    opening_data,
    registration_steps,
    replication_steps,
)
from webapp.tracking.versions import ShownDifference, ShownVersion, shown_differences, shown_versions
from webapp.ui.access import standing
from webapp.ui.case_states import case_status
from webapp.ui.clock import business_now
from webapp.ui.exemplars import apply_url, nominate_urls
from webapp.ui.fields import Field
from webapp.ui.shown_cases import ShownCase, shown_case
from webapp.ui.stepper import Step


@dataclass(frozen=True)
class ShownNomination:
    """A nomination; ``way`` says its route in plain words. ``opinions_open``: the reader may read the opinions.

    ``merit`` is the day of an extraordinary one.
    """

    case: ShownCase
    about: NominationPage
    steps: list[Step]
    way: str
    conditions: ShownConditions
    paper_list: list[PaperLine]
    opinions: list[AskedOpinion]
    opinions_open: bool
    suspension: Suspension | None
    reads_orders: bool
    may_escalate: bool
    merit: MeritDay | None
    receipts: list[Receipt]
    expected: Expected | None


@dataclass(frozen=True)
class ShownRegistration:
    """A registration. ``pledge``: there is something to draw the pledge of; ``may_change``: the reader may ask to."""

    case: ShownCase
    about: RegistrationPage
    steps: list[Step]
    versions: tuple[ShownVersion, ...]
    pledge: bool
    changes: tuple[Change, ...]
    may_change: bool
    lists: tuple[Confirmation, ...]


@dataclass(frozen=True)
class ShownChange:
    """A request to change a registration; ``asked`` is what it asks for, against the version before it."""

    case: ShownCase
    registration: str
    asked: tuple[ShownDifference, ...]
    version: int | None


@dataclass(frozen=True)
class ShownSubmission:
    """A submission batch."""

    case: ShownCase
    about: SubmissionPage


@dataclass(frozen=True)
class ShownExemplar:
    """An exemplar; its story, numbers and pictures stand in its forms and papers, ``public`` is its public page."""

    case: ShownCase
    steps: list[Step]
    public: IntroductionPage | None
    introduced: bool
    apply_url: str
    replications: list[ReplicationRow]
    nominate_urls: dict[str, str]
    nominations: list[NominationRow]
    told: tuple[Field, ...]
    fostering: Fostering | None
    fostered_now: bool

    @property
    def applied(self) -> int:
        """How many units apply it."""
        return sum(row.counts for row in self.replications)


@dataclass(frozen=True)
class ShownReplication:
    """A unit that applies an exemplar."""

    case: ShownCase
    about: ReplicationPage
    steps: list[Step]


def shown_nomination(code: str) -> ShownNomination:
    """The nomination of this code, or 404."""
    case = shown_case(code, *NOMINATIONS)
    page = case.page
    stages = element_stages(db.session(), page.case)
    about = nomination_page(db.session(), page.case.id)
    return ShownNomination(
        case=case,
        about=about,
        steps=nomination_steps(page, stages),
        way=_way(page),
        conditions=shown_conditions(page),
        opinions=asked_opinions(db.session(), page.case.id),
        opinions_open=sees_opinions(standing(), page.case),
        paper_list=paper_list(db.session(), page.case, ("dossier", "assessment")),
        suspension=open_suspension(db.session(), page.case.id) if page.case.state == "frozen" else None,
        reads_orders=reads_orders(standing(), page.case),
        may_escalate=may_escalate(db.session(), standing(), page.case),
        merit=merit_day(db.session(), page.case),
        receipts=receipts_of(db.session(), page.case),
        expected=forecasts(db.session()).of_case(page.case, about.facts.route, business_now()),
    )


def shown_registration(code: str) -> ShownRegistration:
    """The registration of this code, or 404."""
    case = shown_case(code, "registration")
    page = case.page
    stages = element_stages(db.session(), page.case)
    about = registration_page(db.session(), standing(), page.case.id)
    versions = shown_versions(versions_of(db.session(), about.facts.id), page.names.awards)
    return ShownRegistration(
        case,
        about,
        registration_steps(page, stages),
        versions,
        pledge=bool(versions) or any(entry.form in FILLED for entry in page.entries),
        changes=changes_of(db.session(), about.facts.id),
        may_change=is_changeable(db.session(), standing(), code),
        lists=confirmations(db.session(), about.facts.id),
    )


def shown_change(code: str) -> ShownChange:
    """The request of this code, or 404."""
    case = shown_case(code, "registration_change")
    registration = registration_of_change(db.session(), case.page.case)
    versions = versions_of(db.session(), registration.id)
    made = next((each for each in versions if each.case == code), None)
    before = [each for each in versions if made is None or each.number < made.number][-1]
    asked = made.content if made else described(db.session(), case.page.case)
    differing = shown_differences(before.content, asked, case.page.names.awards) if asked else ()
    return ShownChange(case, registration.case.code, differing, made.number if made else None)


def asked_changes(code: str) -> tuple[ShownDifference, ...]:
    """What a request that is being judged would change of the version in force."""
    case = visible_case(db.session(), standing(), code)
    asked = described(db.session(), case) if case else None
    if case is None or asked is None:
        return ()
    in_force = versions_of(db.session(), registration_of_change(db.session(), case).id)[-1]
    return shown_differences(in_force.content, asked, rule_names(db.session()).awards)


def shown_exemplar(code: str) -> ShownExemplar:
    """The exemplar of this code, or 404."""
    case = shown_case(code, "exemplar")
    page = case.page
    case = replace(case, forms=forms_beside(page))
    stages = element_stages(db.session(), page.case)
    public = introduction_page(db.session(), code, business_now())
    stage, outcome = "introduced" if public else page.case.stage, exemplar_outcome(db.session(), page.case.id)
    if public or outcome:
        case = replace(case, status=case_status("exemplar", page.case.state, stage, outcome))
    replications = replications_of(db.session(), standing(), page.case.id)
    nominations = nominations_of(db.session(), standing(), page.case.id)
    return ShownExemplar(
        case=case,
        steps=exemplar_steps(
            page, stages, outcome, sum(row.counts for row in replications), len(nominations)
        ),
        public=public,
        introduced=is_introduced(db.session(), case.page.case.id),
        apply_url=apply_url(public) if public else "",
        replications=replications,
        nominate_urls=nominate_urls(page),
        nominations=nominations,
        told=proposal(page),
        fostering=fostered_by_now(page),
        fostered_now=is_fostered_now(page),
    )


def shown_replication(code: str) -> ShownReplication:
    """The replication of this code, or 404."""
    case = shown_case(code, "replication")
    stages = element_stages(db.session(), case.page.case)
    about = replication_page(db.session(), case.page.case.id)
    return ShownReplication(case, about, replication_steps(case.page, stages))


def shown_submission(code: str) -> ShownSubmission:
    """The submission batch of this code, or 404."""
    case = shown_case(code, "submission")
    return ShownSubmission(case, submission_page(db.session(), case.page.case.id))


def merit_of(code: str) -> MeritDay | None:
    """The day of the merit beside a task about it; None when the reader may not know of it."""
    case = visible_case(db.session(), standing(), code)
    return merit_day(db.session(), case) if case else None


def _way(page: CasePage) -> str:
    """The route of a nomination in plain words."""
    if page.case.process == "extraordinary":
        return _("For an extraordinary merit: considered by the chairman, without a submission.")
    given = opening_data(page.history)
    higher = any(line.event.type == "nomination_escalated" for line in page.history)
    if higher and page.case.province_id and "province" not in given.get("levels", ()):
        given = {**given, "levels": [*given.get("levels", ()), "province"]}
    levels = _joined([LEVELS[level] for level in given.get("levels", ()) if level in LEVELS])
    match given.get("route"):
        case "commune":
            return _("Assessed in the unit first, then appraised at %(levels)s.", levels=levels)
        case "organiser":
            return _("Found by the organiser itself, appraised at %(levels)s.", levels=levels)
    return _("Submitted directly, appraised at %(levels)s.", levels=levels)


LEVELS: dict[str, LazyString] = {"district": _l("district level"), "province": _l("province level")}


def _joined(names: Iterable[LazyString] | Sequence[LazyString]) -> str:
    return _(" and ").join(str(name) for name in names)

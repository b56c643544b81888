"""Opens a case from its start form."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select

from webapp.models import AwardRound, Campaign, Case, FormEntry, Person, Strand, Unit
from webapp.operations import hooks
from webapp.operations.acting import Actor, Now
from webapp.operations.form_papers import bind_papers, by_content, take_over
from webapp.operations.idempotency import once
from webapp.operations.refusals import Forbidden, InvalidForm, NotFound, NotNow
from webapp.operations.transaction import Transaction, write
from webapp.queries.choices import Context, choices_for
from webapp.queries.deployments import current_deployment, form_schema
from webapp.queries.standing import Standing, standing_of
from workflows import forms
from workflows.record import digest

AT_ORGANISER = frozenset({"specialist", "secretary", "authority"})
"""Roles that open cases of their own unit's campaigns only; the others do for any campaign above their unit."""

ROLES = frozenset(
    "registrant officer commune_chair specialist head secretary member presiding office authority clerk".split()
)
"""Every role that works on cases."""

LANES = ROLES | {"auditor"}
"""The lanes a diagram may have: an auditor works on findings only, on those they raised."""

STARTERS = {
    "campaign": frozenset({"secretary"}),
    "response": frozenset({"officer"}),
    "registration": frozenset({"registrant", "officer"}),
    "registration_change": frozenset({"registrant", "officer"}),
    "registration_list": frozenset({"officer"}),
    "exemplar": ROLES,
    "replication": frozenset({"officer", "commune_chair"}),
    "nomination": frozenset({"registrant", "officer", "specialist"}),
    "extraordinary": frozenset({"specialist", "secretary", "authority"}),
    "submission": frozenset({"officer"}),
    "council_vote": frozenset({"secretary"}),
    "award_issuance": frozenset({"specialist"}),
    "award_correction": frozenset({"specialist", "secretary"}),
    "award_revocation": frozenset({"specialist", "secretary"}),
}
"""Which role may open a case of a process."""

OPEN_BELOW = frozenset({"exemplar"})
"""What each role may open for campaigns above its unit too."""


ENTRIES = frozenset(
    {"response", "registration", "registration_change", "exemplar", "nomination", "extraordinary"}
)
"""What begins something new in a campaign."""


@dataclass(frozen=True)
class Start:
    """A valid start form on its way to becoming a case."""

    transaction: Transaction
    campaign: Campaign
    person: Person
    standing: Standing
    form: Mapping[str, Any]

    def strand(self) -> Strand:
        """The strand named on the form."""
        query = select(Strand).where(
            Strand.campaign_id == self.campaign.id, Strand.code == self.form["strand"]
        )
        return self.transaction.session.execute(query).scalar_one()

    def open_round(self) -> AwardRound:
        """The award round named on the form. Raises NotNow("round_not_open")."""
        query = select(AwardRound).where(
            AwardRound.campaign_id == self.campaign.id, AwardRound.code == self.form["round"]
        )
        found = self.transaction.session.execute(query).scalar_one()
        if found.state != "open":
            raise NotNow("round_not_open")
        return found

    def own_unit(self, role: str) -> Unit:
        """The unit in which the starter holds ``role``; with several, the first of those below the organiser."""
        held = [held for held in self.standing.roles if held.role == role]
        if not held:
            raise Forbidden
        here = [one for one in held if f"{one.unit_code}/".startswith(f"{self.campaign.unit.code}/")]
        return self.transaction.session.get_one(Unit, (here or held)[0].unit_id)


def may_start(standing: Standing, process: str, organiser: str) -> bool:
    """Whether somebody may open a case of a process in a campaign of the unit with the code ``organiser``."""
    return any(
        held.unit_code == organiser
        or (
            (held.role not in AT_ORGANISER or process in OPEN_BELOW)
            and held.unit_code.startswith(organiser + "/")
        )
        for held in standing.roles
        if held.role in STARTERS[process]
    )


def start_case(process: str, campaign_code: str, data: Mapping[str, Any], *, actor: Actor, now: Now) -> str:
    """Open a case of ``process`` in a campaign; returns its code. Raises InvalidForm, Forbidden, NotFound, NotNow."""
    with write(actor, now) as transaction:
        return start_in(transaction, process, campaign_code, data)


@dataclass(frozen=True)
class Opened:
    """A case by its code; ``again``: an earlier request under the same key opened it."""

    code: str
    again: bool = False


def start_once(
    key: str, process: str, campaign_code: str, data: Mapping[str, Any], *, actor: Actor, now: Now
) -> Opened:
    """Open a case once under a key; without a key each time. Raises as start_case and once do."""
    if not key:
        return Opened(start_case(process, campaign_code, data, actor=actor, now=now))
    new = []

    def act(transaction: Transaction) -> Mapping[str, Any]:
        new.append(start_in(transaction, process, campaign_code, data))
        return {"code": new[0]}

    asked = {"process": process, "campaign": campaign_code, "data": by_content(actor, data)}
    answer = once(key, asked, act, actor=actor, now=now)
    return Opened(answer["code"], again=not new)


def start_in(transaction: Transaction, process: str, campaign_code: str, data: Mapping[str, Any]) -> str:
    """Open a case within a transaction that is already open."""
    campaign, person, standing = admitted(transaction, process, campaign_code)
    schema = start_schema(transaction, process, Context(campaign=campaign, standing=standing))
    if faults := forms.validate(schema, data, transaction.day):
        raise InvalidForm(faults, schema)
    try:
        case = hooks.opening_hook(process)(Start(transaction, campaign, person, standing, data))
    except InvalidForm as refusal:  # the hook knows the fault, not how the form calls the field
        raise InvalidForm(refusal.faults, schema) from refusal
    _enter(transaction, case, process, schema, data, person)
    return case.code


def admitted(transaction: Transaction, process: str, campaign_code: str) -> tuple[Campaign, Person, Standing]:
    """The campaign, held, and the actor, who may open such a case in it now. Raises NotFound, Forbidden, NotNow."""
    actor = transaction.actor
    campaign = transaction.session.scalar(select(Campaign).where(Campaign.code == campaign_code))
    person = transaction.session.get(Person, actor.person_id) if actor.person_id else None
    if campaign is None or process not in STARTERS:
        raise NotFound
    transaction.hold(Campaign, campaign.id)
    if person is None:
        raise Forbidden
    standing = standing_of(transaction.session, person, transaction.day)
    if not may_start(standing, process, campaign.unit.code):
        raise Forbidden
    refuse_stopped(process, campaign.case.state if campaign.case else None)
    return campaign, person, standing


def refuse_stopped(process: str, campaign_state: str | None) -> None:
    """Nothing is opened in a suspended campaign; in one that has ended, what is on its way is brought to its end."""
    if campaign_state == "frozen":
        raise NotNow("campaign_suspended")
    if campaign_state == "ended" and process in ENTRIES:
        raise NotNow("campaign_ended")


def start_schema(transaction: Transaction, process: str, context: Context) -> Mapping[str, Any]:
    """The start form of the current deployment, with its choices."""
    schema = form_schema(current_deployment(transaction.session, process), process, "start")
    return forms.with_choices(schema, choices_for(transaction.session, schema, context))


def _enter(
    transaction: Transaction,
    case: Case,
    process: str,
    schema: Mapping[str, Any],
    data: Mapping[str, Any],
    person: Person,
) -> None:
    kept = forms.without_secrets(schema, data)
    entry = FormEntry(
        case_id=case.id,
        form=f"{process}/start",
        data=kept,
        digest=digest(kept),
        person_id=person.id,
        submitted_at=transaction.now.at,
    )
    transaction.session.add(entry)
    transaction.session.flush()
    take_over(transaction, case, schema, kept)
    bind_papers(transaction, entry, schema, kept)

"""Change of an accepted registration: what is accepted becomes a new version, those before stay as they are."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sqlalchemy import select

from webapp.models import Case, Registration, RegistrationChange
from webapp.operations import hooks
from webapp.operations.cases import open_case
from webapp.operations.hooks import Carrying, Completing
from webapp.operations.procedures.nominees import refuse_wrong_filler
from webapp.operations.procedures.registrations import add_version, refuse_unmeasured
from webapp.operations.starts import Start
from webapp.operations.transaction import Transaction
from webapp.queries.plans import plan_of
from webapp.queries.registration_changes import described, registration_of_change
from webapp.queries.registration_versions import Content, versions_of
from webapp.queries.units import places_of
from webapp.text import nfc, search_key, sort_key


@hooks.opening("registration_change")
def open_change(start: Start) -> Case:
    """Open a request; which registrations the person may choose, and that each has one request, the form knows."""
    refuse_wrong_filler(start)
    transaction, campaign, form = start.transaction, start.campaign, start.form
    registration = _registration(transaction, form["registration"])
    case = open_case(
        transaction,
        "registration_change",
        title=registration.nominee.name,
        # The registration stays with the unit in which it ended; whoever registered may be of its successor.
        places=places_of(transaction.session, campaign, registration.nominee.unit),
        campaign_id=campaign.id,
        registrant=start.person if form["filled_by"] == "registrant" else None,
        data={
            "filled_by": form["filled_by"],
            "confirm_higher": plan_of(transaction.session, campaign).registration.confirm_higher,
        },
        private=dict(form),
    )
    transaction.session.add(RegistrationChange(case_id=case.id, registration_id=registration.id))
    return case


def _registration(transaction: Transaction, code: str) -> Registration:
    query = select(Registration).join(Case, Case.id == Registration.case_id).where(Case.code == code)
    return transaction.session.execute(query).scalar_one()


@hooks.completing("registration_change", "describe_change")
@hooks.completing("registration_change", "describe_on_behalf")
def describe_change(completing: Completing) -> None:
    """What is asked for can be held against the plan. Raises InvalidForm."""
    refuse_unmeasured(completing)


@hooks.carrying("record_version")
def record_version(carrying: Carrying) -> Mapping[str, Any]:
    """What was described and accepted is in force from now on; a name that was misspelt is right everywhere."""
    transaction, case = carrying.transaction, carrying.case
    registration = registration_of_change(transaction.session, case)
    content = described(transaction.session, case)
    assert content is not None  # the diagram leads here only through the description
    before = versions_of(transaction.session, registration.id)[-1]
    add_version(transaction, registration, before.number + 1, case, content)
    registration.title_aimed = content.title_aimed
    if content.name != before.content.name:
        _spell(registration, content)
    return {"registration": registration.case.code, "version": before.number + 1}


def _spell(registration: Registration, content: Content) -> None:
    nominee, name = registration.nominee, nfc(content.name)
    nominee.name, nominee.sort_key, nominee.search_key = name, sort_key(name), search_key(name)
    registration.case.title = name

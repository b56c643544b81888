"""Registration: a unit, person or household takes part in a strand."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from typing import Any

from sqlalchemy import select

from webapp.models import Case, Registration, RegistrationVersion
from webapp.operations import hooks
from webapp.operations.cases import open_case
from webapp.operations.hooks import Carrying, Completing
from webapp.operations.notices import tell
from webapp.operations.procedures.nominees import nominee_of, refuse_wrong_filler, refuse_wrong_kind
from webapp.operations.refusals import InvalidForm, NotNow
from webapp.operations.starts import Start
from webapp.operations.transaction import Transaction
from webapp.queries.law import clock_at
from webapp.queries.plans import plan_of
from webapp.queries.registration_versions import Content, content_of, entered
from webapp.queries.units import places_of, unit_by_code
from workflows.forms import Fault


@hooks.opening("registration")
def open_registration(start: Start) -> Case:
    """Open a registration; one that comes after the window says why and waits for leave."""
    transaction, campaign, form = start.transaction, start.campaign, start.form
    if campaign.registration == "planned" or campaign.registration_closes is None:
        raise NotNow("registration_not_open")
    refuse_wrong_filler(start)
    refuse_wrong_kind(start)
    late = campaign.registration == "closed" or transaction.now.at > campaign.registration_closes
    if late and campaign.response is not None:
        raise NotNow("registration_over")  # a unit has nobody who grants leave
    if late and not form.get("late_reason"):
        raise InvalidForm([Fault("/late_reason", "required")])
    unit = unit_by_code(transaction.session, form["submitting_unit"])
    strand = start.strand()
    nominee = nominee_of(transaction, form["nominee_kind"], form["nominee_name"], unit)
    case = open_case(
        transaction,
        "registration",
        title=nominee.name,
        places=places_of(transaction.session, campaign, unit),
        campaign_id=campaign.id,
        registrant=start.person if form["filled_by"] == "registrant" else None,
        data={
            "filled_by": form["filled_by"],
            "is_late": late,
            "confirm_higher": plan_of(transaction.session, campaign).registration.confirm_higher,
            "fill_by": campaign.registration_closes.isoformat(),
        },
        private=dict(form),
    )
    transaction.session.add(
        Registration(
            case_id=case.id,
            campaign_id=campaign.id,
            strand_id=strand.id,
            nominee_id=nominee.id,
            filled_by=form["filled_by"],
        )
    )
    return case


@hooks.completing("registration", "fill_registration")
@hooks.completing("registration", "fill_on_behalf")
@hooks.completing("registration", "supplement_registration")
def aim_at(completing: Completing) -> None:
    """The title aimed at stands beside the registration; a supplement that names none leaves the one before.

    Raises InvalidForm for targets that cannot be held against the plan.
    """
    refuse_unmeasured(completing)
    registration = registration_of(completing.transaction, completing.case)
    registration.title_aimed = completing.form.get("title_aimed", registration.title_aimed)


@hooks.completing("registration", "check_registration")
def tell_of_supplement(completing: Completing) -> None:
    """Who registered learns that something is asked for: it stands on the form of the task."""
    transaction, case = completing.transaction, completing.case
    if completing.form["decision"] == "supplement" and case.registrant_id is not None:
        tell(transaction, case, [case.registrant_id], "registration_supplement")


def refuse_unmeasured(completing: Completing) -> None:
    """Refuse targets that name a figure of the plan without a number, or one figure twice. Raises InvalidForm."""
    rows = completing.form.get("targets", ())
    named = Counter(row["figure"] for row in rows if "figure" in row)
    faults = [
        Fault(f"/targets/{index}/target", "required")
        for index, row in enumerate(rows)
        if "figure" in row and "target" not in row
    ]
    if twice := sum(count > 1 for count in named.values()):
        faults.append(Fault("/targets", "figure_twice", {"count": twice}))
    if faults:
        raise InvalidForm(faults)


def registration_of(transaction: Transaction, case: Case) -> Registration:
    """The registration a case is about."""
    query = select(Registration).where(Registration.case_id == case.id)
    return transaction.session.execute(query).scalar_one()


@hooks.completing("registration", "grant_leave")
def grant_leave(completing: Completing) -> Mapping[str, Any]:
    """With leave there is time again: the clock of a supplement."""
    case, transaction = completing.case, completing.transaction
    return {"fill_by": clock_at(transaction.session, case, "supplement", transaction.now.at).isoformat()}


@hooks.carrying("record_registration")
def record_registration(carrying: Carrying) -> Mapping[str, Any]:
    """The nominee takes part from now on, by what the forms say: the first version."""
    transaction = carrying.transaction
    registration = registration_of(transaction, carrying.case)
    registration.registered_at = transaction.now.at
    content = content_of(registration, entered(transaction.session, carrying.case))
    add_version(transaction, registration, 1, carrying.case, content)
    return {"nominee": registration.nominee.public_id}


def add_version(
    transaction: Transaction, registration: Registration, number: int, case: Case, content: Content
) -> None:
    """Put a version in force; those before stay as they are."""
    transaction.session.add(
        RegistrationVersion(
            registration_id=registration.id,
            number=number,
            case_id=case.id,
            name=content.name,
            title_aimed=content.title_aimed,
            targets=list(content.targets),
            commitment=content.commitment,
            in_force_from=transaction.now.at,
        )
    )

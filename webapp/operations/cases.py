"""Opens, freezes, resumes and messages cases."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Any

from webapp.models import Case, Person
from webapp.operations import hooks, steps
from webapp.operations.follow_codes import FOLLOWED, give_code
from webapp.operations.numbers import take_number
from webapp.operations.refusals import CaseEnded, NotNow
from webapp.operations.transaction import Transaction
from webapp.queries.deployments import current_deployment
from webapp.queries.units import Places
from workflows.events import CaseFrozen, CaseOpened, CaseResumed, MessageDelivered, TimersFired, TimersShifted

PREFIXES = {
    "campaign": "PT",
    "response": "HU",
    "registration": "DK",
    "registration_change": "DC",
    "registration_list": "TH",
    "exemplar": "DH",
    "replication": "NR",
    "nomination": "HS",
    "extraordinary": "DX",
    "submission": "TT",
    "council_vote": "PH",
    "award_issuance": "QD",
    "award_correction": "QS",
    "award_revocation": "HB",
    "cluster_scoring": "CK",
    "finding": "PK",
}


def open_case(
    transaction: Transaction,
    process: str,
    *,
    title: str,
    places: Places,
    data: Mapping[str, Any],
    campaign_id: int | None = None,
    registrant: Person | None = None,
    private: Any = None,
) -> Case:
    """Open a case of a root process on its current deployment, at the transaction's business instant."""
    year = transaction.day.year
    case = Case(
        code=f"{PREFIXES[process]}-{year}-{take_number(transaction, process, year):04d}",
        process=process,
        deployment_digest=current_deployment(transaction.session, process).digest,
        title=title,
        state="active",
        campaign_id=campaign_id,
        unit_id=places.submitter.id,
        district_id=places.district.id if places.district else None,
        organiser_id=places.organiser.id,
        province_id=places.province.id if places.province else None,
        registrant_id=registrant.id if registrant else None,
        opened_at=transaction.now.at,
        inputs=0,
    )
    transaction.session.add(case)
    transaction.session.flush()
    given, step = steps.advance(transaction, case, "open", data=data)
    opened = CaseOpened(process=process, moves=steps.moves_of(step))
    steps.log_step(transaction, case, opened, given, step, private=private)
    if process in FOLLOWED:
        give_code(transaction, case)
    return case


def fire_timers(transaction: Transaction, case: Case) -> None:
    """Let everything that is due in a case happen."""
    steps.refuse_unless_active(case)
    given, step = steps.advance(transaction, case, "fire")
    steps.log_step(transaction, case, TimersFired(moves=steps.moves_of(step)), given, step)


def deliver(
    transaction: Transaction, case: Case, name: str, message_id: str, payload: Mapping[str, Any]
) -> None:
    """Give a message to a case. Raises NotWaiting (the engine's) when it does not wait for it."""
    steps.refuse_unless_active(case)
    given, step = steps.advance(transaction, case, "deliver", target=name, data=payload)
    happening = MessageDelivered(name=name, message_id=message_id, moves=steps.moves_of(step))
    steps.log_step(transaction, case, happening, given, step)


def freeze(transaction: Transaction, case: Case, reason: str) -> None:
    """Stop a case: nothing can be done to it and no clock of it runs until it is resumed."""
    steps.refuse_unless_active(case)
    case.state, case.frozen_at = "frozen", transaction.now.at
    transaction.log_case(case, CaseFrozen(), private={"reason": reason})


def resume(transaction: Transaction, case: Case, reason: str) -> None:
    """Let a frozen case go on where it stood; its timers and due times move by the pause.

    A deadline of the rules keeps the days it had left, counted as the rules count them.
    """
    if case.state == "ended":
        raise CaseEnded
    if case.state != "frozen" or case.frozen_at is None:
        raise NotNow("not_frozen")
    seconds = int((transaction.now.at - case.frozen_at).total_seconds())
    pause = dt.timedelta(seconds=seconds)
    clocks = steps.clocks_after_pause(transaction, case, case.frozen_at)
    case.state, case.frozen_at = "active", None
    transaction.log_case(case, CaseResumed(seconds=seconds), private={"reason": reason})
    given, step = steps.advance(transaction, case, "shift", data={"seconds": seconds, "clocks": clocks})
    steps.log_step(transaction, case, TimersShifted(seconds=seconds), given, step)
    steps.postpone_tasks(transaction, case, step)
    if hook := hooks.resumed_hook(case.process):
        hook(transaction, case, pause)

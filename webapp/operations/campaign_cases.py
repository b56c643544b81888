"""The case that runs a campaign's own procedure, for acts beside its tasks."""

from __future__ import annotations

from collections.abc import Callable

from webapp.models import Campaign, Case
from webapp.operations.administering import acting_standing
from webapp.operations.refusals import Forbidden, NotFound
from webapp.operations.steps import refuse_unless_active
from webapp.operations.transaction import Transaction
from webapp.queries.campaigns import campaign_of
from webapp.queries.standing import Standing


def active_case(transaction: Transaction, code: str, allowed: Callable[[Standing, Campaign], bool]) -> Case:
    """The campaign's own case, locked, for who may act on it. Raises NotFound, Forbidden, CaseFrozen, CaseEnded."""
    standing = acting_standing(transaction)
    campaign = campaign_of(transaction.session, standing, code)
    if campaign is None or campaign.case is None:
        raise NotFound
    if not allowed(standing, campaign):
        raise Forbidden
    case = transaction.lock_case(campaign.case.id)
    refuse_unless_active(case)
    return case

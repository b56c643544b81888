"""What the organiser does about a review beside its tasks."""

from __future__ import annotations

from webapp.operations import cases
from webapp.operations.acting import Actor, Now
from webapp.operations.campaign_cases import active_case
from webapp.operations.interventions import checked_reason
from webapp.operations.refusals import NotNow
from webapp.operations.transaction import write
from webapp.queries.reviews import closes_reports, collected_reviews
from workflows.events import ReportsClosed

MESSAGE = "close_reports"


def close_reports(code: str, review: str, reason: str, *, actor: Actor, now: Now) -> None:
    """Take no more reports of a review of a campaign, with a reason.

    Raises NotFound, Forbidden, InvalidForm, CaseFrozen, CaseEnded, NotNow("reports_not_open").
    """
    with write(actor, now) as transaction:
        case = active_case(transaction, code, closes_reports)
        text = checked_reason(reason)
        if review not in collected_reviews(transaction.session, case):
            raise NotNow("reports_not_open")
        transaction.log_case(case, ReportsClosed(review=review), private={"reason": text})
        cases.deliver(transaction, case, MESSAGE, f"{case.code}/{review}/close", {"about": review})

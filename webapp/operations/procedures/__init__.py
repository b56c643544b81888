"""What each procedure adds to the generic engine; importing this package registers the hooks."""

from webapp.operations.procedures import (
    awards,
    ballots,
    campaigns,
    council,
    council_results,
    count,
    documents,
    exemplars,
    mails,
    nominations,
    notices,
    registrations,
    submissions,
)

__all__ = [
    "awards",
    "ballots",
    "campaigns",
    "council",
    "council_results",
    "count",
    "documents",
    "exemplars",
    "mails",
    "nominations",
    "notices",
    "registrations",
    "submissions",
]

"""What each procedure adds to the generic engine; importing this package registers the hooks."""

from webapp.operations.procedures import (
    awards,
    campaigns,
    council,
    council_results,
    documents,
    mails,
    nominations,
    notices,
    registrations,
    submissions,
)

__all__ = [
    "awards",
    "campaigns",
    "council",
    "council_results",
    "documents",
    "mails",
    "nominations",
    "notices",
    "registrations",
    "submissions",
]

"""What each procedure adds to the generic engine; importing this package registers the hooks."""

from webapp.operations.procedures import (
    assessments,
    awards,
    ballots,
    campaigns,
    clusters,
    council,
    council_results,
    count,
    documents,
    exemplars,
    introductions,
    mails,
    nominations,
    notices,
    registrations,
    submissions,
)

__all__ = [
    "assessments",
    "awards",
    "ballots",
    "campaigns",
    "clusters",
    "council",
    "council_results",
    "count",
    "documents",
    "exemplars",
    "introductions",
    "mails",
    "nominations",
    "notices",
    "registrations",
    "submissions",
]

"""Which role may open which kind of page; whose cases are shown there is decided by the unit of the role."""

REGISTRANT = "registrant"
OFFICER = "officer"
COMMUNE_CHAIR = "commune_chair"
SPECIALIST = "specialist"
HEAD = "head"
SECRETARY = "secretary"
MEMBER = "member"
PRESIDING = "presiding"
OFFICE = "office"
AUTHORITY = "authority"
CLERK = "clerk"
AUDITOR = "auditor"
ADMIN = "admin"
INSPECTOR = "inspector"
"""Nobody gives this one: whoever is a member of an inspection holds it while that lasts."""
FORMER = "former_inspector"
"""Nor this one, which stays: whoever is or was a member of an inspection finds its page and minutes again."""

_STAFF = frozenset({OFFICER, COMMUNE_CHAIR, SPECIALIST, HEAD, SECRETARY, PRESIDING, OFFICE, AUTHORITY})

PERMISSIONS: dict[str, frozenset[str]] = {
    "see_nominations": _STAFF | {REGISTRANT, MEMBER, CLERK, AUDITOR, INSPECTOR},
    "enter_registration": frozenset({REGISTRANT, OFFICER}),
    "enter_nomination": frozenset({REGISTRANT, OFFICER, SPECIALIST}),
    "enter_submission": frozenset({OFFICER}),
    "withdraw_case": frozenset({REGISTRANT, OFFICER, SPECIALIST}),
    "freeze_case": frozenset({SPECIALIST, HEAD, SECRETARY}),
    "move_deadlines": frozenset({HEAD, SECRETARY}),
    "ask_for_owed": frozenset({SPECIALIST, HEAD, SECRETARY}),
    "see_campaigns": _STAFF | {REGISTRANT, MEMBER, CLERK, AUDITOR, ADMIN},
    "run_campaign": frozenset({SECRETARY, AUTHORITY}),
    "see_clusters": _STAFF | {MEMBER, AUDITOR, ADMIN},
    "draft_criteria": frozenset({SECRETARY, ADMIN}),
    "see_council": frozenset({SPECIALIST, HEAD, SECRETARY, MEMBER, PRESIDING, AUTHORITY, AUDITOR}),
    "run_council": frozenset({SECRETARY, PRESIDING}),
    "see_awards": _STAFF | {MEMBER, CLERK, AUDITOR},
    "see_numbers": _STAFF | {AUDITOR},
    "keep_history": frozenset({SPECIALIST, HEAD, SECRETARY}),
    "issue_awards": frozenset({SPECIALIST, HEAD, SECRETARY, OFFICE, AUTHORITY, CLERK}),
    "pay_awards": frozenset({SPECIALIST, HEAD}),
    "publish_awards": frozenset({SPECIALIST, HEAD, SECRETARY}),
    "archive_awards": frozenset({SPECIALIST, CLERK}),
    "propose_erasures": frozenset({OFFICER, SPECIALIST, CLERK}),
    "see_erasures": frozenset({OFFICER, COMMUNE_CHAIR, SPECIALIST, CLERK, HEAD, AUTHORITY, AUDITOR}),
    "send_decisions": frozenset({CLERK}),
    "print_awards": frozenset({SPECIALIST, SECRETARY, CLERK}),
    "see_audit": frozenset({AUDITOR, INSPECTOR}),
    "see_proof": frozenset({AUDITOR, ADMIN}),
    "open_inspections": frozenset({AUDITOR, ADMIN}),
    "see_own_inspections": frozenset({FORMER}),
    "administer": frozenset({ADMIN}),
}

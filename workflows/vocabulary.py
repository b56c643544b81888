"""The closed vocabularies of the field, and the English name (a msgid) of each word."""

from typing import Final, Literal

Level = Literal["commune", "district", "province"]
DecidingLevel = Literal["unit", "commune", "district", "province", "state"]
UnitLevel = Literal["province", "district", "commune", "hamlet", "unit"]
UnitKind = Literal[
    "committee",
    "office",
    "agency",
    "front",
    "mass_organisation",
    "party",
    "cluster",
    "block",
    "hamlet",
    "enterprise",
    "co_operative",
]
NomineeKind = Literal[
    "individual", "household", "collective", "commune", "hamlet", "enterprise", "co_operative"
]
CampaignKind = Literal["regular", "thematic"]
DocumentKind = Literal["plan", "instruction"]
AwardFamily = Literal["title", "commendation"]
ConditionRule = Literal[
    "ladder",
    "interval",
    "share_of_title",
    "share_of_members",
    "share_of_units",
    "share_of_eligible",
    "per_cluster",
    "one_award",
    "no_pending_matter",
    "thematic_not_counted",
    "no_lower_first",
]
AppraisalQuestion = Literal["initiative", "lower_titles", "unit_results", "recognition", "influence"]
Mark = Literal["verified", "unverified"]

LEVEL_ORDER: Final[tuple[Level, ...]] = ("commune", "district", "province")

# What prize money and ceilings distinguish: everything that is not a person or a household is a collective.
SINGLE_KINDS: Final[frozenset[NomineeKind]] = frozenset({"individual", "household"})


def N_(text: str) -> str:  # noqa: N802 -- the mark gettext tools look for
    """Mark an English msgid for extraction; the layer above translates it when it is shown."""
    return text


LEVEL_NAMES: Final[dict[str, str]] = {
    "commune": N_("Commune level"),
    "district": N_("District level"),
    "province": N_("Province level"),
    "state": N_("State level"),
    "hamlet": N_("Hamlet"),
    "unit": N_("Unit"),
}
UNIT_KIND_NAMES: Final[dict[UnitKind, str]] = {
    "committee": N_("People's Committee"),
    "office": N_("Office"),
    "agency": N_("Vertical agency"),
    "front": N_("Fatherland Front"),
    "mass_organisation": N_("Mass organisation"),
    "party": N_("Party body"),
    "cluster": N_("Emulation cluster"),
    "block": N_("Emulation block"),
    "hamlet": N_("Hamlet"),
    "enterprise": N_("Enterprise"),
    "co_operative": N_("Co-operative"),
}
NOMINEE_KIND_NAMES: Final[dict[NomineeKind, str]] = {
    "individual": N_("Individual"),
    "household": N_("Household"),
    "collective": N_("Collective"),
    "commune": N_("Commune"),
    "hamlet": N_("Hamlet"),
    "enterprise": N_("Enterprise"),
    "co_operative": N_("Co-operative"),
}
CAMPAIGN_KIND_NAMES: Final[dict[CampaignKind, str]] = {
    "regular": N_("Regular"),
    "thematic": N_("Thematic"),
}
DOCUMENT_KIND_NAMES: Final[dict[DocumentKind, str]] = {
    "plan": N_("Plan"),
    "instruction": N_("Instruction"),
}
MARK_NAMES: Final[dict[Mark, str]] = {
    "verified": N_("Verified"),
    "unverified": N_("Not yet verified"),
}

SUPPLEMENTS: Final = frozenset(
    {
        "supplement_dossier",
        "supplement_registration",
        "supplement_exemplar",
        "mend_application",
        "supplement_for_district",
        "supplement_for_province",
        "supplement_by_submitter",
        "correct_line",
    }
)
"""Tasks with which something returned is mended."""

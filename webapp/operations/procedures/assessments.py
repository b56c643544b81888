"""Commune assessment: who is said to agree has agreed by the rule."""

from __future__ import annotations

from webapp.operations import hooks
from webapp.operations.hooks import Completing
from webapp.operations.procedures.nominations import nomination_of
from webapp.operations.refusals import InvalidForm
from webapp.queries.law import rule_set_for
from workflows.forms import Fault
from workflows.rules.meetings import meeting_result, needed_agreeing, needed_present
from workflows.rules.voting import Counts, outcome


@hooks.completing("commune_assessment", "record_meeting")
def record_meeting(completing: Completing) -> None:
    """The people's meeting agrees by shares of those invited and present."""
    form, transaction = completing.form, completing.transaction
    if form["decision"] != "agree":
        return
    rules = rule_set_for(transaction.session, transaction.day, completing.case.organiser_id)
    rule = rules.meeting_rule(form["meeting_kind"], transaction.day)
    if rule is None:
        return
    match meeting_result(rule, form["invited"], form["present"], form["agreed"]):
        case "no_quorum":
            needed = needed_present(rule, form["invited"])
            raise InvalidForm([Fault("/present", "too_few_present", {"needed": needed})])
        case "short":
            needed = needed_agreeing(rule, form["present"])
            raise InvalidForm([Fault("/agreed", "too_few_agree", {"needed": needed})])


@hooks.completing("commune_assessment", "conclude_commune_council")
def conclude_commune_council(completing: Completing) -> None:
    """The council of the commune or unit agrees by the vote profile of its level and award."""
    form, transaction = completing.form, completing.transaction
    if form["decision"] != "agree":
        return
    rules = rule_set_for(transaction.session, transaction.day, completing.case.organiser_id)
    award = nomination_of(transaction, completing.case).award
    profile = rules.vote_profile("commune", award, transaction.day).profile
    members, present, agreed = form["members"], form["present"], form["agreed"]
    counts = Counts(members, present, agreed, disagree=present - agreed, summoned=members)
    found = outcome(profile, counts)
    if not found.quorate:
        raise InvalidForm([Fault("/present", "too_few_present", {"needed": None})])
    if found.agree < found.needed:
        raise InvalidForm([Fault("/agreed", "too_few_agree", {"needed": found.needed})])

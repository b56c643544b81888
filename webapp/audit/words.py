"""What auditors read instead of codes: processes, states, kinds of event, verdicts."""

from __future__ import annotations

from flask_babel import LazyString, ngettext
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from webapp.queries.replays import Verdict
from webapp.ui.proof_words import finding_text

PROCESSES: dict[str, LazyString] = {
    "campaign": _l("Campaign"),
    "response": _l("Launch in response"),
    "registration": _l("Registration"),
    "registration_change": _l("Change of a registration"),
    "registration_list": _l("Aggregated list of registrations"),
    "exemplar": _l("Exemplar"),
    "replication": _l("Exemplar applied by a unit"),
    "nomination": _l("Nomination"),
    "extraordinary": _l("Nomination for an extraordinary merit"),
    "submission": _l("Submission batch"),
    "council_vote": _l("Council session"),
    "award_issuance": _l("Award decision"),
    "award_correction": _l("Correction of a decision"),
    "award_revocation": _l("Revocation of awards"),
    "cluster_scoring": _l("Scoring of a cluster"),
    "finding": _l("Finding of an inspection"),
}
STATES: dict[str, LazyString] = {
    "active": _l("In progress"),
    "frozen": _l("Suspended"),
    "ended": _l("Ended"),
}
EVENTS: dict[str, LazyString] = {
    "case_opened": _l("Case opened"),
    "task_completed": _l("Task completed"),
    "timers_fired": _l("Deadline reached"),
    "message_delivered": _l("Result or message arrived"),
    "timers_shifted": _l("Deadlines put off"),
    "task_taken": _l("Task taken on"),
    "task_given_back": _l("Task given back"),
    "task_lapsed": _l("Task lapsed"),
    "case_stopped": _l("Case withdrawn or cancelled"),
    "case_frozen": _l("Case suspended"),
    "case_resumed": _l("Case resumed"),
    "effect_done": _l("Done by the system"),
    "effect_failed": _l("The system failed"),
    "paper_added": _l("Paper added"),
    "remark_written": _l("Remark written"),
    "remark_withdrawn": _l("Remark taken back"),
    "voting_closed": _l("Vote closed"),
    "member_marked_absent": _l("Member noted as absent"),
    "round_opened": _l("Vote opened"),
    "member_came_late": _l("Member came late"),
    "member_went_away": _l("Presence taken back"),
    "member_relieved": _l("Member left while the council voted"),
    "opinion_entered": _l("Written opinion entered"),
    "paper_count_entered": _l("Paper ballots counted"),
    "votes_counted": _l("Votes counted"),
    "count_refused": _l("Count refused"),
    "count_repeated": _l("Count repeated"),
    "vote_voided": _l("Vote voided"),
    "relation_declared": _l("Relation to a nominee declared"),
    "ballot_keys_destroyed": _l("Keys of ballot boxes destroyed"),
    "awards_imported": _l("List of past awards taken over"),
    "history_filled": _l("Earlier awards entered in the history"),
    "awards_taken_back": _l("List of past awards taken back"),
    "same_person_judged": _l("Same person or another: judged"),
    "eligibility_checked": _l("Conditions checked"),
    "rows_imported": _l("List sent"),
    "rows_import_ended": _l("List taken over"),
    "bulk_begun": _l("Act on many begun"),
    "bulk_ended": _l("Act on many ended"),
    "task_assigned": _l("Task given to somebody"),
    "decision_undone": _l("Decision undone"),
    "suspension_ordered": _l("Suspension ordered"),
    "deadline_moved": _l("Deadline moved"),
    "follow_code_made": _l("Code to follow it made"),
    "follow_code_withdrawn": _l("Code to follow it withdrawn"),
    "suspension_review_moved": _l("Day of review of a suspension moved"),
    "suspension_review_due": _l("Suspension to be reviewed"),
    "nomination_escalated": _l("Proposed for another level's award"),
    "warning_overridden": _l("Warning of a condition let pass"),
    "awards_registered": _l("Awards entered into the register"),
    "signed_paper_recorded": _l("Signed decision recorded"),
    "copies_sent": _l("Decision sent to its recipients"),
    "code_issued": _l("Code to check a paper made"),
    "final_text_taken": _l("Text of a decision brought back from Word"),
    "final_text_decided": _l("Text from Word decided on"),
    "awards_corrected": _l("Texts of awards put right"),
    "awards_revoked": _l("Awards revoked"),
    "certificate_reissued": _l("Certificate made anew"),
    "certificate_read": _l("Certificate opened"),
    "payees_entered": _l("Payees of prize money entered"),
    "erasure_proposed": _l("Erasure of personal data proposed"),
    "erasure_decided": _l("Erasure of personal data decided on"),
    "erasure_withdrawn": _l("Proposal to erase personal data withdrawn"),
    "case_erased": _l("Personal data of a case erased"),
    "payees_erased": _l("Identity numbers of payees erased"),
    "prizes_paid": _l("Prize money paid"),
    "payment_undone": _l("Payment taken back"),
    "repayment_undone": _l("Repayment taken back"),
    "fund_set": _l("Estimate of the fund entered"),
    "publication_agreed": _l("Consent to show awards noted"),
    "publication_ended": _l("Award taken off the public page"),
    "award_notices_sent": _l("Awardees told to come"),
    "file_archived": _l("File closed for the archive"),
    "blank_saved": _l("Certificate blank measured"),
    "blank_deleted": _l("Certificate blank deleted"),
    "signing_key_added": _l("Signing key added"),
    "signing_key_deactivated": _l("Signing key switched off"),
    "seal_picture_kept": _l("Picture of a seal kept"),
    "paper_signed": _l("Paper signed with a key"),
    "print_run_begun": _l("Certificates being printed"),
    "print_run_ended": _l("Printing of certificates ended"),
    "print_taken": _l("Printed certificates taken"),
    "letter_entered": _l("Letter of thanks made"),
    "letter_taken_back": _l("Letter of thanks taken back"),
    "deployment_made": _l("Diagram put into use"),
    "plan_imported": _l("Plan loaded"),
    "rule_set_imported": _l("Rule set loaded"),
    "units_reminded": _l("Units reminded"),
    "reports_closed": _l("Reports of a review closed"),
    "rule_set_drafted": _l("Rule set amended in a draft"),
    "rule_set_decided": _l("Draft of a rule set decided"),
    "rule_set_returned": _l("Draft of a rule set returned"),
    "office_day_set": _l("Working calendar changed"),
    "office_day_taken": _l("Working calendar changed back"),
    "criteria_imported": _l("Criteria table loaded"),
    "criteria_drafted": _l("Criteria table drafted"),
    "criteria_decided": _l("Draft of a criteria table decided"),
    "criteria_returned": _l("Draft of a criteria table returned"),
    "cluster_pairs_set": _l("Who scores whom in a cluster set"),
    "cluster_founded": _l("Cluster founded"),
    "cluster_member_joined": _l("Unit joined a cluster"),
    "cluster_member_left": _l("Unit left a cluster"),
    "cluster_year_set": _l("Year of a cluster prepared"),
    "units_imported": _l("Units entered"),
    "cadre_body_set": _l("Party body that manages cadres named"),
    "person_added": _l("Person entered"),
    "password_set": _l("Password set"),
    "role_given": _l("Role given"),
    "role_ended": _l("Role ended"),
    "people_imported": _l("List of people taken over"),
    "office_handed_over": _l("Office handed over"),
    "task_handed_over": _l("Task handed over"),
    "case_handed_over": _l("Case handed over"),
    "unit_added": _l("Unit added"),
    "unit_renamed": _l("Unit renamed"),
    "unit_closed": _l("Unit closed"),
    "units_merged": _l("Units merged"),
    "unit_split": _l("Unit split"),
    "cases_move_begun": _l("Dossiers begin to go over to another unit"),
    "cases_move_ended": _l("Dossiers have gone over to another unit"),
    "case_moved": _l("Case moved to another unit"),
    "account_closed": _l("Account closed"),
    "account_reopened": _l("Account reopened"),
    "council_formed": _l("Council formed"),
    "vote_profile_drafted": _l("Voting rule drafted"),
    "vote_profile_decided": _l("Voting rule decided"),
    "question_asked": _l("Question asked"),
    "question_answered": _l("Question answered"),
    "email_changed": _l("E-mail address changed"),
    "membership_began": _l("Member joined a council"),
    "membership_ended": _l("Member left a council"),
    "token_made": _l("Access token made"),
    "token_revoked": _l("Access token revoked"),
    "delegation_proposed": _l("Delegation proposed"),
    "delegation_accepted": _l("Delegation accepted"),
    "delegation_declined": _l("Delegation declined"),
    "delegation_revoked": _l("Delegation ended early"),
    "delegation_ended": _l("Delegation ended"),
    "absence_noted": _l("Absence noted"),
    "absence_taken": _l("Absence taken out"),
    "clock_moved": _l("Demo clock moved"),
    "checkpoint_made": _l("Checkpoint signed"),
    "act_refused": _l("Act refused"),
    "signed_in": _l("Signed in"),
    "signed_out": _l("Signed out"),
    "sign_in_failed": _l("Sign-in failed"),
    "dossier_read": _l("Dossier read"),
    "paper_read": _l("Paper read"),
    "sample_drawn": _l("Sample drawn"),
    "inbox_reviewed": _l("Past tasks of somebody looked at"),
    "self_test_run": _l("Self-test of the proof run"),
    "session_sealed": _l("Checkpoint signed for a session"),
    "checkpoints_mailed": _l("Checkpoints sent by e-mail"),
    "inspection_begun": _l("Inspection begun"),
    "inspection_changed": _l("Inspection changed"),
    "inspection_ended": _l("Inspection ended"),
    "note_written": _l("Note of inspectors written"),
    "finding_raised": _l("Finding raised"),
    "finding_answered": _l("Finding answered"),
    "finding_reviewed": _l("Answer to a finding reviewed"),
    "finding_withdrawn": _l("Finding withdrawn"),
    "minutes_taken": _l("Inspection minutes taken as a file"),
    "schema_migrated": _l("Database migrated"),
    "log_exported": _l("Log exported"),
    "event_log_exported": _l("Log exported for process mining"),
    "list_exported": _l("List taken as a file"),
    "bundle_exported": _l("Bundle of evidence taken"),
}
KEYS: dict[str, LazyString] = {
    "state_hash": _l("the state of the case"),
    "moves": _l("the path through the diagram"),
    "refused": _l("the recorded input is refused"),
    "inputs": _l("the number of steps"),
    "tasks": _l("the open tasks"),
    "task_times": _l("since when and until when tasks were open"),
    "forms": _l("the forms entered"),
    "stages": _l("the stages it went through"),
}


def verdict_line(verdict: Verdict) -> str:
    """The verdict on a case in a few words."""
    if verdict.holds:
        return _("Verified: it matches")
    if verdict.broken is not None:
        return _("Does not match: the chain of the log is broken")
    if verdict.step is not None:
        return _("Does not match from recorded step %(step)s on", step=verdict.step)
    if verdict.lost:
        return _("Does not match: what was entered is missing, and no erasure is on record")
    return _("Does not match: the data of the case differ from the log")


def verdict_details(verdict: Verdict) -> list[str]:
    """What the verdict stands on, a sentence each."""
    said = [
        _(
            "%(reproduced)s of %(total)s recorded steps gave the recorded state when they were run again.",
            reproduced=verdict.reproduced,
            total=verdict.total,
        )
    ]
    if verdict.broken is not None:
        what = finding_text(verdict.broken)
        said.append(_("At event %(place)s: %(what)s.", place=verdict.broken.place, what=what))
    else:
        said.append(_("The chain of its log has no gap and no change."))
    if verdict.keys:
        keys = ", ".join(str(KEYS[key]) for key in verdict.keys)
        said.append(_("In step %(step)s differs: %(keys)s.", step=verdict.step, keys=keys))
    if verdict.places:
        places = "; ".join(map(str, verdict.places))
        said.append(_("Stored and run again, side by side: %(places)s.", places=places))
    if verdict.deviations:
        keys = ", ".join(str(KEYS[key]) for key in verdict.deviations)
        said.append(_("What is stored now differs from the log: %(keys)s.", keys=keys))
    return said + _erased(verdict)


def _erased(verdict: Verdict) -> list[str]:
    """What was erased by law, and what is missing otherwise."""
    said: list[str] = []
    if verdict.erased_steps:
        said.append(
            ngettext(
                "%(num)s recorded step: erased, hash verified; it moved the diagram as recorded.",
                "%(num)s recorded steps: erased, hash verified; they moved the diagram as recorded.",
                verdict.erased_steps,
            )
        )
    if verdict.lost:
        numbers = ", ".join(f"#{number}" for number in verdict.lost)
        said.append(
            _("Missing, with no erasure on record: the personal parts of %(numbers)s.", numbers=numbers)
        )
    elif verdict.erased:
        said.append(
            ngettext(
                "The personal part of %(num)s event has been erased by law; its hash is verified.",
                "The personal parts of %(num)s events have been erased by law; their hashes are verified.",
                verdict.erased,
            )
        )
    return said

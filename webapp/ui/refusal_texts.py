"""Refused acts as sentences, in the reader's language."""

from http import HTTPStatus

from flask import g
from flask_babel import LazyString
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from webapp.operations.refusals import (
    AlreadyDone,
    CaseEnded,
    CaseFrozen,
    Erased,
    Forbidden,
    HeldByOther,
    InvalidForm,
    NotFound,
    NotNow,
    Refused,
)
from webapp.ui.clock import business_now
from webapp.ui.formats import clock, day, instant

NOT_NOW: dict[str, LazyString] = {
    "signed_meanwhile": _l(
        "What is to be signed has changed meanwhile, or the key was switched off. Nothing was signed: read it as it "
        "stands now, and sign again."
    ),
    "own_finding": _l(
        "You are a member of the inspection that raised this. Somebody else at the organiser answers it."
    ),
    "inspection_over": _l("The inspection has ended; nothing of it can be changed."),
    "no_order": _l("The dossier is not suspended by an order; there is no day of review to move."),
    "no_code": _l("There is no code to withdraw."),
    "task_closed": _l("The task is not open any more."),
    "no_deadline": _l("The task has no deadline."),
    "deadline_of_plan": _l(
        "The deadline is the end of registration, a day of the plan. Who is late asks for leave."
    ),
    "deadline_shared": _l(
        "Others are bound by the same deadline: it is that of the whole step, and is not moved for one."
    ),
    "not_frozen": _l("The dossier is not suspended."),
    "campaign_already_open": _l("The campaign of this plan is under way already."),
    "campaign_suspended": _l("The campaign is suspended. Nothing can be opened in it until it goes on."),
    "campaign_ended": _l("The campaign has ended. Nobody can be registered or nominated in it any more."),
    "registration_not_open": _l("Registration is not open today. See the dates in the campaign's plan."),
    "not_received_yet": _l("The dossier has not been received yet, or the council has decided already."),
    "on_agenda": _l("The dossier stands on an agenda of the council, or the council has passed it already."),
    "campaign_not_launched": _l("The campaign has not been launched yet."),
    "round_not_open": _l("No award round is open today. See the dates in the campaign's plan."),
    "nobody_above": _l("This campaign is your unit's own: nobody above it confirms a list."),
    "nothing_to_gather": _l("Your unit has no accepted registration that does not stand on a list already."),
    "no_response_asked": _l(
        "Your unit is not addressed by this campaign, or has launched a campaign in response already."
    ),
    "registration_over": _l("Registration in this campaign of a unit is over."),
    "no_exemplars": _l(
        "The plan of this campaign says nothing of exemplars. Choose a campaign that has them."
    ),
    "file_not_read": _l("The file could not be compared just now. Send the form again."),
    "nothing_to_retry": _l("This work is done already, or is being done now."),
    "clock_moved": _l("The clock has been moved meanwhile. Look at the working day."),
    "nobody_to_remind": _l("There is nobody to be reminded: all have answered, or were reminded today."),
    "reports_not_open": _l("No reports of this review are being taken at present."),
    "rules_moved": _l(
        "Somebody has gone on from this version, or decided it, meanwhile. Look at the rule set as it stands now."
    ),
    "no_such_warning": _l("There is no such warning on this dossier now. Look at its conditions."),
    "list_under_way": _l("This very list is being taken over already."),
    "too_many_views": _l("You have saved very many views. Delete some of them first."),
    "bundle_too_large": _l(
        "The papers of these cases are more than one file can hold (500 MB). Take the evidence of single cases or"
        " sessions, or of a smaller sample; at the machine, audit export has no such limit."
    ),
    "too_many_exports": _l("Three of your files are being written already. Wait for one, or cancel it."),
    "export_ended": _l("This file has been written or cancelled already."),
    "list_ended": _l("This list has been taken over or cancelled already."),
    "blank_changed": _l("Somebody has measured this blank meanwhile. Look at it as it stands now."),
    "no_draft": _l("There is no draft whose text could come back: it is not drafted yet, or has its number."),
    "text_decided": _l("This text has been decided on already, or another one came after it."),
    "certificate_replaced": _l(
        "This certificate has been replaced by a copy already. Look at the newest one."
    ),
    "certificate_revoked": _l("The award of this certificate is revoked: it is not made anew."),
    "no_number_yet": _l("The decision has no number yet."),
    "sent_meanwhile": _l(
        "A copy to one of these has been recorded meanwhile. Look at the page as it stands now."
    ),
    "paid_meanwhile": _l("One of these prizes has been paid meanwhile. Look at the list as it stands now."),
    "undone_already": _l("This entry has been taken back already."),
    "print_ended": _l("This has been printed or cancelled already."),
    "no_letters_yet": _l("Letters of thanks are made once the decision has its number."),
    "letter_taken_back": _l("This letter has been taken back already."),
    "taken_back": _l("This list has been taken back already."),
    "draft_open": _l(
        "An amendment of this rule set is drafted already. Let it be decided first, or discard it."
    ),
    "profile_decided": _l("This voting rule has been decided already. Look at it as it stands now."),
    "no_rule": _l(
        "No rule set is in force on the day of this act. Ask the administrator to load the one that applies."
    ),
    "nothing_due": _l("Nothing falls due after this instant."),
    "clock_backwards": _l("The business clock only goes forward."),
    "username_taken": _l("Somebody has this user name already. Choose another one."),
    "no_questions": _l("Questions are taken from the invitation until the vote is over."),
    "too_many_questions": _l("You have asked very many questions in this session. Speak to the secretary."),
    "no_answers": _l("The session is concluded; its answers stay as they are."),
    "not_voting": _l("No vote is open in this session."),
    "has_voted": _l("This member's ballot is cast already."),
    "passed_over": _l("This member was noted as not taking part and has no ballot in this vote any more."),
    "by_correspondence": _l("The members vote by correspondence: each of them replies themselves."),
    "being_counted": _l(
        "One of the counting team has entered its numbers already. Let the count be finished, or void the vote."
    ),
    "no_agenda_due": _l("This session is not waiting for its agenda or for a new date."),
    "not_to_be_opened": _l("This session is not waiting to be opened."),
    "no_ties": _l("There are no level results to be decided in this session."),
    "not_counted": _l("The votes have not been counted yet."),
    "other_ballot": _l("This is the sheet of an earlier vote. Read the sheet of the present one."),
    "vote_over": _l("The time to vote has run out. The votes are being counted."),
    "no_ballot_box": _l(
        "The ballot box cannot be made: the server cannot keep its key. Tell the administrator."
    ),
    "nothing_to_void": _l("There is no vote to be voided now."),
    "not_refused": _l("The count has not been refused."),
    "no_written_opinions": _l("By the rule of this vote written opinions do not count."),
    "is_present": _l("This member is present and votes themselves."),
    "decision_numbered": _l(
        "The decision has its number and stands in the register; it cannot be cancelled."
    ),
    "key_reused": _l("The key belongs to another request. Use a new one."),
    "key_too_long": _l("The key is too long; it may have 200 characters."),
    "own_account": _l(
        "This is your own account. Another administrator closes it; you change its password yourself."
    ),
    "own_last_admin_role": _l("By this role you administer. Another administrator can end it."),
    "ended_already": _l("This has ended already."),
    "not_closed": _l("This account is open."),
    "no_account": _l("This person has no account."),
    "password_given": _l("Choose a password of your own first: somebody else knows the present one."),
    "criteria_moved": _l(
        "Somebody has gone on from this version, or decided it, meanwhile. Look at the criteria table as it stands now."
    ),
    "scoring_begun": _l("The scoring of this year has begun already."),
    "pairs_outdated": _l(
        "Other units belong to the cluster than when it was chosen who scores whom. The secretary chooses again first."
    ),
    "too_few_members": _l("At least two units must belong to the cluster today."),
    "session_open": _l(
        "A session of the council of one of these units is under way. Let it end, or cancel it, first."
    ),
    "cases_coming": _l(
        "Dossiers are still going over to one of these units. Wait until they have, or try those again that failed."
    ),
    "delegation_answered": _l("This delegation has been answered or ended already."),
    "delegation_over": _l("The delegation by which you would act has ended."),
    "acts_for_other": _l("It would now be done for somebody else; look at it once more."),
    "conflict_of_delegate_same_hands": _l(
        "You have had another part in this dossier; you cannot act on it for somebody else as well."
    ),
    "conflict_of_delegate_own_hands": _l(
        "You have acted in this dossier for somebody else, in another role, so you cannot act on it in your own role as"
        " well. Somebody else with your role must, or whom you delegate it to."
    ),
    "conflict_of_delegate_same_person": _l(
        "The dossier is about you or about whom you act for, or was opened by one of you. Somebody else must act on it."
    ),
    "conflict_of_delegate_same_unit": _l(
        "You or whom you act for belong to the unit of the nominee. Somebody else must act on it."
    ),
    "conflict_of_delegate_declared": _l(
        "You or whom you act for have declared a relation to the nominee. Somebody else must act on it."
    ),
    "nothing_selected": _l("Tick at least one task; one act is for 500 tasks at most."),
    "no_bulk": _l("This decision is not taken for many at once."),
    "nobody_to_give_to": _l("This person does not hold the role that all of these tasks ask for."),
    "bulk_ended": _l("This has ended already."),
    "erasure_kept": _l("The time for which the file is kept is not over."),
    "erasure_own": _l("Who proposed an erasure does not decide on it. Somebody else must."),
    "erasure_withdrawn": _l("Whoever proposed the erasure has taken it back."),
    "erasure_done": _l("The personal data of this dossier were erased already."),
    "erasure_open": _l("The dossier is still in progress."),
    "erasure_suspended": _l(
        "The dossier is suspended until a complaint or another matter has been looked into."
    ),
    "erasure_award": _l(
        "An award in a decision stands on this dossier: it is kept with the file of the decision."
    ),
    "erasure_higher_award": _l(
        "The decision of a level above stands on this dossier: it is kept as long as the award is."
    ),
    "erasure_inspection": _l(
        "A finding of an inspection stands on this dossier, and the inspection has not ended."
    ),
    "erasure_stands_on": _l("A nomination stands on it, and its data were not erased yet."),
    "erasure_campaign": _l("The registration is in force until the campaign has ended."),
    "erasure_promises": _l(
        "The system has not finished its work on this dossier. Try again in some minutes."
    ),
    "undo_over": _l("The time to undo has run out, or it has been undone already."),
    "no_council": _l("This unit has no council. The administrator enters it first."),
}
STATUS: dict[type[Refused], HTTPStatus] = {
    NotFound: HTTPStatus.NOT_FOUND,
    Forbidden: HTTPStatus.FORBIDDEN,
    InvalidForm: HTTPStatus.UNPROCESSABLE_ENTITY,
    Erased: HTTPStatus.GONE,
}


def status_of(refusal: Refused) -> HTTPStatus:
    """The HTTP status a refusal answers with; a conflict with how things stand unless said otherwise."""
    return STATUS.get(type(refusal), HTTPStatus.CONFLICT)


def refusal_text(refusal: Refused) -> str:
    """Why the act was not done; that the request was refused is noted with it (`webapp/ui/access.py`)."""
    g.refused = refusal.code
    match refusal:
        case AlreadyDone():
            return _already_done(refusal)
        case HeldByOther():
            return _("%(name)s has taken this task.", name=refusal.holder)
        case CaseFrozen():
            return _("The dossier is suspended. Nothing can be done with it until it is resumed.")
        case CaseEnded():
            return _("The dossier has been concluded.")
        case Erased():
            return _("The personal data of this dossier were erased by law, and its papers with them.")
        case InvalidForm():
            return _("Something in the form is missing or wrong.")
        case NotNow() if refusal.code in NOT_NOW:
            return str(NOT_NOW[refusal.code])
    return _("The present state of the matter does not allow it.")


def _already_done(refusal: AlreadyDone) -> str:
    if refusal.at is None:
        return _("The time for this has run out, or the dossier has moved on.")
    same_day = day(refusal.at) == day(business_now())
    when = clock(refusal.at) if same_day else instant(refusal.at)
    if refusal.own:
        return _("You have settled it yourself at %(when)s.", when=when)
    if refusal.by is None:
        return _("Already settled at %(when)s.", when=when)
    return _("Already settled by %(name)s at %(when)s.", name=refusal.by, when=when)

"""Notices as sentences, and how many wait to be read."""

import datetime as dt
from collections.abc import Callable, Iterator, Mapping

from flask import Flask, current_app, url_for
from flask_babel import gettext as _
from flask_login import current_user

from webapp.extensions import db
from webapp.i18n import content
from webapp.queries.notices import NoticeRow, unread_notices
from webapp.ui.access import person
from webapp.ui.after_notices import AFTER
from webapp.ui.award_notices import AWARDS
from webapp.ui.cases import case_name
from webapp.ui.dated_notices import DATED, LATE, inner_quotes
from webapp.ui.draft_notices import DRAFTS, OF_DELEGATIONS
from webapp.ui.formats import day, money
from webapp.ui.inspection_words import NOTICES
from webapp.ui.office_notices import OFFICES
from webapp.ui.owing import owed_notice
from workflows.values import local_day

LIST = "tracking.list_notices"
OWED = "work_owed"
QUOTED = 300
"""Letters of what somebody wrote that stand in a notice."""

PAGES = {
    "session_result_letter": "council.list_letters",
    **dict.fromkeys(("rule_set_submitted", "rule_set_returned"), "campaigns.show_rules"),
    **dict.fromkeys(("vote_rule_drafted", "vote_rule_approved", "vote_rule_discarded"), "council.list_rules"),
    "decision_sent": "awards.list_received",
    OWED: "inbox.show_inbox",
    **dict.fromkeys(OF_DELEGATIONS, "delegations.list_delegations"),
    **dict.fromkeys(("criteria_submitted", "criteria_returned"), "clusters.show_criteria_table"),
}
"""Where a notice leads that is for people who may not know of its case itself."""


def init_app(app: Flask) -> None:
    """Give templates `notice_text`, `notices_url` and `unread`."""
    app.jinja_env.globals.update(notice_text=notice_text, notices_url=notices_url, unread=unread)


def notices_url() -> str:
    """Where the bell leads; empty for a visitor."""
    known = LIST in current_app.view_functions and current_user.is_authenticated
    return url_for(LIST) if known else ""


def notice_page(template: str, code: str) -> str:
    """The page of its own that a notice of this template leads to; empty where it leads to its case."""
    endpoint = PAGES.get(template, "")
    if template == OWED:
        return url_for(endpoint)
    return url_for(endpoint, code=code or None) if endpoint in current_app.view_functions else ""


def unread() -> int:
    """How many notices the person signed in has not read."""
    return unread_notices(db.session(), person().id)


def notice_text(notice: NoticeRow) -> str:
    """What a notice says, naming the case it is about."""
    name = case_name(notice.process or "", notice.values["title"])
    if notice.template == OWED:
        return owed_notice(notice.values)
    told = SENTENCES[notice.template](name, notice.values["code"])
    if unit := notice.values.get("unit") if notice.template in LATE else None:
        told = LATE[notice.template](name, content(unit))
    if ground := notice.values.get("ground"):
        told = _("%(told)s Ground: %(ground)s.", told=told, ground=content(ground))
    if milestone := notice.values.get("milestone"):
        told = _("%(told)s About: %(milestone)s.", told=told, milestone=content(milestone))
    if task := notice.values.get("task"):
        told = _("%(told)s Task: %(task)s.", told=told, task=shortened(task).rstrip("."))
    if due := notice.values.get("due") if notice.template in DATED else None:
        told = DATED[notice.template](told, day(_day_of(due)))
    if reason := notice.values.get("reason"):
        told = _("%(told)s What was written: “%(reason)s”", told=told, reason=inner_quotes(shortened(reason)))
    return " ".join([told, *_award(notice.values)])


def _award(values: Mapping[str, str]) -> Iterator[str]:
    """What was awarded, by which decision, and the prize; notices from before do not say it."""
    if "award" in values:
        yield _("Award: %(award)s.", award=content(values["award"]))
    if "number" in values and "decided" in values:
        on = dt.date.fromisoformat(values["decided"])
        yield _("Decision no. %(number)s of %(day)s.", number=values["number"], day=day(on))
    if "prize" in values:
        yield _("Prize money: %(prize)s.", prize=money(int(values["prize"])))


def _day_of(due: str) -> dt.date:
    """The day of a deadline that is kept as a day or as an instant."""
    return local_day(dt.datetime.fromisoformat(due)) if "T" in due else dt.date.fromisoformat(due)


def shortened(text: str) -> str:
    """The beginning of a text, cut between words: a notice leads to the page that has the rest."""
    flat = " ".join(text.split())
    return flat if len(flat) <= QUOTED else flat[:QUOTED].rpartition(" ")[0] + " …"


SENTENCES: dict[str, Callable[[str, str], str]] = {
    **AFTER,
    **AWARDS,
    **DRAFTS,
    **OFFICES,
    **NOTICES,
    "plan_published": lambda name, code: _(
        "The plan “%(name)s” has been published. Acknowledge it and file the plan of your unit.",
        name=inner_quotes(name),
    ),
    "acknowledgement_reminder": lambda name, code: _(
        "Your unit has not yet acknowledged the plan “%(name)s”.", name=inner_quotes(name)
    ),
    "acknowledgement_overdue": lambda name, code: _(
        "A unit has not acknowledged the plan “%(name)s” in time.", name=inner_quotes(name)
    ),
    "opinion_reminder": lambda name, code: _(
        "The opinion of your unit on the dossier of %(name)s (%(code)s) is due soon.", name=name, code=code
    ),
    "opinion_asked": lambda name, code: _(
        "Your unit is asked for its opinion on the dossier of %(name)s (%(code)s).", name=name, code=code
    ),
    "supplement_asked": lambda name, code: _(
        "The dossier of %(name)s (%(code)s) needs a supplement.", name=name, code=code
    ),
    "submission_received": lambda name, code: _("%(name)s (%(code)s) was received.", name=name, code=code),
    "report_reminder": lambda name, code: _(
        "The report of your unit on the indicators of “%(name)s” is due soon.", name=inner_quotes(name)
    ),
    "report_overdue": lambda name, code: _(
        "A unit has not reported on the indicators of “%(name)s” in time.", name=inner_quotes(name)
    ),
    "registration_supplement": lambda name, code: _(
        "The registration of %(name)s (%(code)s) needs a supplement.", name=name, code=code
    ),
    "registration_rejected": lambda name, code: _(
        "The registration of %(name)s (%(code)s) was rejected.", name=name, code=code
    ),
    "late_registration_refused": lambda name, code: _(
        "%(name)s (%(code)s) gets no leave to register late; the reason stands on its page.",
        name=name,
        code=code,
    ),
    "registration_change_refused": lambda name, code: _(
        "%(name)s (%(code)s) was not accepted.", name=name, code=code
    ),
    "confirmation_overdue": lambda name, code: _(
        "%(name)s (%(code)s) has not been confirmed in time.", name=name, code=code
    ),
    "response_launched": lambda name, code: _(
        "A unit has launched a campaign in response: %(name)s.", name=name
    ),
    "task_assigned": lambda name, code: _("Given to you: %(name)s (%(code)s).", name=name, code=code),
    "commune_check_due": lambda name, code: _(
        "The check of the dossier of %(name)s (%(code)s) is due.", name=name, code=code
    ),
    "intake_overdue": lambda name, code: _(
        "%(name)s (%(code)s) has not been received in time.", name=name, code=code
    ),
    "appraisal_reminder": lambda name, code: _(
        "The appraisal of the dossier of %(name)s (%(code)s) is due soon.", name=name, code=code
    ),
    "appraisal_overdue": lambda name, code: _(
        "The appraisal of the dossier of %(name)s (%(code)s) is over-due.", name=name, code=code
    ),
    "extraordinary_reminder": lambda name, code: _(
        "The dossier of %(name)s (%(code)s) for an extraordinary merit is due soon.", name=name, code=code
    ),
    "extraordinary_overdue": lambda name, code: _(
        "The dossier of %(name)s (%(code)s) for an extraordinary merit is over-due.", name=name, code=code
    ),
    "extraordinary_refused": lambda name, code: _(
        "The chairman does not award the extraordinary merit of %(name)s (%(code)s).", name=name, code=code
    ),
    "supplement_reminder": lambda name, code: _(
        "The supplement to the dossier of %(name)s (%(code)s) is due soon.", name=name, code=code
    ),
    "supplement_overdue": lambda name, code: _(
        "The supplement to the dossier of %(name)s (%(code)s) did not come in time.", name=name, code=code
    ),
    "province_appraisal_overdue": lambda name, code: _(
        "The appraisal of the dossier of %(name)s (%(code)s) at province level is over-due.",
        name=name,
        code=code,
    ),
    "nomination_awarded": lambda name, code: _(
        "The dossier of %(name)s (%(code)s) is awarded.", name=name, code=code
    ),
    "higher_refused": lambda name, code: _("Not awarded above: %(name)s (%(code)s).", name=name, code=code),
    "nomination_rejected": lambda name, code: _(
        "The dossier of %(name)s (%(code)s) was found not eligible.", name=name, code=code
    ),
    "nomination_not_passed": lambda name, code: _(
        "The council did not pass the dossier of %(name)s (%(code)s).", name=name, code=code
    ),
    "session_invitation": lambda name, code: _(
        "You are invited to a session of the council: %(name)s.", name=name
    ),
    "question_asked": lambda name, code: _("A member of the council asked a question: %(name)s.", name=name),
    "question_answered": lambda name, code: _("A question was answered: %(name)s.", name=name),
    "session_result_letter": lambda name, code: _(
        "The letter with the results of your unit is there: %(name)s of the council.", name=name
    ),
    "review_concluded": lambda name, code: _(
        "The conference on “%(name)s” has been concluded; its conclusions stand on the page of the campaign.",
        name=inner_quotes(name),
    ),
    "review_assigned": lambda name, code: _(
        "The conference on “%(name)s” has given your unit a task.", name=inner_quotes(name)
    ),
    "nomination_suspended": lambda name, code: _(
        "The dossier of %(name)s (%(code)s) has been suspended: nothing is done with it for the time being.",
        name=name,
        code=code,
    ),
    "nomination_resumed": lambda name, code: _(
        "The dossier of %(name)s (%(code)s) goes on after its suspension.", name=name, code=code
    ),
    "suspension_review": lambda name, code: _(
        "The day of review of a suspended dossier has come: %(name)s (%(code)s).", name=name, code=code
    ),
    "cluster_scores_open": lambda name, code: _(
        "The self-scores are closed; score the unit you were given: %(name)s.", name=name
    ),
    "cluster_ranking_published": lambda name, code: _(
        "The ranking is published; vote for the leading unit: %(name)s.", name=name
    ),
    "cluster_self_reminder": lambda name, code: _(
        "Your unit has not scored itself yet: %(name)s.", name=name
    ),
    "cluster_cross_reminder": lambda name, code: _(
        "Your unit has not yet scored the unit it was given: %(name)s.", name=name
    ),
    "cluster_vote_reminder": lambda name, code: _(
        "Your unit has not yet voted for the leading unit: %(name)s.", name=name
    ),
    "exemplar_verification_reminder": lambda name, code: _(
        "The verification of the exemplar %(name)s (%(code)s) is due soon.", name=name, code=code
    ),
    "exemplar_verification_overdue": lambda name, code: _(
        "The verification of the exemplar %(name)s (%(code)s) is over-due.", name=name, code=code
    ),
    "exemplar_verified": lambda name, code: _(
        "The exemplar you proposed was verified and is fostered now: %(name)s (%(code)s).",
        name=name,
        code=code,
    ),
    "exemplar_supplement": lambda name, code: _(
        "Your proposal of an exemplar needs a supplement: %(name)s (%(code)s).", name=name, code=code
    ),
    "exemplar_refused": lambda name, code: _(
        "The exemplar you proposed was not recognised; the ground stands on its page: %(name)s (%(code)s).",
        name=name,
        code=code,
    ),
    "exemplar_introduced": lambda name, code: _(
        "The exemplar you proposed is introduced to everybody now: %(name)s (%(code)s).", name=name, code=code
    ),
    "exemplar_selected": lambda name, code: _(
        "The exemplar was chosen to be introduced: %(name)s (%(code)s).", name=name, code=code
    ),
    "exemplar_fostered_on": lambda name, code: _(
        "The exemplar is to be fostered further: %(name)s (%(code)s).", name=name, code=code
    ),
    "exemplar_not_chosen": lambda name, code: _(
        "The exemplar was not chosen to be introduced: %(name)s (%(code)s).", name=name, code=code
    ),
    "exemplar_withdrawn": lambda name, code: _(
        "The exemplar was withdrawn: %(name)s (%(code)s).", name=name, code=code
    ),
    "exemplar_taken_down": lambda name, code: _(
        "The exemplar is no longer introduced, its public page is taken down: %(name)s (%(code)s).",
        name=name,
        code=code,
    ),
    "replication_exemplar_gone": lambda name, code: _(
        "The exemplar your unit applies is no longer introduced; you go on applying and reporting: "
        "%(name)s (%(code)s).",
        name=name,
        code=code,
    ),
    "replication_returned": lambda name, code: _(
        "What you recorded about applying an exemplar was sent back: %(name)s (%(code)s).",
        name=name,
        code=code,
    ),
    "vote_reminder": lambda name, code: _("You have not voted yet: %(name)s.", name=name),
    OWED: lambda name, code: _("You are reminded of tasks that are open, one of them: %(name)s.", name=name),
}
"""Every template of the diagrams and the procedures; a test holds them together."""

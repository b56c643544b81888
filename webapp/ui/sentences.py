"""Events of the log as plain sentences, made at reading in the reader's language."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any

from flask_babel import gettext as _
from flask_babel import ngettext

from webapp.i18n import content
from webapp.queries.history import Line
from webapp.ui.after_sentences import AFTER
from webapp.ui.amendment_sentences import AMENDMENTS
from webapp.ui.award_sentences import AWARDS
from webapp.ui.cluster_sentences import CLUSTERS
from webapp.ui.council_sentences import COUNCIL
from webapp.ui.effect_sentences import effect_sentence, failure_sentence
from webapp.ui.erasure_sentences import ERASURES
from webapp.ui.formats import number
from webapp.ui.history_sentences import HISTORY
from webapp.ui.office_sentences import OFFICES
from webapp.ui.people_sentences import given_reason, who
from webapp.ui.version_sentences import VERSIONS

MINUTE = 60
HOUR = 60 * MINUTE
DAY = 24 * HOUR


def sentence(line: Line) -> str:
    """What an event says, as one sentence without its instant."""
    return SENTENCES[line.event.type](line)


def span(seconds: int) -> str:
    """A span of time as days, as hours below one day, as minutes below one hour."""
    if abs(seconds) < HOUR:
        return ngettext("%(num)s minute", "%(num)s minutes", round(seconds / MINUTE))
    if abs(seconds) < DAY:
        return ngettext("%(num)s hour", "%(num)s hours", round(seconds / HOUR))
    return ngettext("%(num)s day", "%(num)s days", round(seconds / DAY))


def _task(line: Line) -> str:
    """The task as it is called in the diagram, with the unit it is about and the round from the second on."""
    name = content(line.task) or str(line.event.fields.get("element", ""))
    if line.about_unit:
        name = _("%(task)s – %(unit)s", task=name, unit=content(line.about_unit))
    count = line.event.fields.get("round", 1)
    return _("%(task)s (round %(round)s)", task=name, round=count) if count > 1 else name


def _case_opened(line: Line) -> str:
    return _("%(who)s opened “%(process)s”.", who=who(line), process=content(line.process))


def _task_completed(line: Line) -> str:
    if line.decision:
        decision = content(line.decision)
        return _(
            "%(who)s completed “%(task)s”: %(decision)s.", who=who(line), task=_task(line), decision=decision
        )
    return _("%(who)s completed “%(task)s”.", who=who(line), task=_task(line))


def _timers_fired(line: Line) -> str:
    if not line.elements:
        return _("A deadline was reached.")
    return _("Deadline reached: %(what)s.", what="; ".join(content(name) for name in line.elements))


def _timers_shifted(line: Line) -> str:
    told = _("The deadlines were put off by %(span)s.", span=span(line.event.fields["seconds"]))
    if not (line.event.input or {}).get("data", {}).get("clocks"):
        return told
    kept = _("Those counted in days keep the days they had left.")
    return f"{told} {kept}"


def _message_delivered(line: Line) -> str:
    name = line.event.fields["name"]
    if name in RESULTS:
        return RESULTS[name]((line.event.input or {}).get("data", {}))
    if name in ENDINGS:
        return ENDINGS[name]()
    return _("A message arrived: %(what)s.", what="; ".join(content(each) for each in line.elements))


def _submission_result(data: Mapping[str, Any]) -> str:
    if data.get("line") == "returned":
        return _("The dossier was sent back from its submission batch.")
    return _("The dossier was received with its submission batch.")


def _council_result(data: Mapping[str, Any]) -> str:
    match data.get("result"):
        case "passed":
            return _("The council passed the nomination.")
        case "passed_higher":
            return _("The council passed the nomination for a higher award.")
        case "deferred":
            return _("The council deferred the nomination.")
    return _("The council did not pass the nomination.")


def _decision_result(data: Mapping[str, Any]) -> str:
    return _("The award decision was issued.") if data.get("issued") else _("The draft decision was dropped.")


RESULTS: dict[str, Callable[[Mapping[str, Any]], str]] = {
    "submission_result": _submission_result,
    "council_result": _council_result,
    "decision_result": _decision_result,
}
ENDINGS: dict[str, Callable[[], str]] = {
    "votes_counted": lambda: _("The votes are counted."),
    "acclaim_counted": lambda: _("The votes for the leading unit are counted."),
    "cancel_scoring": lambda: _("The scoring was cancelled."),
    "papers_ready": lambda: _("The certificates are ready."),
    "withdraw": lambda: _("The dossier was withdrawn."),
    "end_early": lambda: _("The campaign was ended early."),
    "close_voting": lambda: _("The vote was closed early."),
    "void_vote": lambda: _("The vote is void; the session is to be convened again."),
    "cancel_session": lambda: _("The session was cancelled."),
    "cancel_decision": lambda: _("The draft decision was cancelled."),
    "cancel_correction": lambda: _("The draft decision was cancelled."),
    "withdraw_revocation": lambda: _("The proposal to revoke was withdrawn."),
}


def _task_taken(line: Line) -> str:
    return _("%(who)s took on “%(task)s”.", who=who(line), task=_task(line))


def _task_given_back(line: Line) -> str:
    return _("%(who)s gave “%(task)s” back to the common list.", who=who(line), task=_task(line))


def _task_lapsed(line: Line) -> str:
    task = _task(replace(line, about_unit=""))
    return _("“%(task)s” (%(unit)s) closed without being completed.", task=task, unit=content(line.unit))


def _case_stopped(line: Line) -> str:
    return STOPS[line.event.fields["message"]](who(line)) + given_reason(line)


STOPS: dict[str, Callable[[str], str]] = {
    "withdraw_finding": lambda name: _("%(who)s withdrew the finding.", who=name),
    "withdraw": lambda name: _("%(who)s withdrew the dossier.", who=name),
    "end_early": lambda name: _("%(who)s ended the campaign early.", who=name),
    "cancel_session": lambda name: _("%(who)s cancelled the session.", who=name),
    "cancel_scoring": lambda name: _("%(who)s cancelled the scoring.", who=name),
    "cancel_decision": lambda name: _("%(who)s cancelled the draft decision.", who=name),
    "cancel_correction": lambda name: _("%(who)s cancelled the draft decision.", who=name),
    "withdraw_revocation": lambda name: _("%(who)s withdrew the proposal to revoke.", who=name),
}


def _case_frozen(line: Line) -> str:
    return _("%(who)s suspended the dossier.", who=who(line)) + given_reason(line)


def _case_resumed(line: Line) -> str:
    pause = span(line.event.fields["seconds"])
    return _("%(who)s resumed the dossier after %(span)s.", who=who(line), span=pause) + given_reason(line)


def _paper_added(line: Line) -> str:
    name = line.paper or line.event.fields["kind"]
    if line.about_unit:
        name = _("%(task)s – %(unit)s", task=name, unit=content(line.about_unit))
    return _("%(who)s added “%(paper)s”.", who=who(line), paper=name)


PASSED = frozenset({"passed", "passed_higher"})


def _votes_counted(line: Line) -> str:
    results = [each["result"] for each in line.event.fields["results"]]
    passed, others = sum(result in PASSED for result in results), results.count("not_passed")
    counted = _(
        "The votes were counted: %(passed)s passed, %(others)s not passed.",
        passed=number(passed),
        others=number(others),
    )
    left = len(results) - passed - others
    return f"{counted} {_('Without a result: %(num)s.', num=number(left))}" if left else counted


def _fields(text: Callable[[str, Mapping[str, Any]], str]) -> Callable[[Line], str]:
    """A sentence of who did it and the fields of the event."""
    return lambda line: text(who(line), line.event.fields)


def _rule_set_decided(name: str, at: Mapping[str, Any]) -> str:
    match at["status"]:
        case "submitted":
            return _(
                "%(who)s sent the draft of the rule set %(code)s for approval.", who=name, code=at["code"]
            )
        case "approved":
            return _("%(who)s approved the rule set %(code)s.", who=name, code=at["code"])
    return _("%(who)s discarded the draft of the rule set %(code)s.", who=name, code=at["code"])


SENTENCES: dict[str, Callable[[Line], str]] = {
    "case_opened": _case_opened,
    "task_completed": _task_completed,
    "timers_fired": _timers_fired,
    "timers_shifted": _timers_shifted,
    "message_delivered": _message_delivered,
    "task_taken": _task_taken,
    "task_given_back": _task_given_back,
    "task_lapsed": _task_lapsed,
    "case_stopped": _case_stopped,
    "case_frozen": _case_frozen,
    "case_resumed": _case_resumed,
    "effect_done": lambda line: effect_sentence(line.event.fields["kind"], line.event.fields["result"]),
    "effect_failed": lambda line: failure_sentence(line.event.fields["kind"], line.event.fields["attempts"]),
    "paper_added": _paper_added,
    **COUNCIL,
    **HISTORY,
    **CLUSTERS,
    "votes_counted": _votes_counted,
    **AMENDMENTS,
    **AFTER,
    **ERASURES,
    **AWARDS,
    **VERSIONS,
    "units_reminded": _fields(
        lambda name, at: ngettext(
            "%(who)s reminded %(num)s unit.", "%(who)s reminded %(num)s units.", len(at["units"]), who=name
        )
    ),
    "reports_closed": _fields(
        lambda name, at: _(
            "%(who)s closed the reports of the review “%(code)s”.", who=name, code=at["review"]
        )
    ),
    "rule_set_drafted": _fields(
        lambda name, at: _("%(who)s amended the rule set %(code)s in a draft.", who=name, code=at["code"])
    ),
    "rule_set_decided": _fields(_rule_set_decided),
    "rule_set_returned": _fields(
        lambda name, at: _("%(who)s returned the draft of the rule set %(code)s.", who=name, code=at["code"])
    ),
    "units_imported": _fields(
        lambda name, at: _("%(who)s entered %(count)s units.", who=name, count=number(at["count"]))
    ),
    **OFFICES,
    "clock_moved": lambda line: _(
        "%(who)s moved the clock of the demo by %(span)s.",
        who=who(line),
        span=span(line.event.fields["seconds"]),
    ),
    "checkpoint_made": _fields(
        lambda name, at: _(
            "%(who)s sealed the log: %(streams)s streams, %(events)s events.",
            who=name,
            streams=number(at["streams"]),
            events=number(at["events"]),
        )
    ),
    "act_refused": _fields(
        lambda name, at: _(
            "%(who)s was refused: %(method)s %(path)s.", who=name, method=at["method"], path=at["path"]
        )
    ),
    "signed_out": lambda line: _("%(who)s signed out.", who=who(line)),
    "signed_in": lambda line: _("%(who)s signed in.", who=who(line)),
    "sign_in_failed": lambda line: _("A sign-in failed."),
    "dossier_read": _fields(lambda name, at: _("%(who)s read dossier %(code)s.", who=name, code=at["case"])),
    "paper_read": lambda line: _(
        "%(who)s opened the paper “%(paper)s”.",
        who=who(line),
        paper=line.paper or line.event.fields["paper"],
    ),
    "log_exported": _fields(
        lambda name, at: _("%(who)s exported %(events)s events.", who=name, events=number(at["events"]))
    ),
}
"""Every event of the vocabulary; a test holds the two together."""

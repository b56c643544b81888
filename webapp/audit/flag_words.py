"""Red flags in words: what each kind is called, what it is found from, and the sentence of one."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping
from typing import Any

from flask_babel import LazyString, ngettext
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from webapp.i18n import content
from webapp.queries.red_flags import Names
from webapp.ui.formats import clock, day, instant, money, number

KINDS: dict[str, LazyString] = {
    "decision_before_minutes": _l("Decision before the minutes"),
    "over_quota": _l("Over a quota"),
    "other_prize": _l("Prize other than the rule's"),
    "conflicted_vote": _l("Vote in spite of a conflict of interest"),
    "supplements": _l("Supplement asked too often"),
    "paper_missing": _l("Paper missing"),
    "file_lost": _l("File gone"),
    "rapid": _l("Decided within seconds"),
    "rule_amended": _l("Rules amended meanwhile"),
    "night": _l("Acts at night"),
    "warning_overridden": _l("Warning let pass"),
    "late": _l("After the deadline"),
    "deadline_moved": _l("Deadline moved"),
}
ABOUT: dict[str, LazyString] = {
    "decision_before_minutes": _l(
        "The date of a numbered decision lies before the day on which the minutes of a session that passed its awards"
        " were signed, or these are not signed."
    ),
    "over_quota": _l(
        "With a decision, more of a strand and kind are awarded than the plan has places; or a quota of the rules was"
        " used up when it was drafted, and only warned."
    ),
    "other_prize": _l(
        "The prize entered with a decision is another one than the rules of its date give today: the rules were put"
        " right later, or the data was changed."
    ),
    "conflicted_vote": _l(
        "A member voted on a nominee of their own unit, on themselves, or on somebody to whom they had declared a"
        " relation, as far as roles and relations are known today. Of a secret vote the count alone shows it."
    ),
    "supplements": _l("One level asked for a supplement of a dossier more often than the rules allow."),
    "paper_missing": _l(
        "A dossier went on to the next level although it lacked a paper that its award requires by the rules."
    ),
    "file_lost": _l("A paper was handed in with a step, and its file is not there any more."),
    "rapid": _l(
        "A step was decided sooner after it came than anybody can have read the dossier, or sooner after the same"
        " person had decided another one, of this dossier or of another. What was decided for many at once, as one"
        " act, comes after nothing, and nothing after it."
    ),
    "rule_amended": _l("A version of the rules of a case came into force while it was being decided."),
    "night": _l("People acted at night, in Việt Nam time; what the system does by itself does not count."),
    "warning_overridden": _l("A secretary let a warning of the conditions pass, with a reason."),
    "late": _l("A task was completed after its deadline."),
    "deadline_moved": _l("Somebody moved the deadline of a task, with a reason."),
}
REASONS: dict[str, LazyString] = {
    "same_person": _l("is the nominee"),
    "same_unit": _l("belongs to the same unit"),
    "declared": _l("had declared a relation"),
}
SHOWN = 3
"""So many of a long list are named in a sentence."""

Facts = Mapping[str, Any]


def flag_sentence(kind: str, facts: Facts, at: dt.datetime, names: Names) -> str:
    """A flag as a sentence; ``at`` is when the act was done."""
    return _SENTENCES[kind](facts, at, names)


def _before_minutes(facts: Facts, _at: dt.datetime, _names: Names) -> str:
    dated, said = _day(facts["dated"]), []
    for session, signed in facts["sessions"].items():
        if signed:
            said.append(_("minutes of session %(code)s signed on %(day)s", code=session, day=_day(signed)))
        else:
            said.append(_("minutes of session %(code)s not signed", code=session))
    return _("The decision is dated %(dated)s: %(minutes)s.", dated=dated, minutes=_listed(said))


def _over_quota(facts: Facts, _at: dt.datetime, names: Names) -> str:
    if "findings" in facts:
        codes = _by(facts["findings"], "condition", "nomination")
        said = [f"{_condition(code, names)} ({_listed(of)})" for code, of in codes.items()]
        return _("A quota was used up: %(quotas)s.", quotas=_listed(said))
    pools = [
        _(
            "%(given)s of at most %(most)s (%(pool)s; %(strand)s; %(round)s)",
            given=number(each["given"]),
            most=number(each["at_most"]),
            pool=content(each["pool"]),
            strand=content(each["strand"]),
            round=content(each["round"]),
        )
        for each in facts["pools"]
    ]
    return _("More awards than places of the plan: %(pools)s.", pools=_listed(pools))


def _other_prize(facts: Facts, _at: dt.datetime, _names: Names) -> str:
    said = [
        _(
            "%(code)s %(prize)s instead of %(rule)s",
            code=each["nomination"],
            prize=money(each["prize"] or 0),
            rule=money(each["rule"] or 0),
        )
        for each in facts["awards"]
    ]
    return _("By the rules of %(day)s: %(prizes)s.", day=_day(facts["dated"]), prizes=_listed(said))


def _conflicted(facts: Facts, _at: dt.datetime, names: Names) -> str:
    said = [f"{code} ({REASONS[reason]})" for code, reason in facts["reasons"].items()]
    who = names.people.get(facts["person"], facts["person"])
    return _("%(who)s voted on %(nominees)s.", who=who, nominees=_listed(said))


def _supplements(facts: Facts, _at: dt.datetime, names: Names) -> str:
    return _(
        "“%(task)s”: a supplement asked for %(times)s times; the rules allow %(limit)s.",
        task=_task(facts, names),
        times=number(facts["times"]),
        limit=number(facts["limit"]),
    )


def _paper_missing(facts: Facts, _at: dt.datetime, names: Names) -> str:
    papers = [content(names.papers.get(code, code)) for code in facts["papers"]]
    return _("The dossier went on without: %(papers)s.", papers=_listed(papers, "; "))


def _file_lost(facts: Facts, _at: dt.datetime, _names: Names) -> str:
    digests = _listed([f"{digest[:12]}…" for digest in facts["digests"]])
    return _("What was handed in is not there any more: SHA-256 %(digests)s.", digests=digests)


def _rapid(facts: Facts, _at: dt.datetime, names: Names) -> str:
    if "before" in facts:
        return ngettext(
            "“%(task)s” was decided %(num)s second after the same person had decided “%(before)s” of %(code)s.",
            "“%(task)s” was decided %(num)s seconds after the same person had decided “%(before)s” of %(code)s.",
            facts["seconds"],
            task=_task(facts, names),
            before=content(names.tasks.get(facts["before"], facts["before"])),
            code=facts["case"],
        )
    return ngettext(
        "“%(task)s” was decided %(num)s second after it came.",
        "“%(task)s” was decided %(num)s seconds after it came.",
        facts["seconds"],
        task=_task(facts, names),
    )


def _amended(facts: Facts, _at: dt.datetime, names: Names) -> str:
    title = content(names.rules.get(facts["rules"], facts["rules"]))
    when = instant(dt.datetime.fromisoformat(facts["at"]))
    return _("“%(rules)s” was amended at %(when)s, while the case ran.", rules=title, when=when)


def _night(facts: Facts, at: dt.datetime, _names: Names) -> str:
    begun, until = clock(at), clock(dt.datetime.fromisoformat(facts["until"]))
    if begun == until:
        return _("Done at %(time)s.", time=begun)
    return _(
        "%(count)s events of the log between %(from)s and %(until)s.",
        **{"from": begun, "until": until, "count": number(facts["acts"])},
    )


def _let_pass(facts: Facts, _at: dt.datetime, names: Names) -> str:
    return _("The warning “%(condition)s” was let pass.", condition=_condition(facts["condition"], names))


def _late(facts: Facts, _at: dt.datetime, names: Names) -> str:
    task, due = _task(facts, names), _day(facts["due"])
    if not facts["days"]:
        return _("“%(task)s” was done after its hour on %(due)s.", task=task, due=due)
    return ngettext(
        "“%(task)s” was done %(num)s day late: it was due on %(due)s.",
        "“%(task)s” was done %(num)s days late: it was due on %(due)s.",
        facts["days"],
        task=task,
        due=due,
    )


def _moved(facts: Facts, _at: dt.datetime, names: Names) -> str:
    return _(
        "The deadline of “%(task)s” was moved from %(before)s to %(after)s.",
        task=_task(facts, names),
        before=_day(facts["before_date"]),
        after=_day(facts["after_date"]),
    )


_SENTENCES: dict[str, Callable[[Facts, dt.datetime, Names], str]] = {
    "decision_before_minutes": _before_minutes,
    "over_quota": _over_quota,
    "other_prize": _other_prize,
    "conflicted_vote": _conflicted,
    "supplements": _supplements,
    "paper_missing": _paper_missing,
    "file_lost": _file_lost,
    "rapid": _rapid,
    "rule_amended": _amended,
    "night": _night,
    "warning_overridden": _let_pass,
    "late": _late,
    "deadline_moved": _moved,
}


def _day(text: str) -> str:
    return day(dt.date.fromisoformat(text))


def _task(facts: Facts, names: Names) -> str:
    return content(names.tasks.get(facts["task"], facts["task"]))


def _condition(code: str, names: Names) -> str:
    return content(names.conditions[code]) if code in names.conditions else _("places of the plan")


def _by(rows: list[dict[str, str]], key: str, value: str) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for row in rows:
        found.setdefault(row[key], []).append(row[value])
    return found


def _listed(parts: list[str], between: str = ", ") -> str:
    """The first few, and how many more there are."""
    named, more = between.join(parts[:SHOWN]), len(parts) - SHOWN
    return named if more <= 0 else _("%(named)s and %(count)s more", named=named, count=number(more))

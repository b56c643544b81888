"""The rules of red flags. Hints, never verdicts: each says what stands in the record, not why.

Each is a pure function of the recorded acts of a case and of facts that go with them, so that anybody who has both
comes to the same flags. The limits are data of the rule sets (`inspection_limits`, `supplement_limits`).
"""

from __future__ import annotations

import datetime as dt
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator
from dataclasses import asdict
from typing import Final

from workflows.red_flags import KINDS, Act, Amended, Flag, Record, Wait
from workflows.values import VIETNAM, local_day

SYSTEM: Final = "system"
"""As whom the software itself acts in the log: it works at night and at once."""

BINDING: Final = "decision"
"""The point at which a quota binds: what is found before it is for others to weigh."""


def red_flags(record: Record) -> list[Flag]:
    """The flags of a case in the order of the log, each kind once on an event."""
    found = [flag for rule in _RULES for flag in rule(record)]
    return sorted(found, key=lambda flag: (flag.event, KINDS.index(flag.kind)))


def _completed(record: Record) -> Iterator[tuple[Act, Wait]]:
    """Tasks that people completed, with how long they had waited."""
    for act in record.acts:
        if act.type == "task_completed" and act.actor != SYSTEM and act.fields["task"] in record.tasks:
            yield act, record.tasks[act.fields["task"]]


def _rapid(record: Record) -> Iterator[Flag]:
    """A decision on a task sooner after it came up than anybody can have looked at it, or sooner after the same person
    had decided another one than anybody can have turned to it."""
    limit = record.limits.rapid
    for act, wait in _completed(record):
        if limit is None or not act.fields.get("decision"):
            continue
        facts = {"task": act.fields["task"], "limit": limit}
        waited = (act.at - wait.opened).total_seconds()
        before = record.before.get(act.number)
        since = (act.at - before.at).total_seconds() if before else limit
        if 0 <= waited < limit:
            yield Flag("rapid", act.number, facts | {"seconds": int(waited)})
        elif before and since < limit:
            another = {"case": before.case, "before": before.task}
            yield Flag("rapid", act.number, facts | {"seconds": int(since), **another})


def _late(record: Record) -> Iterator[Flag]:
    """A task done after its deadline."""
    for act, wait in _completed(record):
        if wait.due is not None and act.at > wait.due:
            due, done = local_day(wait.due), local_day(act.at)
            facts = {"task": act.fields["task"], "due": due.isoformat(), "days": (done - due).days}
            yield Flag("late", act.number, facts)


def _night(record: Record) -> Iterator[Flag]:
    """What somebody did in one night, on the first act of it."""
    if record.limits.night is None:
        return
    begins, ends = record.limits.night
    nights: defaultdict[tuple[str, dt.date], list[Act]] = defaultdict(list)
    for act in record.acts:
        local = act.at.astimezone(VIETNAM)
        if act.actor != SYSTEM and is_night(local.hour, begins, ends):
            after_midnight = begins > ends > local.hour
            evening = local.date() - dt.timedelta(days=1 if after_midnight else 0)
            nights[act.actor, evening].append(act)
    for acts in nights.values():
        last = acts[-1].at.astimezone(VIETNAM)
        yield Flag("night", acts[0].number, {"acts": len(acts), "until": last.isoformat(timespec="minutes")})


def is_night(hour: int, begins: int, ends: int) -> bool:
    """Whether an hour of the day lies in the night, which may go over midnight; one as long as nothing has none."""
    return begins <= hour < ends if begins <= ends else hour >= begins or hour < ends


def _supplements(record: Record) -> Iterator[Flag]:
    """Each time a level asks for a supplement once more than it may."""
    limit, asked = record.limits.supplements, Counter[str]()
    for act, _wait in _completed(record):
        if limit is None or act.fields.get("decision") != "supplement":
            continue
        asked[act.fields["process"]] += 1
        if (times := asked[act.fields["process"]]) > limit:
            facts = {"task": act.fields["task"], "times": times, "limit": limit}
            yield Flag("supplements", act.number, facts)


def _papers(record: Record) -> Iterator[Flag]:
    for event, papers in record.lacking.items():
        yield Flag("paper_missing", event, {"papers": sorted(papers)})
    for event, digests in record.lost.items():
        yield Flag("file_lost", event, {"digests": sorted(set(digests))})


def _decision(record: Record) -> Iterator[Flag]:
    """Date, prizes and ceilings of a decision, where its awards were entered in the register."""
    decided = record.decided
    registered = next((act for act in record.acts if act.type == "awards_registered"), None)
    if decided is None or registered is None:
        return
    early = {
        session: day.isoformat() if day else None
        for session, day in decided.sessions.items()
        if day is None or decided.dated < day
    }
    if early:
        facts = {"dated": decided.dated.isoformat(), "sessions": dict(sorted(early.items()))}
        yield Flag("decision_before_minutes", registered.number, facts)
    other = [
        {
            "nomination": entry["nomination"],
            "prize": entry["prize"],
            "rule": decided.prizes[entry["nomination"]],
        }
        for entry in registered.fields["entries"]
        if entry["nomination"] in decided.prizes
        and (entry["prize"] or 0) != (decided.prizes[entry["nomination"]] or 0)
    ]
    if other:
        yield Flag("other_prize", registered.number, {"dated": decided.dated.isoformat(), "awards": other})
    if decided.pools:
        yield Flag("over_quota", registered.number, {"pools": [asdict(each) for each in decided.pools]})


def _quotas(record: Record) -> Iterator[Flag]:
    """A quota that was used up when the decision was drafted, and only warned."""
    for act in record.acts:
        if act.type != "eligibility_checked" or act.fields["point"] != BINDING:
            continue
        over = [
            {"nomination": each["nomination"], "condition": each["condition"]}
            for each in act.fields["findings"]
            if each["condition"] in record.limits.quotas
        ]
        if over:
            yield Flag("over_quota", act.number, {"findings": over})


def _conflicts(record: Record) -> Iterator[Flag]:
    """A vote of somebody who was to stand aside."""
    for each in record.conflicts:
        facts = {"person": each.person, "reasons": dict(sorted(each.reasons.items()))}
        yield Flag("conflicted_vote", each.event, facts)


def _amended(record: Record) -> Iterator[Flag]:
    """A rule amended while the case ran: on the last act before it, the state that it met. The latest amendment there
    stands for all."""
    met: dict[int, Amended] = {}
    for each in sorted(record.amended, key=lambda amended: amended.at):
        before = [act.number for act in record.acts if act.at <= each.at]
        if before:
            met[before[-1]] = each
    for number, each in met.items():
        facts = {"rules": each.rules, "version": each.version, "at": each.at.astimezone(VIETNAM).isoformat()}
        yield Flag("rule_amended", number, facts)


def _let_pass(record: Record) -> Iterator[Flag]:
    """What people let pass or moved by an act of its own, with a reason."""
    for act in record.acts:
        if act.type == "warning_overridden":
            yield Flag("warning_overridden", act.number, {"condition": act.fields["condition"]})
        elif act.type == "deadline_moved":
            names = ("task", "before_date", "after_date")
            yield Flag("deadline_moved", act.number, {name: act.fields[name] for name in names})


_RULES: Final[tuple[Callable[[Record], Iterator[Flag]], ...]] = (
    _decision,
    _quotas,
    _conflicts,
    _supplements,
    _papers,
    _rapid,
    _amended,
    _night,
    _let_pass,
    _late,
)

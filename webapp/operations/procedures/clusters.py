"""Scoring of a cluster: points and votes go into tables of their own, the engine hears what comes next."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from decimal import Decimal
from typing import Any

from sqlalchemy import func, select

from webapp.models import AcclaimVote, Case, ClusterYear, Score, YearMember
from webapp.operations import hooks
from webapp.operations.hooks import Carrying, Completing
from webapp.operations.procedures.notices import notify_people
from webapp.operations.refusals import InvalidForm
from webapp.operations.transaction import Transaction
from webapp.queries.cluster_scores import (
    NOBODY,
    MemberScores,
    line_code,
    scores_of,
    votes_of,
    year_members,
    year_of_case,
)
from webapp.queries.clusters import criteria_of
from webapp.queries.people import holders_in
from workflows.criteria import AcclaimRule, CriteriaTable, Criterion
from workflows.forms import Fault
from workflows.rules.deadlines import end_of_day
from workflows.rules.scoring import acclaim, deviates, limit_fault, ranked, total_of
from workflows.values import local_day

Row = Mapping[str, Any]
Line = tuple[YearMember, Criterion]
Needs = Callable[[YearMember, Criterion, Decimal, Row], str | None]
"""Which field of a row is missing for these points, if one is."""

PROCESS = "cluster_scoring"
LIMITS = {"below_zero": "too_small", "above_maximum": "too_large", "too_fine": "too_fine"}


@hooks.completing(PROCESS, "score_self")
def score_self(completing: Completing) -> None:
    """A member's own points, with a paper where the table asks for one."""
    scoring = _Scoring(completing)
    member = next(each for each in scoring.members if each.unit_id == completing.task.unit_id)

    def needs(_member: YearMember, criterion: Criterion, points: Decimal, row: Row) -> str | None:
        return "evidence" if criterion.evidence and points and not row.get("evidence") else None

    scoring.keep("self", {criterion.code: (member, criterion) for criterion in scoring.table.criteria}, needs)


@hooks.completing(PROCESS, "score_cross")
def score_cross(completing: Completing) -> None:
    """The points another member gives; a deviation is explained."""
    scoring = _Scoring(completing)
    member = next(each for each in scoring.members if each.scorer_id == completing.task.unit_id)
    own = scoring.scores[member.id]

    def needs(_member: YearMember, criterion: Criterion, points: Decimal, row: Row) -> str | None:
        far = deviates(scoring.table, own.of("self", criterion.code), points)
        return "note" if far and not row.get("note") else None

    scoring.keep(
        "cross", {criterion.code: (member, criterion) for criterion in scoring.table.criteria}, needs
    )


@hooks.completing(PROCESS, "consolidate_scores")
def consolidate_scores(completing: Completing) -> None:
    """The leader's points for all members; where self- and cross-score lie far apart, with the reason."""
    scoring = _Scoring(completing)

    def needs(member: YearMember, criterion: Criterion, _points: Decimal, row: Row) -> str | None:
        found = scoring.scores[member.id]
        far = deviates(scoring.table, found.of("self", criterion.code), found.of("cross", criterion.code))
        return "note" if far and not row.get("note") else None

    scoring.keep("consolidated", scoring.lines(), needs)


@hooks.completing(PROCESS, "verify_scores")
def verify_scores(completing: Completing) -> Mapping[str, Any] | None:
    """The organiser's points; each that is corrected says why. Accepted, they rank the members and open the vote."""
    if completing.form["decision"] != "accept":
        return None
    scoring, transaction = _Scoring(completing), completing.transaction

    def needs(member: YearMember, criterion: Criterion, points: Decimal, row: Row) -> str | None:
        corrected = points != scoring.scores[member.id].of("consolidated", criterion.code)
        return "note" if corrected and not row.get("note") else None

    given = scoring.keep("verified", scoring.lines(), needs)
    by_id = {member.id: member for member in scoring.members}
    for member in scoring.members:
        points = {code: points for (of, code), points in given.items() if of == member.id}
        member.total = total_of(scoring.table, points).total
    for rank, member_id in ranked({member.id: member.total or Decimal(0) for member in scoring.members}):
        by_id[member_id].rank = rank
    year = scoring.year
    year.published_at = transaction.now.at
    year.round, year.candidates = 1, [member.id for member in scoring.members]
    return {"vote_due": _vote_due(transaction, scoring.table.acclaim.days)}


@hooks.completing(PROCESS, "cast_acclaim")
def cast_acclaim(completing: Completing) -> None:
    """A member's open vote in the present round."""
    session, choice = completing.transaction.session, completing.form["choice"]
    year = year_of_case(session, completing.case.id)
    members = year_members(session, completing.case.id)
    session.add(
        AcclaimVote(
            voter_id=next(each.id for each in members if each.unit_id == completing.task.unit_id),
            round=year.round,
            choice_id=None
            if choice == NOBODY
            else next(each.id for each in members if each.unit.code == choice),
            at=completing.transaction.now.at,
        )
    )


class _Scoring:
    """A form with points: the table, the members and what they have so far."""

    def __init__(self, completing: Completing) -> None:
        self.completing = completing
        session = completing.transaction.session
        self.year = year_of_case(session, completing.case.id)
        self.table: CriteriaTable = criteria_of(self.year.criteria.content)
        self.members = year_members(session, completing.case.id)
        self.scores: Mapping[int, MemberScores] = {
            each.member.id: each for each in scores_of(session, self.members)
        }

    def lines(self) -> dict[str, Line]:
        """Every criterion of every member by its code on the form."""
        return {
            line_code(member, criterion): (member, criterion)
            for member in self.members
            for criterion in self.table.criteria
        }

    def keep(self, kind: str, lines: Mapping[str, Line], needs: Needs) -> dict[tuple[int, str], Decimal]:
        """Check and store a row for each line; returns points by member and criterion. Raises InvalidForm."""
        rows: Sequence[Row] = self.completing.form["scores"]
        named = [row.get("criterion") or row["line"] for row in rows]
        if faults := _line_faults(named, lines):
            raise InvalidForm(faults)
        given = {
            lines[name]: (index, Decimal(str(row["points"])), row)
            for index, (name, row) in enumerate(zip(named, rows, strict=True))
        }
        faults = [
            fault
            for (member, criterion), (index, points, row) in given.items()
            for fault in _row_faults(index, criterion, points, needs(member, criterion, points, row))
        ]
        if faults:
            raise InvalidForm(faults)
        self._store(kind, given)
        return {
            (member.id, criterion.code): points for (member, criterion), (_, points, _row) in given.items()
        }

    def _store(self, kind: str, given: Mapping[Line, tuple[int, Decimal, Row]]) -> None:
        transaction = self.completing.transaction
        ids = [member.id for member in self.members]
        last = select(func.max(Score.round)).where(Score.year_member_id.in_(ids), Score.kind == kind)
        round_ = 1 if kind in ("self", "cross") else (transaction.session.scalar(last) or 0) + 1
        transaction.session.add_all(
            Score(
                year_member_id=member.id,
                criterion=criterion.code,
                kind=kind,
                round=round_,
                points=points,
                note=row.get("note"),
                evidence=list(row.get("evidence", ())),
                person_id=transaction.actor.person_id,
                at=transaction.now.at,
            )
            for (member, criterion), (_index, points, row) in given.items()
        )


def _line_faults(named: Sequence[str], lines: Mapping[str, Line]) -> list[Fault]:
    """Each line once, and none left out."""
    twice = [name for name, count in Counter(named).items() if count > 1]
    missing = [name for name in lines if name not in named]
    found = (("score_twice", twice), ("scores_missing", missing))
    return [Fault("/scores", code, {"count": len(names)}) for code, names in found if names][:1]


def _row_faults(index: int, criterion: Criterion, points: Decimal, missing: str | None) -> list[Fault]:
    limit = limit_fault(criterion, points)
    if limit is not None:
        most = criterion.maximum
        params = (
            {"limit": float(most) if most % 1 else int(most)} if limit == "above_maximum" else {"limit": 0}
        )
        return [Fault(f"/scores/{index}/points", LIMITS[limit], params)]
    return [Fault(f"/scores/{index}/{missing}", "required")] if missing else []


def _vote_due(transaction: Transaction, days: int) -> str:
    day = local_day(transaction.now.at) + dt.timedelta(days=days)
    return end_of_day(day).isoformat()


@hooks.carrying("close_self_scoring")
def close_self_scoring(carrying: Carrying) -> Mapping[str, Any]:
    """From now on the members see one another's scores."""
    session = carrying.transaction.session
    year, members = year_of_case(session, carrying.case.id), year_members(session, carrying.case.id)
    year.self_closed_at = year.self_closed_at or carrying.transaction.now.at
    scored = sum("self" in each.scores for each in scores_of(session, members))
    notified = _tell_members(carrying, members, "cluster_scores_open")
    return {"scored": scored, "members": len(members), "notified": notified}


@hooks.carrying("publish_ranking")
def publish_ranking(carrying: Carrying) -> Mapping[str, Any]:
    """The members hear their ranks, and that they vote."""
    members = year_members(carrying.transaction.session, carrying.case.id)
    return {
        "members": len(members),
        "notified": _tell_members(carrying, members, "cluster_ranking_published"),
    }


def _tell_members(carrying: Carrying, members: Sequence[YearMember], template: str) -> int:
    units = [member.unit_id for member in members]
    session, day = carrying.transaction.session, carrying.transaction.day
    people = holders_in(session, units, ("officer", "commune_chair"), day)
    notify_people(carrying, people, template)
    return len(people)


@hooks.carrying("count_acclaim")
def count_acclaim(carrying: Carrying) -> Mapping[str, Any]:
    """Count the present round and say how it goes on: ``next`` is again or conclude. A round is counted once."""
    transaction, case = carrying.transaction, carrying.case
    year = year_of_case(transaction.session, case.id)
    rule = criteria_of(year.criteria.content).acclaim
    told = {"next": "conclude"}
    result = _counted(transaction, year, case, rule)
    if result == "again":
        told |= {"next": "again", "vote_due": _vote_due(transaction, rule.second_days)}
    message_id = f"{case.code}/{carrying.item.effect_id}"
    transaction.promise("acclaim_counted", told, receiver_id=case.id, message_id=message_id)
    return {"result": result}


def _counted(transaction: Transaction, year: ClusterYear, case: Case, rule: AcclaimRule) -> str:
    members = year_members(transaction.session, case.id)
    votes = votes_of(transaction.session, members, year.round)
    found = acclaim(
        rule,
        list(year.candidates),
        [vote.choice_id for vote in votes],
        len(members),
        second=year.round > 1,
    )
    line = {
        "round": year.round,
        "result": found.result,
        "needed": found.needed,
        "members": found.members,
        "cast": len(votes),
        "counts": [[member_id, count] for member_id, count in found.counts.items()],
    }
    year.counted = [*year.counted, line]
    if found.result == "again":
        year.round, year.candidates = year.round + 1, list(found.leading)
    for member in members:
        member.acclaimed = member.id == found.winner
    return found.result


@hooks.ended(PROCESS)
def conclude(transaction: Transaction, case: Case) -> None:
    """The result stands, and may be the ground of nominations."""
    if case.outcome == "concluded":
        year_of_case(transaction.session, case.id).concluded_at = transaction.now.at

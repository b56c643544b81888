"""A cluster: its members score themselves and one another, the leader consolidates, one is acclaimed."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping
from decimal import Decimal
from typing import Any

from sqlalchemy import select

from webapp.demo.people import Cast
from webapp.demo.sheets import Sheet
from webapp.demo.side_scripts import Cluster
from webapp.demo.stage import Stage
from webapp.demo.telling import Story, at, number, on
from webapp.extensions import db
from webapp.models import Task
from webapp.operations import clusters
from webapp.operations.acting import SYSTEM
from webapp.operations.clusters import NewYear
from webapp.operations.criteria import draft_table, submit_criteria
from webapp.queries.cluster_scores import (
    NOBODY,
    MemberScores,
    first_values,
    json_number,
    scores_of,
    year_members,
)
from webapp.queries.clusters import newest_criteria
from workflows.criteria import SHIPPED_CRITERIA, CriteriaTable, Criterion, parse_criteria
from workflows.criteria_drafts import DraftRow, TableDraft, rows_of
from workflows.rules.scoring import deviates
from workflows.values import local_day

LONG_AGO = dt.date(2018, 1, 1)
DAYS = 4
NEW_CRITERION = "Có cá nhân được nêu gương người tốt, việc tốt"
WHY = "Thống nhất theo minh chứng tại hội nghị cụm, khối."


def cluster(stage: Stage, cast: Cast, script: Cluster) -> Story:
    """One cluster from its founding to the conclusion of its year."""
    play = _Play(stage, cast, script)
    yield at(script.founded, play.key)
    code = play.found()
    yield at(script.opened, play.key)
    play.open(code)
    for instant, unit in sorted(play.moments(dt.date.fromisoformat(script.self_due), "self", {})):
        yield instant
        play.score_self(unit)
    for instant, unit in sorted(play.moments(dt.date.fromisoformat(script.cross_due), "cross", script.late)):
        yield instant
        play.score_cross(unit)
    yield at(script.consolidated, play.key)
    play.consolidate()
    yield at(script.verified, play.key)
    play.verify()
    for unit in script.members:
        yield at(script.votes, f"{play.key}/{unit}")
        play.vote(unit)
    yield at(script.concluded, play.key)
    play.conclude()
    if script.next_drafted:
        yield at(script.next_drafted, play.key)
        play.plan_next(code)


class _Play:
    """One cluster on the stage."""

    def __init__(self, stage: Stage, cast: Cast, script: Cluster) -> None:
        self.stage, self.cast, self.script = stage, cast, script
        self.key = f"cluster/{script.name}"
        text = (SHIPPED_CRITERIA / f"{script.criteria}.yaml").read_text("utf-8")
        self.table: CriteriaTable = parse_criteria(text)
        self.case = ""

    def unit(self, below: str) -> str:
        return f"{self.script.organiser}/{below}"

    def officer(self, below: str) -> str:
        return self.cast.who("officer", self.unit(below))

    def moments(self, due: dt.date, kind: str, late: Mapping[str, str]) -> Iterator[tuple[dt.datetime, str]]:
        """When each member scores: in the last days before the deadline, or at an instant of its own."""
        for unit in self.script.members:
            key = f"{self.key}/{kind}/{unit}"
            day = due - dt.timedelta(days=number(0, DAYS - 1, key) if kind == "self" else DAYS)
            yield (at(late[unit], key) if unit in late else on(day, key)), unit

    def found(self) -> str:
        """Found it, enter the members, prepare the year; returns its code."""
        script = self.script
        by: dict[str, Any] = {"actor": SYSTEM, "now": self.stage.now()}
        code = clusters.found_cluster(script.organiser, script.name, script.kind, **by)
        for unit in script.members:
            clusters.add_unit(code, self.unit(unit), LONG_AGO, **by)
        criteria = next(each for each in newest_criteria(db.session()) if each.code == script.criteria)
        leader, deputy = (self.unit(unit) for unit in script.members[:2])
        clusters.set_year(code, NewYear(script.year, leader, criteria.public_id, deputy), **by)
        return code

    def open(self, code: str) -> None:
        """The leader's officer opens the scoring."""
        days = {"self_due": self.script.self_due, "cross_due": self.script.cross_due}
        officer = self.officer(self.script.members[0])
        self.case = self.stage.open_scoring(officer, code, self.script.year, days)

    def score_self(self, unit: str) -> None:
        """A member's own points, with a paper for each criterion that asks for one."""
        name = self.cast.name(self.unit(unit))
        line = "Số liệu trích từ báo cáo năm của đơn vị, kèm biểu tổng hợp."
        sheet = Sheet("score_evidence", "minh-chung.pdf", name, "Minh chứng chấm điểm", name, (line,))
        rows = [
            {"criterion": c.code, "points": self._own(unit, c)}
            | ({"evidence": [sheet]} if c.evidence else {})
            for c in self.table.criteria
        ]
        self.stage.do(self.officer(unit), "score_self", self.case, {"scores": rows}, self.unit(unit))

    def score_cross(self, unit: str) -> None:
        """What a member gives to the one it scores: often a little less than that one gave itself."""
        table, task = self.table, self.stage.open_task("score_cross", self.case, unit=self.unit(unit))
        scored = self._scored_by(task)
        rows = []
        for criterion in table.criteria:
            own = scored.of("self", criterion.code)
            less = number(0, 5, f"{self.key}/{unit}/{criterion.code}")
            points = max(Decimal(0), (own or Decimal(0)) - max(0, less - 2))
            row: dict[str, Any] = {"criterion": criterion.code, "points": json_number(points)}
            if deviates(table, own, points):
                row["note"] = "Minh chứng chưa đầy đủ."
            rows.append(row)
        self.stage.complete(self.officer(unit), task, {"scores": rows})

    def consolidate(self) -> None:
        """The leader takes the cross-scores, and says why where they differ much."""
        leader = self.officer(self.script.members[0])
        self._confirm(leader, "consolidate_scores", {})

    def verify(self) -> None:
        """The organiser's secretary accepts."""
        secretary = self.cast.who("secretary", self.script.organiser)
        self._confirm(secretary, "verify_scores", {"decision": "accept"})

    def vote(self, unit: str) -> None:
        """Everybody votes for the one the script names; that one for nobody."""
        choice = NOBODY if unit == self.script.acclaimed else self.unit(self.script.acclaimed)
        self.stage.do(self.officer(unit), "cast_acclaim", self.case, {"choice": choice}, self.unit(unit))

    def conclude(self) -> None:
        """The leader enters the conclusions of the conference."""
        leader = self.script.members[0]
        head = self.cast.who("commune_chair", self.unit(leader))
        form = {
            "conference_date": local_day(self.stage.at).isoformat(),
            "place": self.script.place,
            "chair": f"{self.cast.called(head)}, thủ trưởng đơn vị",
            "minute_taker": self.cast.called(self.officer(leader)),
            "attended": number(18, 40, self.key),
            "conclusions": "Thống nhất kết quả chấm điểm, xếp hạng và suy tôn.\n"
            "Các đơn vị khắc phục tiêu chí còn thấp điểm trong quý đầu năm sau.",
            "proposals": f"Đề nghị khen thưởng {self.cast.name(self.unit(self.script.acclaimed))}.",
        }
        self.stage.do(self.officer(leader), "conclude_year", self.case, form)

    def plan_next(self, code: str) -> None:
        """The year after is prepared; its table is drafted with one more criterion and awaits the authority."""
        script, year, rule = self.script, self.script.year + 1, self.table.acclaim
        leader, deputy = (self.unit(unit) for unit in reversed(script.members[:2]))
        criteria = next(each for each in newest_criteria(db.session()) if each.code == script.criteria)
        ahead = NewYear(year, leader, criteria.public_id, deputy)
        clusters.set_year(code, ahead, actor=SYSTEM, now=self.stage.now())
        rows = (*rows_of(self.table), DraftRow(NEW_CRITERION, Decimal(4), "", "bonus"))
        draft = TableDraft(
            name=f"Bảng tiêu chí {script.name[0].lower()}{script.name[1:]} năm {year}",
            source=self.table.source,
            mark="unverified",
            difference=self.table.difference,
            more_than=rule.more_than,
            days=rule.days,
            second_days=rule.second_days,
            acclaim_source=rule.source,
            rows=rows,
        )
        by: Any = {
            "actor": self.stage.actor(self.cast.who("secretary", script.organiser)),
            "now": self.stage.now(),
        }
        submit_criteria(draft_table(script.organiser, draft, criteria.public_id, **by), **by)

    def _confirm(self, who: str, element: str, form: dict[str, Any]) -> None:
        task = self.stage.open_task(element, self.case)
        row = db.session.execute(select(Task).where(Task.public_id == task)).scalar_one()
        lines = [line | {"note": WHY} for line in first_values(db.session(), row)["scores"]]
        self.stage.complete(who, task, form | {"scores": lines})

    def _scored_by(self, task: str) -> MemberScores:
        row = db.session.execute(select(Task).where(Task.public_id == task)).scalar_one()
        members = year_members(db.session(), row.case_id)
        return next(each for each in scores_of(db.session(), members) if each.member.scorer_id == row.unit_id)

    def _own(self, unit: str, criterion: Criterion) -> int | float:
        most = int(criterion.maximum)
        key = f"{self.key}/own/{unit}/{criterion.code}"
        best = unit == self.script.acclaimed
        match criterion.kind:
            case "penalty":
                return 0 if best else number(0, 1, key)
            case "bonus":
                return most if best else number(0, most // 2, key)
        return most - (number(0, 1, key) if best else number(0, 3, key)) / 2

"""The office that carries out one plan, from the loaded file to the closed campaign: whoever's task it is does it.

Nobody is named in advance: a task tells its role and its unit, and the person who holds that role there is entered
when they are first needed.
"""

import datetime as dt
from collections import Counter
from collections.abc import Collection, Iterable, Mapping
from typing import Any

from sqlalchemy import select

from tests.amending import handed_over
from tests.factories import HASHED, Office
from tests.people import PASSWORD
from webapp.extensions import db
from webapp.models import Case, Council, CouncilMembership, CouncilSession, Nomination, Task, Unit
from webapp.operations import people
from webapp.operations.acting import SYSTEM
from webapp.operations.people import NewPerson, NewRole, Seat
from webapp.operations.starts import start_case
from webapp.operations.vote_profiles import NewProfile, decide_profile, draft_profile
from webapp.queries.due import next_due
from webapp.queries.vote_profiles import profiles_for
from workflows.plan import Plan
from workflows.rules.deadlines import OFFICE_ZONE
from workflows.rules.indicators import asked

A_MOMENT = dt.timedelta(seconds=1)
LONG_AGO = dt.date(2010, 1, 1)
EIGHT = dt.time(8)
SIGNATURE = {"method": "password", "password": PASSWORD}
ELSEWHERE = frozenset({"give_opinion", "record_fostering"})
"""Tasks that do not hold their case up."""

Turns = Mapping[str, dict[str, Any] | list[dict[str, Any]]]
"""By task what its form says otherwise than usual; a list says so for each visit, after that it goes straight on."""

MEETING = {"invited": 45, "present": 40, "agreed": 38}
COMMUNE_COUNCIL = {"members": 9, "present": 9, "agreed": 9}


class PlanOffice(Office):
    """Everybody who works on one plan. Units are named by their codes below the organiser, cases by who they are about.

    Business time goes forward only; what falls due on the way happens at its own instant.
    """

    def __init__(self, plan: Plan, at: dt.datetime, members: int) -> None:
        super().__init__(at)
        self.plan = plan
        self.codes: dict[str, str] = {}
        self._holders: dict[tuple[str, str], str] = {}
        seats = [(self.who("authority"), "chair"), (self.who("presiding"), "standing_deputy")]
        self.members = [
            self._enter(f"member{number}", "member", self.unit()) for number in range(1, members - 1)
        ]
        seats += [(username, "member") for username in self.members]
        people.form_council(
            self.unit(),
            "Hội đồng Thi đua – Khen thưởng",
            [Seat(self.person(username).public_id, position) for username, position in seats],
            LONG_AGO,
            None,
            actor=SYSTEM,
            now=self.now,
        )

    @property
    def written_on(self) -> dt.date:
        """Forms are filled in for the day."""
        return self.today

    # --- time, people, places ---

    def go(self, day: dt.date) -> None:
        """Let time pass until eight in the morning of a day."""
        to = dt.datetime.combine(day, EIGHT, OFFICE_ZONE).astimezone(dt.UTC)
        while (due := next_due(db.session(), self.at)) is not None and due < to:
            self.move(seconds=(due + A_MOMENT - self.at).total_seconds())
        self.move(seconds=max(0.0, (to - self.at).total_seconds()))

    def unit(self, below: str = "") -> str:
        """The code of a unit below the organiser; without a name the organiser."""
        issuer = self.plan.document.issuer
        return f"{issuer}/{below}" if below else issuer

    def who(self, role: str, unit: str = "") -> str:
        """User name of who holds a role in a unit (by its whole code), entered now where nobody does yet."""
        key = role, unit or self.unit()
        if key not in self._holders:
            self._holders[key] = self._enter(f"{role}@{key[1]}", *key)
        return self._holders[key]

    def _enter(self, username: str, role: str, unit: str) -> str:
        [place] = self.read(select(Unit).where(Unit.code == unit))
        new = NewPerson(f"{role} {place.name}", username, HASHED, fictitious=True)
        people.add_person(new, NewRole(role, unit, LONG_AGO), actor=SYSTEM, now=self.now)
        return username

    # --- cases and tasks ---

    def start(self, username: str, process: str, **form: Any) -> str:
        """Open a case in the campaign of the plan; returns its code."""
        code = start_case(process, self.plan.code, form, actor=self.actor(username), now=self.now)
        self.work()
        return code

    def open_tasks(self, code: str, element: str = "") -> list[Task]:
        """The open tasks of a case, the oldest first; with ``element`` those of this one."""
        query = (
            select(Task).join(Case, Case.id == Task.case_id).where(Case.code == code, Task.status == "open")
        )
        return self.read((query.where(Task.element == element) if element else query).order_by(Task.id))

    def answer(self, task: Task, **given: Any) -> None:
        """Whoever has to completes a task: as given, and the least that it asks for besides."""
        username = (task.person.username or "") if task.person else self.who(task.role, task.unit.code)
        self.do(username, task.element, task=task, **self._usual(task, username) | given)
        self.work()

    def answer_all(self, code: str, element: str, skip: Collection[str] = (), **given: Any) -> None:
        """Complete every open task of an element in a case, but for those of units (below the organiser) to skip."""
        tasks = self.open_tasks(code, element)
        assert tasks, f"no open {element} in {code} on {self.today}"
        for task in tasks:
            if task.unit.code not in {self.unit(each) for each in skip}:
                self.answer(task, **given)

    def waiting(self, stage: str) -> dict[str, Nomination]:
        """The nominations that stand at a stage, by their cases' codes."""
        query = (
            select(Nomination)
            .join(Case, Case.id == Nomination.case_id)
            .where(Case.state == "active", Case.stage == stage)
            .order_by(Case.id)
        )
        return {each.case.code: each for each in self.read(query)}

    def follow(self, code: str, turns: Turns, until: str = "", stage: str = "") -> None:
        """Do what is to be done in a case, the straight way but for its turns, until it waits.

        It stops before the task ``until``, and when it leaves ``stage``.
        """
        visits: Counter[str] = Counter()
        while tasks := [task for task in self.open_tasks(code) if task.element not in ELSEWHERE | {until}]:
            if stage and self.case(code).stage != stage:
                return
            turn = turns.get(tasks[0].element, {})
            if isinstance(turn, list):
                turn = (turn[visits[tasks[0].element] :] or [{}])[0]
            visits[tasks[0].element] += 1
            self.answer(tasks[0], **turn)

    def _usual(self, task: Task, username: str) -> dict[str, Any]:
        """What a form is given beside the least it asks for."""
        match task.element:
            case "prepare_on_behalf":
                [about] = self.read(select(Nomination).where(Nomination.case_id == task.case_id))
                form: dict[str, Any] = {
                    "nominee_kind": about.nominee.kind,
                    "name_on_paper": about.nominee.name,
                    "proposed_award": about.award,
                }
                return form if about.route == "commune" else form | self._own_minutes(task, username)
            case "report_indicators":
                return self._figures(task)
            case "record_meeting":
                return MEETING
            case "conclude_commune_council":
                return COMMUNE_COUNCIL
            case "record_higher_decision":
                [about] = self.read(select(Nomination).where(Nomination.case_id == task.case_id))
                return {"award_given": about.award}
            case "close_round":
                return {"unfinished_reason": "Hồ sơ còn lại do cấp trên xét, được giải quyết tiếp."}
        return {}

    def _own_minutes(self, task: Task, username: str) -> dict[str, Any]:
        """Who does not pass a commune brings the minutes of its own meeting along."""
        file = self.paper(username, task.public_id, "other")
        return {"listed_papers": [{"paper_type": "meeting_minutes", "file": file}]}

    def _figures(self, task: Task) -> dict[str, Any]:
        """A report in which the unit has reached each target exactly."""
        review = self.plan.review(task.items["milestone"]["code"])
        figures = asked(self.plan, review, task.unit.code)
        rows = [
            {
                "figure": figure.code,
                "state": "measured",
                "actual": float(figure.target_for(self.plan, task.unit.code).target),
            }
            for figure in figures
        ]
        weights = [{"base": each, "value": 1000} for each in sorted({each.base for each in figures}) if each]
        return {"figures": rows, "weights": weights} if rows else {}

    # --- council ---

    def rule(self, **changes: Any) -> None:
        """The council changes the rule it votes by: its secretary drafts, its chairman approves."""
        council = db.session.scalars(select(Council)).one()
        awards = [each.award for each in self.plan.awards]
        [profile, *_] = profiles_for(db.session(), council, awards, self.today)
        profile["rule"] |= changes
        new = NewProfile(profile | {"code": "working_rules"}, (), self.today)
        drafted = draft_profile(self.unit(), new, actor=self.actor(self.who("secretary")), now=self.now)
        decide_profile(drafted, approve=True, actor=self.actor(self.who("authority")), now=self.now)

    def sit(
        self, round_code: str, codes: Iterable[str], votes: Mapping[str, Mapping[str, Collection[str]]]
    ) -> str:
        """A session that votes on the nominations of these codes; everybody agrees but for ``votes``.

        ``votes`` gives by code and choice the members that choose it.
        """
        secretary = self.who("secretary")
        session = self.start(secretary, "council_vote", round=round_code, subject="Xét khen thưởng")
        meets = (self.at + dt.timedelta(hours=1)).isoformat()
        [agenda] = self.open_tasks(session, "prepare_agenda")
        self.answer(agenda, nominations=list(codes), meets_at=meets, mode="in_person")
        self.move(hours=1)
        [opening] = self.open_tasks(session, "open_session")
        closes = (self.at + dt.timedelta(hours=3)).isoformat()
        self.answer(
            opening,
            attendance=self._roll_call(),
            decision="open",
            presided_by="standing_deputy",
            absence_reason="Chủ tịch đi công tác",
            authorisation_number="12/UQ-UBND",
            ballots="electronic",
            vote_closes=closes,
        )
        self._vote(session, votes)
        return session

    def conclude(self, session: str) -> None:
        """Draft and sign the minutes of a session."""
        started, ended = self.at.isoformat(), (self.at + dt.timedelta(hours=2)).isoformat()
        [minutes] = self.open_tasks(session, "draft_minutes")
        team = [{"name": "Tổ kiểm phiếu", "duty": "leader"}]
        self.answer(minutes, started_at=started, ended_at=ended, counting_team=team, signature=SIGNATURE)
        [signing] = self.open_tasks(session, "sign_minutes")
        self.answer(signing, decision="sign", signature=SIGNATURE)

    def _roll_call(self) -> list[dict[str, str]]:
        members = self.read(select(CouncilMembership).order_by(CouncilMembership.id))
        return [{"member": member.public_id, "status": "present"} for member in members]

    def _vote(self, session: str, votes: Mapping[str, Mapping[str, Collection[str]]]) -> None:
        [held] = self.read(
            select(CouncilSession).join(Case, Case.id == CouncilSession.case_id).where(Case.code == session)
        )
        agenda = [item.nomination.case.code for item in held.agenda]
        for task in self.open_tasks(session, "cast_vote"):
            ballots = [
                {"nomination": code, "vote": _choice(votes.get(code, {}), task.person.username)}
                for code in agenda
            ]
            self.answer(task, ballots=ballots)

    # --- decision ---

    def draft(self, round_code: str, codes: Collection[str]) -> str:
        """The specialist drafts a decision on these nominations; returns its code."""
        code = self.start(self.who("specialist"), "award_issuance", round=round_code)
        [drafting] = self.open_tasks(code, "draft_decision")
        signer = self.person(self.who("authority")).public_id
        self.answer(drafting, nominations=list(codes), signer=signer)
        return code

    def issue(self, code: str, number: int) -> None:
        """A draft is submitted, checked, signed, numbered, handed over, sent, published and filed."""
        signed = {"signature": SIGNATURE}
        steps: tuple[tuple[str, dict[str, Any]], ...] = (
            ("submit_decision", signed),
            ("check_decision", {"signing": "here"}),
            ("sign_decision", signed),
            ("number_decision", {"number": number, "symbol": "QĐ-UBND"}),
            ("hand_over", {"decision": "done", "recipients": handed_over(code, self.today)}),
            ("send_copies", {}),
            ("publish_decision", {}),
            ("close_file", {}),
        )
        for element, given in steps:
            [task] = self.open_tasks(code, element)
            self.answer(task, **given)


def _choice(votes: Mapping[str, Collection[str]], username: str | None) -> str:
    return next((choice for choice, members in votes.items() if username in members), "agree")

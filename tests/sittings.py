"""Brings nominations before the council, lets it sit and vote, and drafts and numbers what it has passed."""

import datetime as dt
from collections.abc import Iterable, Mapping
from typing import Any

from sqlalchemy import select

from tests.factories import CAMPAIGN, HASHED, ROUND, Office
from tests.people import AN_CU, AN_PHU, PASSWORD
from webapp import clock
from webapp.extensions import db
from webapp.models import AwardRound, Case, CouncilMembership, Nomination, Person
from webapp.models import Council as CouncilTable
from webapp.operations import people
from webapp.operations.acting import SYSTEM
from webapp.operations.people import NewPerson, Seat
from webapp.operations.vote_profiles import NewProfile, decide_profile, draft_profile
from webapp.queries.vote_profiles import profiles_for

SIGNATURE = {"method": "password", "password": PASSWORD}
SUBMITTERS = {AN_CU: ("officer", "commune_chair"), AN_PHU: ("other_officer", "other_chair")}
MEMBERS = ("authority", "chair", "member1", "member2")
VIETNAM = dt.timezone(dt.timedelta(hours=7))
OURS = [
    {"nominee_name": "Nguyễn Thị Ượng", "honorific": "ms"},
    {"nominee_name": "Tổ tự quản số 1", "nominee_kind": "collective"},
    {"nominee_name": "Tổ tự quản số 2", "nominee_kind": "collective"},
    {"nominee_name": "Tổ tự quản số 3", "nominee_kind": "collective"},
]
THEIRS = [{"nominee_name": "Hội Nông dân xã An Phú", "nominee_kind": "collective"}]
OURS_CODES = ("HS-2019-0001", "HS-2019-0002", "HS-2019-0003", "HS-2019-0004")
THEIR_CODE = "HS-2019-0005"
CODES = (*OURS_CODES, THEIR_CODE)
"""The fourth collective is one over the ceiling of the strand; member2 belongs to An Phú."""

SESSION = "PH-2019-0001"


class Council(Office):
    """The office with its council. On a database where time has moved already, business time goes on from there."""

    def __init__(self) -> None:
        if clock.offset(db.session()):
            self.at = clock.now(db.session()).at.replace(microsecond=0)
        else:
            super().__init__()

    def bring(self, *entries: Mapping[str, Any], unit: str = AN_CU) -> list[str]:
        """Nominate in a unit and bring all of it before the council in one batch; codes in the given order."""
        officer, chair = SUBMITTERS[unit]
        codes = [
            self.nominate(
                officer, submitting_unit=unit, **{k: v for k, v in entry.items() if k != "honorific"}
            )
            for entry in entries
        ]
        for code, entry in zip(codes, entries, strict=True):
            self.assess(code, officer, chair, entry)
        self.move(days=6)
        for code in codes:
            self.do(officer, "conclude_posting", code, decision="clear")
        self.submit(codes, officer, chair)
        for code in codes:
            self.do(
                "specialist", "appraise", code, decision="eligible", appraisal="Hồ sơ đủ điều kiện trình."
            )
            self.do("head", "review_appraisal", code, decision="approve")
        self.work()
        return codes

    def assess(self, code: str, officer: str, chair: str, entry: Mapping[str, Any]) -> None:
        """Prepare, check, meet, conclude and post, all in the commune."""
        kind, name = entry.get("nominee_kind", "individual"), entry["nominee_name"]
        told = {"nominee_kind": kind, "name_on_paper": name}
        told |= {"proposed_award": entry.get("proposed_award", "certificate_of_merit")}
        told |= {"achievement": "Đã có thành tích xuất sắc trong phong trào thi đua năm 2019."}
        told |= {
            "achievement_summary": "Vận động giúp 05 hộ thoát nghèo; làm 02 km đường giao thông nông thôn."
        }
        told |= {"honorific": entry.get("honorific", "mr")} if kind == "individual" else {}
        told |= {"poverty_status": "escaped"} if kind == "household" else {}
        told |= {"position": entry["position"]} if "position" in entry else {}
        self.do(officer, "prepare_on_behalf", code, paper_number="12/GT-UBND", **told)
        self.do(officer, "check_dossier", code, decision="complete")
        self.do(officer, "record_meeting", code, decision="agree", present=40, agreed=38, invited=45)
        self.do(chair, "conclude_commune_council", code, decision="agree", members=9, present=9, agreed=9)
        self.do(officer, "post_publicly", code, posted_from=self.at.date().isoformat())

    def submit(self, codes: Iterable[str], officer: str, chair: str) -> str:
        """One submission for all; the district receives every line."""
        code = self.start(officer, "submission", round=ROUND)
        self.do(
            officer,
            "prepare_submission",
            code,
            nominations=list(codes),
            abstract="Về việc đề nghị khen thưởng phong trào thi đua “Chung tay vì người nghèo” năm 2019",
        )
        today = self.at.astimezone(VIETNAM).date().isoformat()
        number = f"{self._next()}/TTr-UBND"
        self.do(
            chair,
            "sign_submission",
            code,
            decision="sign",
            signature=SIGNATURE,
            document_number=number,
            issued_on=today,
        )
        self.work()
        lines = [{"nomination": each, "line": "received"} for each in codes]
        self.do("specialist", "receive_submission", code, lines=lines)
        self.work()
        return code

    def _next(self) -> int:
        self.papers = getattr(self, "papers", 10) + 1
        return self.papers

    def summon(self, codes: Iterable[str]) -> str:
        """A session with these nominations on its agenda; the members are invited."""
        code = self.start("secretary", "council_vote", round=ROUND, subject="Xét khen thưởng năm 2019")
        meets = (self.at + dt.timedelta(hours=1)).isoformat()
        self.do(
            "secretary",
            "prepare_agenda",
            code,
            nominations=list(codes),
            meets_at=meets,
            mode="in_person",
            place="Phòng họp số 1, trụ sở Ủy ban nhân dân huyện",
        )
        self.work()
        return code

    def attendance(self, **changes: str) -> list[dict[str, str]]:
        """The roll call: everybody present, but for the changes by user name."""
        rows = db.session.execute(
            select(Person.username, CouncilMembership.public_id)
            .join(CouncilMembership, CouncilMembership.person_id == Person.id)
            .order_by(CouncilMembership.id)
        )
        return [
            {"member": member, "status": changes.get(username or "", "present")} for username, member in rows
        ]

    def rule(self, **changes: Any) -> None:
        """The council votes by another rule from now on: drafted by its secretary, approved by its chairman."""
        council = db.session.scalars(select(CouncilTable)).one()
        [profile] = profiles_for(db.session(), council, ["certificate_of_merit"], self.at.date())
        profile["rule"] |= changes
        new = NewProfile(profile | {"code": "trial"}, (), self.at.date() - dt.timedelta(days=1))
        drafted = draft_profile(council.unit.code, new, actor=self.actor("secretary"), now=self.now)
        decide_profile(drafted, approve=True, actor=self.actor("authority"), now=self.now)

    def seat(self, number: int) -> list[str]:
        """Give the council so many more members; their user names."""
        council = db.session.scalars(select(CouncilTable)).one()
        names = [f"extra{place}" for place in range(1, number + 1)]
        for name in names:
            person = people.add_person(
                NewPerson(f"Trần Văn {name.title()}", name, HASHED, fictitious=True),
                actor=SYSTEM,
                now=self.now,
            )
            seat = Seat(person, "member")
            people.add_member(council.unit.code, seat, self.at.date(), actor=SYSTEM, now=self.now)
        return names

    def open(self, code: str, form: Mapping[str, Any] | None = None, **changes: str) -> None:
        """The standing deputy opens the session for voting; ``form`` says how."""
        self.do(
            "chair",
            "open_session",
            code,
            attendance=self.attendance(**changes),
            decision="open",
            presided_by="standing_deputy",
            absence_reason="Chủ tịch đi công tác",
            authorisation_number="12/UQ-UBND",
            **{
                "ballots": "electronic",
                "vote_closes": (self.at + dt.timedelta(hours=4)).isoformat(),
                **(form or {}),
            },
        )
        self.work()

    def sit(self, codes: Iterable[str], form: Mapping[str, Any] | None = None, **changes: str) -> str:
        """A session open for voting."""
        code = self.summon(codes)
        self.move(hours=1)
        self.open(code, form, **changes)
        return code

    def ballot(self, username: str, code: str) -> Any:
        """The open ballot task of a member."""
        return self.task("cast_vote", code, person_id=self.person(username).id)

    def vote(self, username: str, code: str, **votes: str) -> None:
        """Cast a member's ballot: agree, but for votes by code (dashes as underscores); "none" leaves one out."""
        task = self.ballot(username, code)
        agenda = self.agenda(code)
        chosen = {each: votes.get(each.replace("-", "_"), "agree") for each in agenda}
        ballots = [{"nomination": each, "vote": vote} for each, vote in chosen.items() if vote != "none"]
        self.do(username, "cast_vote", task=task, ballots=ballots)
        self.work()

    def agenda(self, code: str) -> list[str]:
        """Codes of the nominations on the agenda of a session."""
        from webapp.models import AgendaItem, CouncilSession, Nomination

        session = select(CouncilSession.id).join(Case).where(Case.code == code).scalar_subquery()
        query = (
            select(Case.code)
            .join(Nomination, Nomination.case_id == Case.id)
            .join(AgendaItem, AgendaItem.nomination_id == Nomination.id)
            .where(AgendaItem.session_id == session)
        )
        return list(db.session.scalars(query.order_by(AgendaItem.position)))

    def minute(self, code: str) -> None:
        """Draft the minutes."""
        self.do(
            "secretary",
            "draft_minutes",
            code,
            started_at=self.at.isoformat(),
            ended_at=(self.at + dt.timedelta(hours=2)).isoformat(),
            counting_team=[{"name": "Ngô Thị Chuyên Viên", "duty": "leader"}],
            opinions="Ông Đinh Văn Một: Đề nghị quan tâm hộ vùng sâu.\nBà Tạ Thị Hai: Nhất trí.",
            conclusions="Hội đồng thống nhất kết quả biểu quyết.\nGiao Phòng Nội vụ hoàn thiện hồ sơ.",
            signature=SIGNATURE,
        )

    def conclude(self, code: str) -> None:
        """Draft and sign the minutes."""
        self.minute(code)
        self.do("chair", "sign_minutes", code, decision="sign", signature=SIGNATURE)
        self.work()

    def pass_all(self, codes: Iterable[str]) -> str:
        """A whole session in which everybody agrees to everything."""
        code = self.sit(codes)
        for username in MEMBERS:
            self.vote(username, code)
        self.conclude(code)
        return code

    def draft(self, codes: Iterable[str], **changes: Any) -> str:
        """A draft decision on these nominations, of the round they are in."""
        codes = list(codes)
        in_round = select(AwardRound.code).join(Nomination).join(Case).where(Case.code.in_(codes))
        code = self.start("specialist", "award_issuance", round=db.session.scalar(in_round) or ROUND)
        self.do(
            "specialist",
            "draft_decision",
            code,
            nominations=codes,
            title="Về việc khen thưởng phong trào thi đua “Chung tay vì người nghèo” năm 2019",
            achievement="Đã có thành tích xuất sắc trong phong trào thi đua năm 2019",
            prize_source="Kinh phí trích từ Quỹ thi đua, khen thưởng của huyện",
            signer=self.person("authority").public_id,
            copies_to="Như Điều 3\nThường trực Huyện ủy",
            **changes,
        )
        return code

    def sign(self, code: str) -> None:
        """Submit, check and sign a draft with the software."""
        self.do("head", "submit_decision", code, decision="submit", signature=SIGNATURE)
        self.do("office", "check_decision", code, decision="approve", signing="here")
        self.do("authority", "sign_decision", code, decision="sign", signature=SIGNATURE)

    def number(self, code: str, number: int) -> None:
        """The clerk enters the decision under a number of today."""
        today = self.at.astimezone(VIETNAM).date().isoformat()
        self.do("clerk", "number_decision", code, number=number, symbol="QĐ-UBND", dated_on=today)
        self.work()


__all__ = ["CAMPAIGN", "Council"]

"""Facts of the papers of a council session: count of the vote, and minutes."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from webapp.models import AgendaItem, CouncilSession, SessionElector, Task
from webapp.queries.facts import (
    by_strand,
    committee_name,
    moment,
    nominee,
    paragraphs,
    phrase,
    seat_name,
    signature,
    signed_here,
)
from webapp.queries.latest_entries import Latest, dossiers, latest_entries
from webapp.queries.session_seals import seal_of
from webapp.queries.vote_courses import ballots_of, course_of, named_votes, trackers_of, written_opinions
from webapp.queries.vote_rules import cited_rule, grounds_text
from workflows.values import VIETNAM, local_day

START, OPEN = "council_vote/start", "council_vote/open_session"
AGENDA, AGAIN = "council_vote/prepare_agenda", "council_vote/reconvene"
BY_CORRESPONDENCE = "council_vote/open_correspondence"
DRAFT, SIGN = "council_vote/draft_minutes", "council_vote/sign_minutes"
SYMBOL = "BB-HĐTĐKT"
SEATS = {
    "chair": "Chủ tịch Hội đồng",
    "standing_deputy": "Phó Chủ tịch Thường trực Hội đồng",
    "deputy": "Phó Chủ tịch Hội đồng",
    "member": "Ủy viên",
    "secretary": "Ủy viên, Thư ký Hội đồng",
}
COUNTERS = {"leader": "Tổ trưởng", "counter": "Tổ viên"}


@dataclass(frozen=True)
class Held:
    """A session with the forms its papers are made of."""

    council_session: CouncilSession
    forms: Mapping[str, Latest]

    @classmethod
    def of(cls, session: Session, council_session: CouncilSession) -> Held:
        case_id = council_session.case_id
        wanted = [START, AGENDA, AGAIN, OPEN, BY_CORRESPONDENCE, DRAFT, SIGN]
        found = latest_entries(session, [case_id], wanted)
        forms = {form: entry for (_case, form), entry in found.items()}
        if council_session.mode == "written" and BY_CORRESPONDENCE in forms:
            forms[OPEN] = forms[BY_CORRESPONDENCE]
        return cls(council_session, forms)

    def form(self, name: str) -> Mapping[str, Any]:
        """The data of a form; empty while it is not completed."""
        entry = self.forms.get(name)
        return entry.data if entry else {}

    @property
    def electors(self) -> list[SessionElector]:
        """Everybody who counts as a member: who was relieved does not."""
        return self.council_session.voters

    @property
    def present(self) -> list[SessionElector]:
        return [elector for elector in self.electors if elector.present]

    @property
    def signed_at(self) -> dt.datetime | None:
        """When the minutes were signed; None while they are not."""
        signed = self.forms.get(SIGN)
        return signed.at if signed else None

    @property
    def presiding(self) -> tuple[str | None, str]:
        """Name and seat of whoever opened the session; the seat is the one they sit in."""
        opened = self.forms.get(OPEN)
        seats = {e.membership.person.public_id: e.membership.position for e in self.council_session.electors}
        seat = seats.get(opened.person) if opened else None
        return opened.name if opened else None, seat or self.form(OPEN).get("presided_by", "chair")


def vote_count_facts(session: Session, council_session: CouncilSession) -> dict[str, Any]:
    """Facts of the count of the vote."""
    held = Held.of(session, council_session)
    team = held.form(DRAFT).get("counting_team", [])
    leader = next((one["name"] for one in team if one["duty"] == "leader"), None)
    written = written_opinions(session, council_session)
    return {
        "letterhead": council_letterhead(council_session, local_day(_opened(held))),
        "method": council_session.profile["rule"]["ballot"],
        "subject": subject_of(held),
        "session": session_of_papers(held),
        "electorate": {
            "members": len(held.electors),
            "present": len(held.present),
            "written": written,
            "absent": len(held.electors) - len(held.present) - written,
        },
        "ballots": ballots_of(session, council_session),
        "counters": [_person(one["name"], COUNTERS[one["duty"]]) for one in team],
        "rule": cited_rule(council_session.profile, len(held.electors)),
        "groups": _tallies(session, council_session.agenda),
        "secretary": signature([], "Tổ trưởng Tổ kiểm phiếu", leader, signed=False),
        "chair": _chair(held),
        "recipients": ["Chủ tịch, các Phó Chủ tịch Hội đồng", "Thành viên Hội đồng", "Lưu: VT, hồ sơ"],
        "annex": _annex(session, council_session),
    }


def session_minutes_facts(session: Session, council_session: CouncilSession) -> dict[str, Any]:
    """Facts of the minutes of a session."""
    held = Held.of(session, council_session)
    minutes, taker = held.form(DRAFT), held.forms.get(DRAFT)
    name, seat = held.presiding
    return {
        "letterhead": council_letterhead(council_session, local_day(_opened(held))),
        "subject": subject_of(held),
        "session": session_of_papers(held),
        "presiding": _person(name or "……………", SEATS[seat] + _in_place_of_chairman(held, seat)),
        "minute_taker": _person(taker.name if taker else "……………", SEATS["secretary"].partition(", ")[2]),
        "members": len(held.electors),
        "present": [_member(elector) for elector in held.present],
        "absent": [_absence(held, e) for e in held.electors if not e.present],
        "guests": [],
        "agenda": [*_agenda(council_session), *course_of(session, council_session)],
        "opinions": paragraphs(minutes.get("opinions")),
        "rule": cited_rule(council_session.profile, len(held.electors)),
        "groups": _tallies(session, council_session.agenda, named_votes(session, council_session)),
        "conclusions": paragraphs(minutes.get("conclusions")),
        "seal": seal_of(session, council_session.case.code),
        "secretary": signature([], "Thư ký", taker.name if taker else None, signed=signed_here(minutes)),
        "chair": _chair(held),
        "recipients": ["Chủ tịch, các Phó Chủ tịch Hội đồng", "Thành viên Hội đồng", "Lưu: VT, hồ sơ"],
        "annex": _annex(session, council_session),
    }


def _annex(session: Session, council_session: CouncilSession) -> dict[str, Any] | None:
    """The codes of secret ballots, once they are counted."""
    counted = any(item.count for item in council_session.agenda)
    trackers = trackers_of(session, council_session) if counted else []
    return {"trackers": trackers} if trackers else None


def council_letterhead(
    council_session: CouncilSession, date: dt.date | None, symbol: str = SYMBOL
) -> dict[str, Any]:
    """A council issues under its unit; its papers get their number from the clerk's book, by hand."""
    unit = council_session.council.unit
    return {
        "parent": committee_name(unit),
        "body": council_session.council.name,
        "number": None,
        "symbol": symbol,
        "place": seat_name(unit),
        "date": date.isoformat() if date else None,
    }


def chair_signature(name: str | None, seat: str, lead: list[str], *, signed: bool) -> dict[str, Any]:
    """The council's chairman signs, or his standing deputy in his place."""
    if seat == "chair":
        return signature(lead, SEATS["chair"], name, signed=signed)
    position = SEATS.get(seat, SEATS["standing_deputy"]).removesuffix(" Hội đồng")
    return signature([*lead, "KT. Chủ tịch Hội đồng"], position, name, signed=signed)


def _chair(held: Held) -> dict[str, Any]:
    name, seat = held.presiding
    return chair_signature(name, seat, [], signed=signed_here(held.form(SIGN)))


def _in_place_of_chairman(held: Held, seat: str) -> str:
    """That somebody presides in the chairman's place, why, and by which paper."""
    if seat == "chair":
        return ""
    opened = held.form(OPEN)
    reason = opened.get("absence_reason", "").strip().rstrip(".")
    number = opened.get("authorisation_number")
    text = ", chủ trì thay Chủ tịch Hội đồng"
    text += f" (lý do: {reason})" if reason else ""
    return text + (f" theo văn bản ủy quyền số {number}" if number else "")


def subject_of(held: Held) -> str:
    """What the session is about, to go on inside a sentence."""
    return phrase(held.form(START).get("subject", "xét khen thưởng"))


def _opened(held: Held) -> dt.datetime:
    """When the session began, as the minutes say, else as recorded."""
    entered = held.form(DRAFT).get("started_at")
    council_session = held.council_session
    if entered:
        return dt.datetime.fromisoformat(entered)
    return council_session.opened_at or council_session.held_at or council_session.case.opened_at


def session_of_papers(held: Held) -> dict[str, Any]:
    """Number, place and hours of the session."""
    council_session = held.council_session
    ended = held.form(DRAFT).get("ended_at")
    closed = dt.datetime.fromisoformat(ended) if ended else council_session.closed_at
    return {
        "number": council_session.number,
        "year": council_session.year,
        "place": phrase(council_session.place or committee_name(council_session.council.unit)),
        "opened": moment(_opened(held)),
        "closed": moment(closed) if closed else None,
        "by_correspondence": council_session.mode == "written",
    }


def session_hours(session: Session, task: Task) -> dict[str, Any]:
    """When the session was opened and its vote ended, for whoever writes the minutes."""
    found = session.scalars(select(CouncilSession).where(CouncilSession.case_id == task.case_id)).one()
    hours = {"started_at": found.opened_at, "ended_at": found.closed_at}
    return {name: at.astimezone(VIETNAM).isoformat("T", "minutes") for name, at in hours.items() if at}


def _person(name: str, position: str) -> dict[str, Any]:
    return {"salutation": None, "name": name, "position": position}


def _member(elector: SessionElector) -> dict[str, Any]:
    return _person(elector.membership.person.name, SEATS[elector.membership.position])


def _absence(held: Held, elector: SessionElector) -> dict[str, Any]:
    rows = held.form(OPEN).get("attendance", [])
    reasons = {row["member"]: row.get("reason") for row in rows}
    return {"member": _member(elector), "reason": reasons.get(elector.membership.public_id)}


def _agenda(council_session: CouncilSession) -> list[str]:
    count = len(council_session.agenda)
    units = len({item.nomination.case.unit_id for item in council_session.agenda})
    return [
        f"Thư ký Hội đồng báo cáo {count:02d} hồ sơ đề nghị khen thưởng của {units:02d} đơn vị trình.",
        "Hội đồng xem xét bảng trích ngang thành tích theo từng nội dung thi đua và biểu quyết.",
    ]


def _notes(count: Mapping[str, Any]) -> Iterator[str]:
    if count.get("recused"):
        yield f"{count['recused']:02d} thành viên không biểu quyết vì có liên quan"
    if written := sum(count.get(f"written_{name}", 0) for name in ("agree", "disagree", "abstain")):
        yield f"trong đó {written:02d} ý kiến bằng văn bản"
    if count.get("reason") == "chair_decided":
        yield "ngang số phiếu, người chủ trì quyết định"
    if count.get("reason") == "not_eligible":
        yield f"không đủ điều kiện: {grounds_text(count)}"
    if count.get("reason") == "beyond_cap":
        yield f"vượt giới hạn, trường hợp khác có số phiếu cao hơn: {grounds_text(count)}"
    if count.get("reason") == "beyond_quota":
        yield "hết số lượng, trường hợp khác có số phiếu cao hơn"
    if count.get("invalid"):
        yield f"{count['invalid']:02d} phiếu không hợp lệ"


def _suspended(item: AgendaItem) -> str:
    """Who was suspended at the count has no numbers."""
    return "hồ sơ tạm dừng xét" if item.result == "deferred" and not item.count else ""


def _tallies(
    session: Session, agenda: Iterable[AgendaItem], named: Mapping[int, str] = MappingProxyType({})
) -> list[dict[str, Any]]:
    items = list(agenda)
    told = dossiers(session, [item.nomination.case_id for item in items])

    def tally(item: AgendaItem) -> dict[str, Any]:
        count = item.count or {}
        return {
            "nominee": nominee(item.nomination.nominee, told[item.nomination.case_id]),
            **{name: count.get(name, 0) for name in ("agree", "disagree", "abstain", "base")},
            "outcome": item.result or "not_passed",
            "note": "; ".join([*_notes(count), *filter(None, [_suspended(item), named.get(item.id)])])
            or None,
        }

    return [
        {"title": title, "lines": found}
        for title, found in by_strand((item.nomination, tally(item)) for item in items)
    ]

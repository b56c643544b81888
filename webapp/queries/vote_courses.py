"""How a vote went, as its papers tell it: void votes, second ballots, written opinions, ballots, who voted how."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterator, Mapping

from sqlalchemy import select
from sqlalchemy.orm import Session

from webapp.models import BallotRound, BallotTracker, CouncilSession, OpenVote
from webapp.queries.rounds import PAPER, last_round
from workflows.values import VIETNAM

CHOICES = {"agree": "Đồng ý", "disagree": "Không đồng ý", "abstain": "Không ý kiến"}
MEDIA = {
    "electronic": "bỏ phiếu trên hệ thống",
    "paper": "bỏ phiếu giấy",
    "mixed": "bỏ phiếu trên hệ thống và phiếu giấy",
}


def course_of(session: Session, council_session: CouncilSession) -> list[str]:
    """What happened in the vote beside its usual course, one sentence each, in the order it happened."""
    rounds = session.scalars(
        select(BallotRound).where(BallotRound.session_id == council_session.id).order_by(BallotRound.number)
    ).all()
    return [line for found in rounds for line in _of_round(found)]


def _of_round(found: BallotRound) -> Iterator[str]:
    if found.medium in PAPER:
        yield f"Hội đồng {MEDIA[found.medium]}; kết quả phiếu giấy do hai người nhập độc lập, khớp nhau."
    if found.kind == "second":
        yield (
            f"Lúc {_time(found.opened_at)} Hội đồng bỏ phiếu lần nữa về {len(found.items):02d} trường hợp có số "
            "phiếu ngang nhau."
        )
    if found.kind == "repeat":
        yield f"Lúc {_time(found.opened_at)} Hội đồng bỏ phiếu lại."
    if found.voided_at is not None:
        reason = (found.void_reason or "").strip().rstrip(".")
        yield f"Lúc {_time(found.voided_at)} người chủ trì hủy kết quả bỏ phiếu (lý do: {reason})."
    if chosen := sum(bool(each.chosen) for each in found.items):
        yield f"Người chủ trì quyết định chọn {chosen:02d} trường hợp trong số có số phiếu ngang nhau."


def _time(at: dt.datetime) -> str:
    """``08 giờ 39 phút, ngày 10/12/2019``."""
    return at.astimezone(VIETNAM).strftime("%H giờ %M phút, ngày %d/%m/%Y")


def written_opinions(session: Session, council_session: CouncilSession) -> int:
    """How many absent members gave a written opinion in the round that counts."""
    found = last_round(session, council_session.id)
    return sum(marker.via == "written" for marker in found.markers) if found else 0


def ballots_of(session: Session, council_session: CouncilSession) -> dict[str, int] | None:
    """Ballots given out and returned of a secret vote on the screen; None of an open one.

    None, too, where a sheet may be invalid for a group or lies on paper: there validity is told nominee by nominee.
    """
    found = last_round(session, council_session.id)
    by_line = found is not None and (
        found.medium in PAPER or council_session.profile["rule"].get("ballot_limit")
    )
    if found is None or not found.secret or by_line:
        return None
    cast = sum(marker.via == "electronic" for marker in found.markers)
    issued = max(sum(e.present for e in council_session.voters), cast)
    return {"issued": issued, "returned": cast, "valid": cast, "invalid": 0}


def trackers_of(session: Session, council_session: CouncilSession) -> list[str]:
    """The codes of the secret ballots counted in rounds that were not voided."""
    query = (
        select(BallotTracker.tracker)
        .join(BallotRound, BallotRound.id == BallotTracker.round_id)
        .where(BallotRound.session_id == council_session.id, BallotRound.voided_at.is_(None))
    )
    return sorted(session.scalars(query))


def named_votes(session: Session, council_session: CouncilSession) -> Mapping[int, str]:
    """By agenda item: who voted how, where the rule of an open vote lets its minutes say so."""
    rule = council_session.profile["rule"]
    if rule["ballot"] != "open" or not rule.get("named_in_minutes"):
        return {}
    names = {e.membership_id: e.membership.person.name for e in council_session.voters}
    rows = session.execute(
        select(OpenVote.agenda_item_id, OpenVote.membership_id, OpenVote.choice)
        .join(BallotRound, BallotRound.id == OpenVote.round_id)
        .where(BallotRound.session_id == council_session.id, BallotRound.voided_at.is_(None))
        .order_by(BallotRound.number)
    )
    last: defaultdict[int, dict[int, str]] = defaultdict(dict)
    for item_id, membership_id, choice in rows:
        last[item_id][membership_id] = choice
    return {item_id: _named(votes, names) for item_id, votes in last.items()}


def _named(votes: Mapping[int, str], names: Mapping[int, str]) -> str:
    parts = []
    for choice, word in CHOICES.items():
        who = [names[member] for member, made in votes.items() if made == choice and member in names]
        parts += [f"{word}: {', '.join(who)}"] if who else []
    return "; ".join(parts)


def round_digest(session: Session, council_session: CouncilSession) -> str | None:
    """The digest of the list voted on, with its dossiers, as it was shown at the opening of the round that counts."""
    found = last_round(session, council_session.id)
    return found.agenda_digest if found else None

"""A council session: agenda, attendance, every member's open vote, minutes."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import Any

from sqlalchemy import select

from webapp.demo.script import Nominee, Session
from webapp.demo.setting import Setting
from webapp.demo.sheets import Sheet
from webapp.demo.stories.following import waiting_for
from webapp.demo.telling import Story, at, number
from webapp.extensions import db
from webapp.models import Council, CouncilMembership, Person, Unit
from webapp.queries.ballots import ballot_sheet

FIRST_VOTE = dt.timedelta(minutes=22)
PER_VOTE = dt.timedelta(minutes=3)

FRIENDS = ("member1", "member3", "member6")
"""Who votes yes even where a nominee fails."""

Member = tuple[str, str, str]
"""Membership id, user name, name."""


def session(setting: Setting, script: Session) -> Story:
    """Hold a session."""
    stage = setting.stage
    yield at(script.opened, setting.key(f"{script.key}/opened"))
    secretary = setting.who("secretary")
    form = {"round": setting.round.code, "subject": script.subject}
    case = stage.start(secretary, "council_vote", setting.plan.code, form)
    setting.codes[setting.key(f"session/{script.key}")] = case
    yield at(script.agenda, setting.key(f"{script.key}/agenda"))
    nominees = setting.nominees("session", script.key, "council")
    stage.do(secretary, "prepare_agenda", case, _agenda(setting, script, nominees))
    yield from _questions(setting, script, case)
    yield at(script.meets)
    members = members_of(setting)
    if script.mode == "written":
        stage.do(setting.who("presiding"), "open_correspondence", case, _by_correspondence(setting, script))
    else:
        stage.do(setting.who("presiding"), "open_session", case, _opening(setting, script, members))
    yield from _votes(setting, script, case, members)
    yield at(script.minutes, setting.key(f"{script.key}/minutes"))
    yield from waiting_for(stage, case, "draft_minutes", script.key)
    stage.do(secretary, "draft_minutes", case, _minutes(script, members) | {"signature": stage.signature})
    yield at(script.signed, setting.key(f"{script.key}/signed"))
    stage.do(
        setting.who("presiding"),
        "sign_minutes",
        case,
        {"decision": "sign", "signature": stage.signature},
    )


def members_of(setting: Setting) -> list[Member]:
    """The members of the organiser's council, in the order of their seats."""
    query = (
        select(CouncilMembership.public_id, Person.username, Person.name)
        .join(Person, Person.id == CouncilMembership.person_id)
        .join(Council, Council.id == CouncilMembership.council_id)
        .join(Unit, Unit.id == Council.unit_id)
        .where(Unit.code == setting.unit())
    )
    rows = db.session.execute(query.order_by(CouncilMembership.id))
    return [(public_id, username or "", name) for public_id, username, name in rows]


def _agenda(setting: Setting, script: Session, nominees: list[Nominee]) -> dict[str, Any]:
    return {
        "meets_at": at(script.meets).isoformat(),
        "place": script.place,
        "mode": script.mode,
        "nominations": setting.codes_of(nominees),
    }


def _questions(setting: Setting, script: Session, case: str) -> Story:
    """What members ask before they meet, and what the secretary answers."""
    for question in script.questions:
        yield at(question.asked)
        about = setting.codes[setting.key(question.nominee)]
        asked = setting.stage.ask(question.who, case, about, question.text)
        if question.answered:
            yield at(question.answered)
            setting.stage.answer(setting.who("secretary"), case, asked, question.answer)


def _presiding(setting: Setting, script: Session, reason: str) -> dict[str, Any]:
    """The standing deputy presides, by a paper of the chairman."""
    day = at(script.meets).date()
    written = f"Ủy quyền Phó Chủ tịch thường trực Hội đồng chủ trì phiên họp ngày {day:%d/%m/%Y}. {reason}"
    return {
        "presided_by": "standing_deputy",
        "absence_reason": reason,
        "authorisation_number": f"{number(4, 60, setting.key(script.key))}/UQ-HĐTĐKT",
        "authorisation": Sheet(
            "authorisation",
            "Van ban uy quyen.pdf",
            f"Ủy ban nhân dân {setting.unit_name()}",
            "Giấy ủy quyền",
            "Chủ trì phiên họp Hội đồng",
            (written,),
        ),
    }


def _opening(setting: Setting, script: Session, members: Sequence[Member]) -> dict[str, Any]:
    return {
        "attendance": [{"member": member, "status": "present"} for member, _, _ in members],
        **_presiding(setting, script, "Chủ tịch Hội đồng dự họp ở tỉnh buổi khai mạc, bỏ phiếu sau."),
        "decision": "open",
        "ballots": "electronic",
        "vote_closes": at(script.closes).isoformat(),
    }


def _by_correspondence(setting: Setting, script: Session) -> dict[str, Any]:
    return {
        **_presiding(setting, script, "Chủ tịch Hội đồng đi công tác."),
        "vote_closes": at(script.closes).isoformat(),
    }


def _votes(setting: Setting, script: Session, case: str, members: Sequence[Member]) -> Story:
    """Members vote one after the other; the late ones at instants of their own."""
    start = at(script.meets) + FIRST_VOTE
    times = [
        (at(script.late[who]) if who in script.late else start + place * PER_VOTE, who)
        for place, (_, who, _) in enumerate(members)
    ]
    for instant, who in sorted(times):
        yield instant
        task = setting.stage.open_task("cast_vote", case, person=who)
        setting.stage.complete(who, task, {"ballots": _ballots(setting, script, task, who)})


def _ballots(setting: Setting, script: Session, task: str, who: str) -> list[dict[str, str]]:
    """A vote on everybody the member need not stand aside for."""
    sheet = ballot_sheet(db.session(), task, setting.day, {})
    keys = {
        setting.codes[setting.key(one.key)]: one.key
        for one in setting.round.nominees
        if one.session == script.key
    }
    ballots = []
    for code in sheet.votable if sheet else ():
        ballots.append({"nomination": code, "vote": _choice(script, keys[code], who)})
    return ballots


def _choice(script: Session, key: str, who: str) -> str:
    if key in script.fails:
        return "agree" if who in FRIENDS else "disagree"
    others = script.votes.get(key, {})
    return next((choice for choice, members in others.items() if who in members), "agree")


def _minutes(script: Session, members: Sequence[Member]) -> dict[str, Any]:
    begun = at(script.meets)
    ended = begun + dt.timedelta(minutes=number(95, 160, script.key))
    return {
        "started_at": begun.isoformat(),
        "ended_at": ended.isoformat(),
        "counting_team": [
            {"name": members[3][2], "duty": "leader"},
            {"name": members[8][2], "duty": "counter"},
        ],
        "opinions": "Các thành viên đã nghiên cứu hồ sơ, thảo luận từng trường hợp và biểu quyết công khai.",
        "conclusions": "Hội đồng thống nhất kết quả biểu quyết; giao Thư ký hoàn chỉnh hồ sơ trình Chủ tịch.",
    }

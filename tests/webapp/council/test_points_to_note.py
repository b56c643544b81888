"""What the record holds that a council should look at twice."""

import datetime as dt
from typing import get_args

import pytest
from sqlalchemy import select, update

from tests.offices import scene
from tests.people import AN_CU, POLICE
from tests.sittings import OURS_CODES, SESSION, Council
from webapp.extensions import db
from webapp.models import AwardRound, Case, CouncilSession, FormEntry, Nomination, OutboxItem
from webapp.operations.interventions import resume_case
from webapp.operations.suspensions import Order, suspend
from webapp.queries.agendas import loaded_session
from webapp.queries.points_to_note import Code, Point, points_to_note
from webapp.queries.rule_names import rule_names
from webapp.ui.points_to_note import SENTENCES, point_sentence
from workflows.values import local_day

CRITERIA = {
    "right_group": True,
    "standard_met": True,
    "papers_complete": True,
    "procedure_followed": True,
    "no_pending_case": True,
    "not_awarded_twice": True,
}


def points(code=SESSION):
    """Points of a session by code of the nomination, as codes."""
    db.session.rollback()
    case = db.session.execute(select(Case).where(Case.code == code)).scalar_one()
    held = loaded_session(db.session(), case)
    found = points_to_note(db.session(), held, rule_names(db.session()).awards)
    codes = {item.nomination_id: item.nomination.case.code for item in held.agenda}
    return {codes[each]: {point.code: point.values for point in noted} for each, noted in found.items()}


class Careful(Council):
    """A council whose first nominee comes with everything there can be to note."""

    def assess(self, code, officer, chair, entry):
        """The dossier is sent back once, and an award of the year before is named."""
        told = {"nominee_kind": "individual", "name_on_paper": entry["nominee_name"], "honorific": "ms"}
        award = {"award": "Giấy khen của Chủ tịch Ủy ban nhân dân huyện", "year": self.at.year - 1}
        self.do(
            officer,
            "prepare_on_behalf",
            code,
            paper_number="12/GT-UBND",
            proposed_award="certificate_of_merit",
            previous_awards=[award, {"award": "Huân chương Lao động", "year": self.at.year}],
            **told,
        )
        self.do(officer, "check_dossier", code, decision="supplement", supplement_text="Bổ sung biên bản.")
        self.do(officer, "supplement_dossier", code)
        self.do(officer, "check_dossier", code, decision="complete")
        self.do(officer, "record_meeting", code, decision="agree", present=40, agreed=38, invited=45)
        self.do(chair, "conclude_commune_council", code, decision="agree", members=9, present=9, agreed=9)
        self.do(officer, "post_publicly", code, posted_from=self.at.date().isoformat())

    def appraise(self, code):
        """Sent back a second time, an opinion against, in the end eligible."""
        self.do("specialist", "appraise", code, decision="supplement", supplement_text="Bổ sung số liệu.")
        self.do("officer", "supplement_for_district", code)
        self.do(
            "specialist", "appraise", code, decision="ask_opinions", bodies=[POLICE], question="Có ý kiến?"
        )
        self.do("police", "give_opinion", code, decision="disagree", reason="Đang bị khiếu nại.")
        self.do("specialist", "appraise", code, decision="eligible", criteria=CRITERIA)
        self.do("head", "review_appraisal", code, decision="approve")
        self.work()


@scene
def doubtful(council):
    """A session on one nominee with a difficult way behind it."""
    careful = Careful()
    entry = {"nominee_name": "Trần Thị Khó"}
    code = careful.nominate("officer", submitting_unit=AN_CU, **entry)
    careful.assess(code, "officer", "commune_chair", entry)
    careful.move(days=6)
    objection = {
        "received_on": careful.at.date().isoformat(),
        "content": "Chưa thoát nghèo.",
        "handling": "Đã xác minh: đã thoát nghèo.",
    }
    careful.do("officer", "conclude_posting", code, decision="clear", objections=[objection])
    careful.submit([code], "officer", "commune_chair")
    careful.appraise(code)
    return code, careful.summon([code])


def test_a_difficult_way_is_told_point_by_point(browser, council, doubtful):
    nomination, session = doubtful
    found = points(session)[nomination]
    assert list(found) == ["opinions_against", "objections", "supplements", "awarded_before"]
    assert found["opinions_against"]["count"] == 1
    assert found["objections"] == {"count": 1, "unanswered": 0}
    assert found["supplements"] == {"count": 2}
    assert found["awarded_before"]["year"] == council.at.year - 1
    browser.sign_in_as(council.person("member1"))
    page = browser.get(f"/council/sessions/{session}/nominees/{nomination}")
    told = page.one("#points").get_text(" ", strip=True)
    for text in (
        "Không nhất trí khi được lấy ý kiến: Công an",
        "Có 1 ý kiến phản ánh khi niêm yết; tất cả đã được trả lời.",
        "Hồ sơ đã bị yêu cầu bổ sung 2 lần.",
        "năm 2018",
    ):
        assert text in told, (text, told)
    assert "Đang bị khiếu nại." in page.text
    assert "Đã xác minh: đã thoát nghèo." in page.text
    assert page.one("#points .count").get_text() == "4"


def test_eligible_although_a_criterion_is_not_met(council):
    """The forms as shipped refuse it; an office's own form may leave it to the appraiser."""
    case = council.case(OURS_CODES[0])
    entry = db.session.execute(
        select(FormEntry).where(
            FormEntry.case_id == case.id, FormEntry.form == "district_assessment/appraise"
        )
    ).scalar_one()
    entry.data = entry.data | {"criteria": CRITERIA | {"no_pending_case": False}}
    db.session.commit()
    assert points()[OURS_CODES[0]] == {"criteria_unmet": {"criteria": ("no_pending_case",)}}


def test_more_proposed_than_places(council):
    found = points()
    assert OURS_CODES[0] not in found
    assert all(found[code] == {"over_places": {"proposed": 4, "places": 3}} for code in OURS_CODES[1:])


def test_an_award_in_the_register_is_found_by_the_name_in_its_unit(council):
    for username in ("authority", "chair", "member1"):
        council.vote(username, SESSION)
    council.vote("member2", SESSION, HS_2019_0005="none")
    council.conclude(SESSION)
    draft = council.draft([OURS_CODES[0]])
    council.sign(draft)
    council.number(draft, 77)
    _was_of_the_round_before(council, OURS_CODES[0])
    again = council.bring({"nominee_name": "Nguyễn Thị Ượng", "honorific": "ms"})
    session = council.summon(again)
    assert points(session)[again[0]]["awarded_before"] == {"year": 2019, "award": "certificate_of_merit"}
    assert points().get(OURS_CODES[0], {}) == {}


def _was_of_the_round_before(council, code):
    """In one round one achievement brings one award."""
    before = select(AwardRound.id).where(AwardRound.code == "nam-2018").scalar_subquery()
    case = council.case(code)
    db.session.execute(update(Nomination).where(Nomination.case_id == case.id).values(round_id=before))
    db.session.commit()


def test_posting_that_was_passed_over(council):
    case = council.case(OURS_CODES[0])
    promised = {"params": {}, "data": {"posting_days": 0}}
    db.session.add(
        OutboxItem(
            kind="skip_posting",
            case_id=case.id,
            effect_id="pass_over_posting/1",
            payload=promised,
            status="done",
            due_at=council.now.wall,
        )
    )
    db.session.commit()
    assert points()[OURS_CODES[0]] == {"posting_passed_over": {}}


@pytest.mark.parametrize("code", get_args(Code))
def test_every_code_is_a_sentence(app, code):
    values = {"criteria": ("right_group",), "bodies": ("Công an",), "count": 2, "unanswered": 1}
    values |= {"year": 2018, "proposed": 4, "places": 3, "conditions": ("Tỷ lệ",)}
    values |= {"since": "2018-11-07", "until": "2018-11-13", "kind": "complaint"}
    values |= {"papers": ("Báo cáo thành tích",)}
    with app.test_request_context():
        assert point_sentence(Point(code, values), "Giấy khen").endswith(".")
    assert set(SENTENCES) == set(get_args(Code))


def test_a_session_without_an_agenda_has_none(council):
    code = council.start("secretary", "council_vote", round="nam-2019", subject="Xét khen thưởng")
    assert points(code) == {}
    assert db.session.scalar(select(CouncilSession.id).join(Case).where(Case.code == code))


def test_a_suspension_that_is_over_is_told(browser, council):
    """The council knows that a dossier rested; why it did is for those who may suspend."""
    code, day = OURS_CODES[0], local_day(council.at)
    order = Order("complaint", "Thanh tra huyện", "214/TTH", day, day + dt.timedelta(days=9), "Có đơn tố cáo")
    suspend(code, order, actor=council.actor("head"), now=council.now)
    resume_case(code, "Đơn không có cơ sở", actor=council.actor("head"), now=council.now)
    [told] = points()[code].values()
    assert told["kind"] == "complaint"
    browser.sign_in_as(council.person("member1"))
    page = browser.get(f"/council/sessions/{SESSION}/nominees/{code}")
    assert "Hồ sơ từng tạm dừng xét từ " in page.one("#points").get_text()
    assert "Có đơn tố cáo" not in page.text

"""Decisions: ceilings, days, who signs, what is cancelled, handed over and published."""

import datetime as dt

import pytest
from sqlalchemy import select

from tests.proven import faults, open_elements
from tests.sittings import CODES, OURS_CODES, THEIR_CODE, VIETNAM
from webapp.extensions import db
from webapp.models import Award, Decision
from webapp.operations.interventions import freeze_case, stop_case
from webapp.operations.refusals import InvalidForm, NotNow
from webapp.operations.tasks import complete_task

COUNCIL = "concluded"


def faults_of(act):
    with pytest.raises(InvalidForm) as refusal:
        act()
    return [(fault.pointer, fault.code, dict(fault.params)) for fault in refusal.value.faults]


def test_more_awards_than_the_plan_allows_are_refused(council):
    found = faults_of(lambda: council.draft(CODES))
    assert found == [
        (
            "/nominations",
            "over_ceiling",
            {
                "strand": "Đồng thuận hợp tác, trách nhiệm vì người nghèo và công tác giảm nghèo",
                "pool": "Tập thể",
                "number": 4,
                "limit": 3,
            },
        )
    ]


def test_awards_of_another_draft_use_up_the_ceiling(council):
    council.draft(OURS_CODES)
    assert [code for _pointer, code, _params in faults_of(lambda: council.draft([THEIR_CODE]))] == [
        "over_ceiling"
    ]


def test_returned_draft_is_judged_without_itself(council):
    code = council.draft(OURS_CODES)
    council.do("head", "submit_decision", code, decision="return", return_reason="Sửa trích yếu")
    council.do(
        "specialist",
        "draft_decision",
        code,
        nominations=list(CODES[:4]),
        signer=council.person("authority").public_id,
    )
    assert open_elements(code) == ["submit_decision"]


def test_decision_is_not_dated_in_the_future(council):
    code = council.draft(OURS_CODES[:1])
    council.sign(code)
    task = council.task("number_decision", code).public_id
    tomorrow = (council.at.astimezone(VIETNAM).date() + dt.timedelta(days=1)).isoformat()
    form = {"number": 5, "symbol": "QĐ-UBND", "dated_on": tomorrow}
    clerk = council.actor("clerk")
    found = faults_of(lambda: complete_task(task, form, actor=clerk, now=council.now))
    assert found == [("/dated_on", "in_the_future", {})]


def test_nobody_is_awarded_whose_dossier_was_suspended_since(council):
    code = council.draft(OURS_CODES[:2])
    freeze_case("HS-2019-0001", "Có đơn tố cáo", actor=council.actor("specialist"), now=council.now)
    found = faults_of(lambda: council.sign(code))
    assert found == [("/decision", "dossiers_closed", {"codes": "HS-2019-0001"})]


def test_cancelled_draft_frees_its_nominations(council):
    code = council.draft(OURS_CODES)
    stop_case(code, "Chờ văn bản cấp trên", actor=council.actor("head"), now=council.now)
    assert list(db.session.scalars(select(Award.id))) == []
    assert open_elements(council.draft(OURS_CODES)) == ["submit_decision"]


def test_decision_with_a_number_cannot_be_cancelled(council):
    code = council.draft(OURS_CODES)
    council.sign(code)
    council.number(code, 7)
    with pytest.raises(NotNow) as refusal:
        stop_case(code, "Nhầm", actor=council.actor("head"), now=council.now)
    assert refusal.value.code == "decision_numbered"
    assert sorted(db.session.scalars(select(Award.register_number))) == [1, 2, 3, 4]


def test_whoever_signs_is_the_signer(council):
    code = council.draft(OURS_CODES)
    council.sign(code)
    decision = db.session.scalar(select(Decision))
    assert decision.signer == council.person("authority").public_id
    assert decision.signer_position == "Chủ tịch"
    assert decision.signed_at == council.at


@pytest.mark.parametrize(
    ("dated_on", "code"),
    [("2019-12-31", "in_the_future"), ("2019-12-01", "before_draft"), ("1990-01-01", "before_draft")],
)
def test_decision_is_dated_between_its_draft_and_today(council, dated_on, code):
    decision = council.draft(OURS_CODES[:1])
    council.sign(decision)
    with pytest.raises(InvalidForm) as refusal:
        council.do("clerk", "number_decision", decision, number=7, symbol="QĐ-UBND", dated_on=dated_on)
    assert [(fault.pointer, fault.code) for fault in refusal.value.faults] == [("/dated_on", code)]
    assert db.session.scalar(select(Decision.number)) is None


def test_handing_over_is_noted_and_the_decision_published(council):
    code = council.draft(OURS_CODES[:1])
    council.sign(code)
    council.number(code, 7)
    row = {"recipient": OURS_CODES[0], "handed_on": "2019-12-14", "received_by": "Con gái nhận thay"}
    council.do("clerk", "send_copies", code)
    council.do("secretary", "publish_decision", code)
    council.do("specialist", "hand_over", code, recipients=[row], decision="done")
    council.do("clerk", "close_file", code)
    award = db.session.scalar(select(Award))
    assert (award.handed_over_on, award.handed_over_to) == (dt.date(2019, 12, 14), "Con gái nhận thay")
    assert council.case(code).outcome == "issued"
    assert council.case(OURS_CODES[0]).outcome == "awarded"
    assert faults() == []

"""Decisions: ceilings, numbers, the gap-free register, prize money."""

import datetime as dt

import pytest
from sqlalchemy import select

from tests.proven import faults, open_elements
from tests.sittings import CODES, OURS_CODES, THEIR_CODE, VIETNAM
from tests.together import raised, together
from webapp.extensions import db
from webapp.models import Award, Decision, NumberSeries
from webapp.operations import procedures
from webapp.operations.interventions import freeze_case, stop_case
from webapp.operations.refusals import InvalidForm, NotNow
from webapp.operations.tasks import complete_task

COUNCIL = "concluded"
NUMBERING = {"symbol": "QĐ-UBND"}


def faults_of(act):
    with pytest.raises(InvalidForm) as refusal:
        act()
    return [(fault.pointer, fault.code, dict(fault.params)) for fault in refusal.value.faults]


def numbers():
    query = select(Award.register_number).where(Award.register_number.is_not(None))
    return sorted(db.session.scalars(query.order_by(Award.register_number)))


def numbering(council, code, number):
    """What numbers a decision, to be done by anybody at any time."""
    task, clerk, now = council.task("number_decision", code).public_id, council.actor("clerk"), council.now
    form = {"number": number, **NUMBERING, "dated_on": now.at.astimezone(VIETNAM).date().isoformat()}
    return lambda: complete_task(task, form, actor=clerk, now=now)


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


def test_two_drafts_do_not_share_the_last_place(app, council):
    council.draft(OURS_CODES[:3])
    drafts = [council.start("specialist", "award_issuance", round="nam-2019") for _each in range(2)]
    specialist, now, signer = council.actor("specialist"), council.now, council.person("authority").public_id
    acts = []
    for draft, nomination in zip(drafts, (OURS_CODES[3], THEIR_CODE), strict=True):
        task = council.task("draft_decision", draft).public_id
        form = {
            "nominations": [nomination],
            "title": "Về việc khen thưởng",
            "achievement": "Có thành tích",
            "signer": signer,
            "copies_to": "Như Điều 3",
        }
        acts.append(lambda task=task, form=form: complete_task(task, form, actor=specialist, now=now))
    assert raised(together(app, acts)) == [InvalidForm]
    assert db.session.scalar(select(Award.id).where(Award.register_number.is_(None)).limit(1)) is not None
    assert len(list(db.session.scalars(select(Award.id)))) == 4


def test_awards_get_numbers_without_a_gap_and_their_prize(council):
    first, second = council.draft(OURS_CODES[:2]), council.draft(OURS_CODES[2:])
    for code in (second, first):
        council.sign(code)
    council.number(second, 12)
    council.number(first, 13)
    found = {
        row.nomination.case.code: (row.register_number, row.prize)
        for row in db.session.scalars(select(Award))
    }
    assert found == {
        "HS-2019-0003": (1, 900_000),
        "HS-2019-0004": (2, 900_000),
        "HS-2019-0001": (3, 450_000),
        "HS-2019-0002": (4, 900_000),
    }
    assert open_elements(first) == ["hand_over"]
    assert faults() == []


def test_number_given_back_by_a_rollback_is_given_again(council, monkeypatch):
    first, second = council.draft(OURS_CODES[:2]), council.draft(OURS_CODES[2:])
    for code in (first, second):
        council.sign(code)

    def break_down(**_given):
        raise ConnectionError("the machine stops here")

    with monkeypatch.context() as patch:
        patch.setattr(procedures.awards, "AwardsRegistered", break_down)
        with pytest.raises(ConnectionError):
            numbering(council, first, 12)()
    assert numbers() == []
    council.number(second, 12)
    council.number(first, 13)
    assert numbers() == [1, 2, 3, 4]


def test_register_has_no_gap_and_no_double_under_concurrency(app, council):
    decisions = [council.draft([code]) for code in OURS_CODES]
    for code in decisions:
        council.sign(code)
    acts = [numbering(council, code, number) for number, code in enumerate(decisions, 21)]
    assert raised(together(app, acts)) == []
    assert numbers() == [1, 2, 3, 4]
    last = select(NumberSeries.last).where(NumberSeries.series.startswith("register/"))
    assert list(db.session.scalars(last)) == [4]
    council.work()
    assert faults() == []


def test_number_of_the_book_is_given_once(app, council):
    decisions = [council.draft([code]) for code in OURS_CODES[:2]]
    for code in decisions:
        council.sign(code)
    acts = [numbering(council, code, 30) for code in decisions]
    assert raised(together(app, acts)) == [InvalidForm]
    assert numbers() == [1]


def test_decision_is_not_dated_in_the_future(council):
    code = council.draft(OURS_CODES[:1])
    council.sign(code)
    task = council.task("number_decision", code).public_id
    tomorrow = (council.at.astimezone(VIETNAM).date() + dt.timedelta(days=1)).isoformat()
    form = {"number": 5, **NUMBERING, "dated_on": tomorrow}
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
    assert numbers() == [1, 2, 3, 4]


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
    row = {"recipient": OURS_CODES[0], "handed_on": "2019-12-05", "received_by": "Con gái nhận thay"}
    council.do("specialist", "hand_over", code, recipients=[row])
    council.do("secretary", "publish_decision", code)
    award = db.session.scalar(select(Award))
    assert (award.handed_over_on, award.handed_over_to) == (dt.date(2019, 12, 5), "Con gái nhận thay")
    assert council.case(code).outcome == "issued"
    assert council.case(OURS_CODES[0]).outcome == "awarded"
    assert faults() == []

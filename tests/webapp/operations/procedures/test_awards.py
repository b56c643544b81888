"""Decisions: ceilings, numbers, the gap-free register, prize money."""

import datetime as dt

import pytest
from sqlalchemy import select

from tests.proven import faults, open_elements
from tests.seated import CODES, OURS_CODES, SESSION, THEIR_CODE
from tests.sittings import MEMBERS, VIETNAM, Council
from tests.together import raised, together
from webapp.extensions import db
from webapp.models import Award, Decision, NumberSeries
from webapp.operations import procedures
from webapp.operations.interventions import freeze_case, stop_case
from webapp.operations.refusals import InvalidForm, NotNow
from webapp.operations.tasks import complete_task

NUMBERING = {"symbol": "QĐ-UBND"}


@pytest.fixture
def passed(council):
    """All five nominations have passed and wait for a decision."""
    for username in MEMBERS:
        council.vote(username, SESSION, **({"HS_2019_0005": "none"} if username == "member2" else {}))
    council.conclude(SESSION)
    return council


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


def test_more_awards_than_the_plan_allows_are_refused(passed):
    found = faults_of(lambda: passed.draft(CODES))
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


def test_awards_of_another_draft_use_up_the_ceiling(passed):
    passed.draft(OURS_CODES)
    assert [code for _pointer, code, _params in faults_of(lambda: passed.draft([THEIR_CODE]))] == [
        "over_ceiling"
    ]


def test_returned_draft_is_judged_without_itself(passed):
    code = passed.draft(OURS_CODES)
    passed.do("head", "submit_decision", code, decision="return", return_reason="Sửa trích yếu")
    passed.do(
        "specialist",
        "draft_decision",
        code,
        nominations=list(CODES[:4]),
        signer=passed.person("authority").public_id,
    )
    assert open_elements(code) == ["submit_decision"]


def test_two_drafts_do_not_share_the_last_place(app, passed):
    passed.draft(OURS_CODES[:3])
    drafts = [passed.start("specialist", "award_issuance", round="nam-2019") for _each in range(2)]
    specialist, now, signer = passed.actor("specialist"), passed.now, passed.person("authority").public_id
    acts = []
    for draft, nomination in zip(drafts, (OURS_CODES[3], THEIR_CODE), strict=True):
        task = passed.task("draft_decision", draft).public_id
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


def test_awards_get_numbers_without_a_gap_and_their_prize(passed):
    first, second = passed.draft(OURS_CODES[:2]), passed.draft(OURS_CODES[2:])
    for code in (second, first):
        passed.sign(code)
    passed.number(second, 12)
    passed.number(first, 13)
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


def test_number_given_back_by_a_rollback_is_given_again(passed, monkeypatch):
    first, second = passed.draft(OURS_CODES[:2]), passed.draft(OURS_CODES[2:])
    for code in (first, second):
        passed.sign(code)

    def break_down(**_given):
        raise ConnectionError("the machine stops here")

    with monkeypatch.context() as patch:
        patch.setattr(procedures.awards, "AwardsRegistered", break_down)
        with pytest.raises(ConnectionError):
            numbering(passed, first, 12)()
    assert numbers() == []
    passed.number(second, 12)
    passed.number(first, 13)
    assert numbers() == [1, 2, 3, 4]


def test_register_has_no_gap_and_no_double_under_concurrency(app, passed):
    decisions = [passed.draft([code]) for code in OURS_CODES]
    for code in decisions:
        passed.sign(code)
    acts = [numbering(passed, code, number) for number, code in enumerate(decisions, 21)]
    assert raised(together(app, acts)) == []
    assert numbers() == [1, 2, 3, 4]
    last = select(NumberSeries.last).where(NumberSeries.series.startswith("register/"))
    assert list(db.session.scalars(last)) == [4]
    passed.work()
    assert faults() == []


def test_number_of_the_book_is_given_once(app, passed):
    decisions = [passed.draft([code]) for code in OURS_CODES[:2]]
    for code in decisions:
        passed.sign(code)
    acts = [numbering(passed, code, 30) for code in decisions]
    assert raised(together(app, acts)) == [InvalidForm]
    assert numbers() == [1]


def test_decision_is_not_dated_in_the_future(passed):
    code = passed.draft(OURS_CODES[:1])
    passed.sign(code)
    task = passed.task("number_decision", code).public_id
    tomorrow = (passed.at.astimezone(VIETNAM).date() + dt.timedelta(days=1)).isoformat()
    form = {"number": 5, **NUMBERING, "dated_on": tomorrow}
    clerk = passed.actor("clerk")
    found = faults_of(lambda: complete_task(task, form, actor=clerk, now=passed.now))
    assert found == [("/dated_on", "in_the_future", {})]


def test_nobody_is_awarded_whose_dossier_was_suspended_since(passed):
    code = passed.draft(OURS_CODES[:2])
    freeze_case("HS-2019-0001", "Có đơn tố cáo", actor=passed.actor("specialist"), now=passed.now)
    found = faults_of(lambda: passed.sign(code))
    assert found == [("/decision", "dossiers_closed", {"codes": "HS-2019-0001"})]


def test_cancelled_draft_frees_its_nominations(passed):
    code = passed.draft(OURS_CODES)
    stop_case(code, "Chờ văn bản cấp trên", actor=passed.actor("head"), now=passed.now)
    assert list(db.session.scalars(select(Award.id))) == []
    assert open_elements(passed.draft(OURS_CODES)) == ["submit_decision"]


def test_decision_with_a_number_cannot_be_cancelled(passed):
    code = passed.draft(OURS_CODES)
    passed.sign(code)
    passed.number(code, 7)
    with pytest.raises(NotNow) as refusal:
        stop_case(code, "Nhầm", actor=passed.actor("head"), now=passed.now)
    assert refusal.value.code == "decision_numbered"
    assert numbers() == [1, 2, 3, 4]


def test_whoever_signs_is_the_signer(passed):
    code = passed.draft(OURS_CODES)
    passed.sign(code)
    decision = db.session.scalar(select(Decision))
    assert decision.signer == passed.person("authority").public_id
    assert decision.signer_position == "Chủ tịch"
    assert decision.signed_at == passed.at


def test_handing_over_is_noted_and_the_decision_published(passed: Council):
    code = passed.draft(OURS_CODES[:1])
    passed.sign(code)
    passed.number(code, 7)
    row = {"recipient": OURS_CODES[0], "handed_on": "2019-12-20", "received_by": "Con gái nhận thay"}
    passed.do("specialist", "hand_over", code, recipients=[row])
    passed.do("secretary", "publish_decision", code)
    award = db.session.scalar(select(Award))
    assert (award.handed_over_on, award.handed_over_to) == (dt.date(2019, 12, 20), "Con gái nhận thay")
    assert passed.case(code).outcome == "issued"
    assert passed.case(OURS_CODES[0]).outcome == "awarded"
    assert faults() == []

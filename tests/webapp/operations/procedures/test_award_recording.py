"""What enters the history of awards by itself: our decisions, those of a level above, those of before."""

import pytest
from sqlalchemy import delete, select

from tests.offices import scene
from tests.pages import Browser
from tests.proven import faults
from tests.sittings import VIETNAM
from tests.webapp.test_cli import run
from webapp import eventlog
from webapp.extensions import db
from webapp.models import AwardRecord, Case, HigherAward, Nomination, Notice, Paper
from webapp.operations.award_history import import_awards
from webapp.operations.refusals import InvalidForm
from webapp.queries.award_history import NewRecord
from webapp.queries.eligibility import check_nomination
from webapp.queries.refusal_papers import refusal_notice_facts

COUNCIL = "concluded"
CODES = ("HS-2019-0001", "HS-2019-0002")
NAME = "Võ Thành Lẫm"
HIGHER = "provincial_certificate_of_merit"


def records():
    db.session.rollback()
    return list(db.session.scalars(select(AwardRecord).order_by(AwardRecord.id)))


def forget():
    """The history as it was when there was none."""
    db.session.execute(delete(HigherAward))
    db.session.execute(delete(AwardRecord))
    db.session.commit()


@scene
def awarded(council):
    """Two nominations awarded by our own decision."""
    code = council.draft(CODES)
    council.sign(code)
    council.number(code, 4512)
    council.work()


def award_above(council):
    """One awarded by the province, recorded with the number of its decision; returns its code."""
    [code] = council.bring({"nominee_name": NAME, "proposed_award": HIGHER})
    council.pass_all([code])
    council.do("secretary", "forward_to_province", code, proposed_award=HIGHER)
    council.do("province_specialist", "appraise_at_province", code, decision="eligible")
    council.do("province_head", "review_at_province", code, decision="approve")
    council.do(
        "specialist",
        "record_higher_decision",
        code,
        decision="awarded",
        award_given=HIGHER,
        decision_number="2231/QĐ-UBND",
        decision_date=council.at.date().isoformat(),
        issuer="Ủy ban nhân dân tỉnh An Giang",
    )
    return code


@scene
def awarded_above(council):
    return award_above(council)


def told(record):
    return (record.name, record.award, record.year, record.decision_number, record.decided_by)


HERE_ABOVE = (NAME, HIGHER, 2019, "2231/QĐ-UBND", "Ủy ban nhân dân tỉnh An Giang")


def test_a_decision_of_a_level_above_stands_in_the_history(council, awarded_above):
    [record] = records()
    assert told(record) == HERE_ABOVE
    assert record.decided_on == council.at.date()
    assert faults() == []


def test_it_is_the_past_of_the_next_dossier_and_not_of_its_own(council, awarded_above):
    later = council.nominate(nominee_name=NAME, strand="tu-thien-xa-hoi")
    found = {code: len(history(council, code)) for code in (awarded_above, later)}
    assert found == {awarded_above: 0, later: 1}


def history(council, code):
    db.session.rollback()
    case = db.session.scalars(select(Case).where(Case.code == code)).one()
    return check_nomination(db.session(), case, "proposal", council.at.date()).history


def test_a_refusal_above_enters_nothing(council):
    [code] = council.bring({"nominee_name": NAME, "proposed_award": HIGHER})
    council.pass_all([code])
    council.do("secretary", "forward_to_province", code, proposed_award=HIGHER)
    council.do("province_specialist", "appraise_at_province", code, decision="eligible")
    council.do("province_head", "review_at_province", code, decision="approve")
    council.do("specialist", "record_higher_decision", code, decision="refuse", refusal_reason="Hết chỉ tiêu")
    assert records() == []
    told = select(Notice).where(Notice.template == "higher_refused")
    reasons = {each.person_id: each.values["reason"] for each in db.session.scalars(told)}
    assert {council.person(name).id for name in ("officer", "commune_chair")} <= set(reasons)
    assert set(reasons.values()) == {"Hết chỉ tiêu"}


def test_everybody_who_handed_it_in_learns_that_the_province_finds_it_not_eligible(council):
    [code] = council.bring({"nominee_name": NAME, "proposed_award": HIGHER})
    council.pass_all([code])
    council.do("secretary", "forward_to_province", code, proposed_award=HIGHER)
    refused = {"decision": "refuse", "ground": "wrong_group", "ground_note": "Chưa có ảnh hưởng trong tỉnh."}
    council.do("province_specialist", "appraise_at_province", code, **refused)
    council.do("province_head", "review_refusal_at_province", code, decision="refuse")
    council.work()
    assert council.case(code).outcome == "higher_refused"
    told = select(Notice.person_id).where(Notice.template == "nomination_rejected")
    people = {council.person(name).id for name in ("secretary", "officer", "commune_chair")}
    assert people <= set(db.session.scalars(told))
    facts = refusal_notice_facts(db.session(), council.case(code), "nomination_rejected")
    assert (facts["stage"], facts["explanation"]) == ("province", "Chưa có ảnh hưởng trong tỉnh.")
    paper = select(Paper.kind).where(Paper.case_id == council.case(code).id)
    assert "refusal_notice" in set(db.session.scalars(paper))


def test_what_the_own_level_gives_comes_from_no_level_above(council):
    [code] = council.bring({"nominee_name": "Tổ X", "nominee_kind": "collective", "proposed_award": HIGHER})
    council.pass_all([code])
    council.do("secretary", "forward_to_province", code, proposed_award=HIGHER)
    council.do("province_specialist", "appraise_at_province", code, decision="eligible")
    council.do("province_head", "review_at_province", code, decision="approve")
    with pytest.raises(InvalidForm) as refused:
        council.do(
            "specialist",
            "record_higher_decision",
            code,
            decision="awarded",
            award_given="certificate_of_merit",
            decision_number="2231/QĐ-UBND",
            decision_date=council.at.date().isoformat(),
            issuer="Ủy ban nhân dân tỉnh An Giang",
        )
    assert [each.code for each in refused.value.faults] == ["award_not_from_above"]


def test_what_was_given_before_is_entered_once(app, council, awarded):
    award_above(council)
    before = sorted(told(record) for record in records())
    assert len(before) == len(CODES) + 1
    forget()
    assert run(app, "history", "fill").output == "3 entered, 0 on record already by a list\n"
    assert sorted(told(record) for record in records()) == before
    assert run(app, "history", "fill").output == "0 entered, 0 on record already by a list\n"
    assert sorted(told(record) for record in records()) == before
    [filled] = [
        each for each in eventlog.read_stream(db.session(), "history") if each.type == "history_filled"
    ]
    assert filled.fields == {"rows": 3, "known": 0}
    assert faults() == []


def test_what_a_list_has_brought_in_is_not_entered_twice(app, council, awarded):
    [first, _second] = records()
    same = NewRecord(
        kind=first.kind,
        name=first.name,
        unit_id=first.unit_id,
        birth_year=first.birth_year,
        identity=first.identity,
        award=first.award,
        award_name=first.award_name,
        year=first.year,
        movement="thematic",
    )
    forget()
    import_awards(
        "an-giang/tinh-bien", "a.xlsx", "0" * 64, [same], actor=council.actor("specialist"), now=council.now
    )
    assert run(app, "history", "fill").output == "1 entered, 1 on record already by a list\n"
    assert run(app, "history", "fill").output == "0 entered, 1 on record already by a list\n"
    assert len(records()) == len(CODES)


def test_a_nominee_who_is_called_otherwise_later_stays_the_same(app, council, awarded):
    """The register keeps the name on the paper, and what was awarded is known of the next dossier."""
    name = council.case(CODES[0]).title
    nominee = council.read(select(Nomination).join(Case).where(Case.code == CODES[0]))[0].nominee
    nominee.name, nominee.search_key = "Tên viết khác", "ten viet khac"
    db.session.commit()
    later = council.nominate(nominee_name="Tên viết khác", nominee_kind="individual")
    browser = Browser(app)
    browser.sign_in_as(council.person("secretary"))
    register = browser.get("/awards/register").text
    assert name in register
    assert "Tên viết khác" not in register
    assert [entry.record.name for entry in history(council, later)] == [name]


def notices_of(council, username):
    query = select(Notice).where(
        Notice.person_id == council.person(username).id, Notice.template == "nomination_awarded"
    )
    return [each.values for each in db.session.scalars(query.order_by(Notice.id))]


def test_the_submitting_unit_is_told_of_number_day_and_prize(app, council, awarded):
    told = notices_of(council, "officer")
    told.sort(key=lambda each: each["code"])
    assert [each["code"] for each in told] == list(CODES)
    assert told[0] | {"number": "4512/QĐ-UBND", "award": "Giấy khen"} == told[0]
    assert told[0]["decided"] == council.at.astimezone(VIETNAM).date().isoformat()
    assert int(told[0]["prize"]) > 0
    page = Browser(app)
    page.sign_in_as(council.person("officer"))
    text = page.get("/notices").all(".notice-list li")[0].get_text(" ", strip=True)
    assert "đã có quyết định khen thưởng" in text
    assert "Quyết định số 4512/QĐ-UBND ngày " in text


def test_of_an_award_from_above_it_is_told_as_well(council, awarded_above):
    assert notices_of(council, "officer")[-1]["number"] == "2231/QĐ-UBND"


def test_what_goes_up_is_what_the_council_voted_on(council):
    [code] = council.bring({"nominee_name": NAME, "proposed_award": HIGHER})
    council.pass_all([code])
    with pytest.raises(InvalidForm):
        council.do("secretary", "forward_to_province", code, proposed_award="certificate_of_merit")

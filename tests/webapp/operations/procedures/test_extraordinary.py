"""Extraordinary merit: begun by the chairman or the organiser, considered on a short clock, decided like any award."""

import pytest
from sqlalchemy import select

from tests.factories import CAMPAIGN, STRAND
from tests.founded import campaign, database
from tests.introducing import NAME
from tests.introducing import propose as propose_exemplar
from tests.people import AN_CU
from tests.proven import faults
from tests.sittings import Council
from webapp.extensions import db
from webapp.models import Award, AwardRecord, AwardRound, Campaign, Nomination, Notice, Paper, Person
from webapp.operations.interventions import stop_case
from webapp.operations.refusals import Forbidden, InvalidForm
from webapp.queries.exemplar_tallies import tallies, total
from webapp.queries.first_values import first_values

__all__ = ["campaign", "database"]

MERIT = {
    "strand": STRAND,
    "nominee_kind": "individual",
    "nominee_name": "Trần Văn Cứu",
    "nominee_unit": AN_CU,
    "proposed_award": "certificate_of_merit",
    "merit_date": "2019-12-01",
    "merit": "Nhảy xuống kênh Trà Sư cứu hai em nhỏ bị đuối nước.",
    "found_by": "chairman",
}


@pytest.fixture
def office(app):
    return Council()


def propose(office, username="authority", **changes):
    return office.start(username, "extraordinary", **{**MERIT, **changes})


def report(office, code, **changes):
    told = {"nominee_kind": "individual", "name_on_paper": MERIT["nominee_name"], **changes}
    return office.do("specialist", "prepare_report", code, **told)


def refused(act):
    with pytest.raises(InvalidForm) as found:
        act()
    return [(fault.pointer, fault.code) for fault in found.value.faults]


def told(office, template):
    query = select(Person.username).join(Notice, Notice.person_id == Person.id)
    return office.read(query.where(Notice.template == template))


def test_from_the_merit_to_the_award_and_into_the_history(office, campaign):
    code = propose(office)
    assert code == "DX-2019-0001"
    report(office, code)
    office.do("authority", "consider_award", code, decision="award")
    decision = office.draft([code])
    office.sign(decision)
    office.number(decision, 7)
    office.work()
    assert (office.case(code).outcome, office.case(code).state) == ("awarded", "ended")
    [award] = office.read(select(Award))
    assert (award.register_number, award.prize) == (1, 450_000)
    [record] = office.read(select(AwardRecord))
    assert (record.movement, record.year) == ("extraordinary", 2019)
    assert faults() == []


def commended(office):
    """How many exemplars of the campaign were awarded."""
    [found] = office.read(select(Campaign).where(Campaign.code == CAMPAIGN))
    return total(list(tallies(db.session(), found).values())).commended


def test_what_an_exemplar_was_awarded_counts_for_it_and_stands_in_its_next_dossier(office, campaign):
    exemplar = propose_exemplar(office)
    office.do("officer", "verify_exemplar", exemplar, decision="accept")
    group = {"nominee_kind": "collective", "nominee_name": NAME}
    code = propose(office, exemplar=exemplar, **group)
    office.do("specialist", "prepare_report", code, nominee_kind="collective", name_on_paper=NAME)
    office.do("authority", "consider_award", code, decision="award")
    assert commended(office) == 0
    decision = office.draft([code])
    office.sign(decision)
    office.number(decision, 7)
    office.work()
    assert commended(office) == 1
    later = office.nominate(**group, exemplar=exemplar)
    task = office.task("prepare_on_behalf", later)
    [row] = first_values(db.session(), task)["previous_awards"]
    assert (row["year"], row["decision"][:2]) == (2019, "7/")


def test_it_stands_in_a_round_of_its_year_without_ceilings(office, campaign):
    propose(office)
    propose(office, "specialist", nominee_name="Lê Thị Dũng")
    [round_] = office.read(select(AwardRound).where(AwardRound.state == "standing"))
    assert (round_.code, round_.ceilings) == ("dot-xuat-2019", [])
    assert {each.round_id for each in office.read(select(Nomination))} == {round_.id}


@pytest.mark.parametrize(
    "username", ["officer", "commune_chair", "registrant", "member1", "clerk", "auditor"]
)
def test_who_may_not_begin_one(office, campaign, username):
    with pytest.raises(Forbidden):
        propose(office, username)


def test_the_short_clock_reminds_the_specialist_and_alerts_the_chairman(office, campaign):
    code = propose(office)
    due = office.task("prepare_report", code).due
    assert due.date().isoformat() == "2019-12-12"  # eight working days from Monday, 2 December
    office.move(days=8)
    assert told(office, "extraordinary_reminder") == ["specialist"]
    assert told(office, "extraordinary_overdue") == []
    report(office, code)
    assert office.task("consider_award", code).due == due
    office.move(days=4)
    assert told(office, "extraordinary_overdue") == ["authority"]


def test_a_merit_from_before_the_campaign_is_none_of_its_merits(office, campaign):
    assert refused(lambda: propose(office, merit_date="2017-12-31")) == [("/merit_date", "before_campaign")]
    propose(office, merit_date="2018-01-01")  # the day the plan begins


def test_titles_are_not_given_for_it(office, campaign):
    assert refused(lambda: propose(office, proposed_award="advanced_worker")) == [
        ("/proposed_award", "not_a_choice")
    ]


def test_the_chairman_awards_what_is_in_his_power(office, campaign):
    own, higher = propose(office), propose(office, nominee_name="Lê Thị Dũng")
    report(office, own)
    report(office, higher, name_on_paper="Lê Thị Dũng", proposed_award="provincial_certificate_of_merit")

    def consider(code, decision):
        office.do("authority", "consider_award", code, decision=decision)

    assert refused(lambda: consider(own, "propose_higher")) == [("/decision", "in_own_power")]
    assert refused(lambda: consider(higher, "award")) == [("/decision", "not_in_power")]
    consider(higher, "propose_higher")
    assert office.task("forward_to_province", higher).role == "secretary"


def test_two_merits_of_one_person_are_looked_at(office, campaign):
    first, second = propose(office), propose(office)
    report(office, first)
    report(office, second)
    office.do("authority", "consider_award", first, decision="award")
    office.do("authority", "consider_award", second, decision="award")
    assert refused(lambda: office.draft([first, second])) == [("/nominations", "warnings_open")]


def test_it_is_refused_with_a_ground_or_withdrawn(office, campaign):
    code, other = propose(office), propose(office, nominee_name="Lê Thị Dũng")
    report(office, code)
    office.do(
        "authority",
        "consider_award",
        code,
        decision="refuse",
        ground="standard_not_met",
        ground_note="Chưa rõ",
    )
    office.work()
    assert (office.case(code).outcome, told(office, "extraordinary_refused")) == ("rejected", ["specialist"])
    stop_case(other, "Nhầm người", actor=office.actor("authority"), now=office.now)
    assert office.case(other).outcome == "withdrawn"
    assert [each.result for each in office.read(select(Nomination))] == ["rejected", "withdrawn"]


def test_an_award_that_the_rules_of_the_day_do_not_have(office, campaign):
    code = propose(office)
    report(office, code)
    office.read(select(Nomination))[0].award = "abolished"
    db.session.commit()
    found = refused(lambda: office.do("authority", "consider_award", code, decision="award"))
    assert found == [("/decision", "award_not_in_force")]


def test_it_is_of_the_nominee_it_was_opened_for(office, campaign):
    code = propose(office)
    assert refused(lambda: report(office, code, nominee_kind="collective")) == [
        ("/nominee_kind", "not_a_choice")
    ]


def test_the_province_asks_for_no_minutes_of_a_meeting_that_was_not_held(office, campaign):
    code = propose(office, proposed_award="provincial_certificate_of_merit")
    report(office, code, proposed_award="provincial_certificate_of_merit")
    office.do("authority", "consider_award", code, decision="propose_higher")
    office.do("secretary", "forward_to_province", code, proposed_award="provincial_certificate_of_merit")
    office.do("province_specialist", "appraise_at_province", code, decision="eligible")
    office.do("province_head", "review_at_province", code, decision="approve")
    office.do(
        "specialist",
        "record_higher_decision",
        code,
        decision="awarded",
        award_given="provincial_certificate_of_merit",
    )
    assert office.case(code).outcome == "awarded_higher"
    [record] = office.read(select(AwardRecord))
    assert record.movement == "extraordinary"


def test_who_handed_it_in_gets_the_notice_when_the_province_finds_it_not_eligible(office, campaign):
    code = propose(office, proposed_award="provincial_certificate_of_merit")
    report(office, code, proposed_award="provincial_certificate_of_merit")
    office.do("authority", "consider_award", code, decision="propose_higher")
    office.do("secretary", "forward_to_province", code, proposed_award="provincial_certificate_of_merit")
    ground = {"decision": "refuse", "ground": "wrong_group", "ground_note": "Chưa có ảnh hưởng trong tỉnh."}
    office.do("province_specialist", "appraise_at_province", code, **ground)
    office.do("province_head", "review_refusal_at_province", code, decision="refuse")
    office.work()
    assert office.case(code).outcome == "higher_refused"
    assert {"specialist", "officer", "commune_chair"} <= set(told(office, "nomination_rejected"))
    assert "refusal_notice" in office.read(select(Paper.kind).where(Paper.case_id == office.case(code).id))

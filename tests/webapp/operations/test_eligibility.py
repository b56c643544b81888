"""Conditions of eligibility where they count: at the dossier, the appraisal, the agenda and the decision."""

import pytest
from flask import current_app
from sqlalchemy import select

from tests.people import AN_CU, AN_PHU
from tests.proven import faults
from tests.statements import statements
from webapp import eventlog
from webapp.extensions import db
from webapp.identity import identity_digest
from webapp.models import AwardRecord, Case, Nomination, Nominee, Unit
from webapp.operations.award_history import import_awards, judge_same, take_back_import
from webapp.operations.eligibility import override_warning
from webapp.operations.interventions import freeze_case
from webapp.operations.refusals import Forbidden, InvalidForm, NotFound, NotNow
from webapp.queries.award_history import NewRecord
from webapp.queries.competing import Competition
from webapp.queries.eligibility import check_nomination
from webapp.queries.plans import plan_of
from workflows.rules.quotas import place_of

DOSSIER = {"nominee_kind": "individual", "name_on_paper": "Nguyễn Văn Nông", "birth_year": 1980}


def unit(code):
    return db.session.scalars(select(Unit).where(Unit.code == code)).one()


def record(year=2018, **parts):
    given = {
        "kind": "individual",
        "name": "Nguyễn Văn Nông",
        "unit_id": unit(AN_CU).id,
        "award": "certificate_of_merit",
        "award_name": "Giấy khen",
        "year": year,
        "movement": "regular",
    }
    return NewRecord(**{**given, **parts})


def keep(office, *records):
    return import_awards(
        "an-giang/tinh-bien",
        "danh-sach.xlsx",
        "0" * 64,
        records,
        actor=office.actor("specialist"),
        now=office.now,
    )


def found(office, code, point="proposal"):
    db.session.rollback()
    case = db.session.scalars(select(Case).where(Case.code == code)).one()
    checked = check_nomination(db.session(), case, point, office.now.at.date())
    return {each.code: each.verdict for each in checked.findings if each.verdict != "pass"}


def events(code, kind):
    db.session.rollback()
    return [each for each in eventlog.read_stream(db.session(), f"case/{code}") if each.type == kind]


def test_another_unit_proposes_who_may_be_the_same_person_it_is_to_be_looked_at(office, campaign):
    first = office.nominate()
    second = office.nominate("specialist", submitting_unit=AN_PHU, strand="tu-thien-xa-hoi")
    assert found(office, second) == {}
    for nominee in db.session.scalars(select(Nominee).where(Nominee.name == "Nguyễn Văn Nông")):
        nominee.birth_year = 1980
    db.session.commit()
    assert found(office, first) == found(office, second) == {"one_achievement_one_award": "warning"}
    case = db.session.scalars(select(Case).where(Case.code == second)).one()
    findings = check_nomination(db.session(), case, "proposal", office.now.at.date()).findings
    [values] = [each.values for each in findings if each.rule == "one_award"]
    assert values == {"codes": [], "perhaps": [first]}


def test_a_second_dossier_of_one_round_is_to_be_looked_at_and_let_pass(office, campaign):
    first, second = office.nominate(), office.nominate(strand="tu-thien-xa-hoi")
    assert found(office, second) == {"one_achievement_one_award": "warning"}
    for username in ("officer", "specialist", "authority"):
        with pytest.raises(Forbidden):
            override(office, username, second)
    with pytest.raises(InvalidForm):
        override(office, "secretary", second, reason=" ")
    override(office, "secretary", second)
    with pytest.raises(NotNow, match="no_such_warning"):
        override(office, "secretary", second)
    [told] = events(second, "warning_overridden")
    assert (told.fields, told.private) == (
        {"condition": "one_achievement_one_award"},
        {"reason": "Hai thành tích khác nhau"},
    )
    assert found(office, first) == {"one_achievement_one_award": "warning"}
    assert faults() == []


def override(office, username, code, reason="Hai thành tích khác nhau"):
    override_warning(code, "one_achievement_one_award", reason, actor=office.actor(username), now=office.now)


def test_a_full_strand_may_be_let_pass_with_a_reason_and_holds_nothing_up(office, campaign):
    codes = [office.nominate(nominee_name=f"Nguyễn Văn {number}") for number in range(1, 9)]
    assert found(office, codes[-1], "agenda")["ceiling"] == "warning"
    secretary = office.actor("secretary")
    override_warning(codes[-1], "ceiling", "Để Hội đồng chọn", actor=secretary, now=office.now)
    with pytest.raises(NotNow, match="no_such_warning"):
        override_warning(codes[-1], "ceiling", "Lần nữa", actor=secretary, now=office.now)
    [told] = events(codes[-1], "warning_overridden")
    assert (told.fields, told.private) == ({"condition": "ceiling"}, {"reason": "Để Hội đồng chọn"})
    assert faults() == []


def test_while_a_matter_is_pending_a_bar_stops_the_other_dossiers_too(office, campaign):
    suspended, other = office.nominate(), office.nominate(strand="tu-thien-xa-hoi")
    freeze_case(suspended, "Đang xác minh đơn tố cáo", actor=office.actor("specialist"), now=office.now)
    assert found(office, other)["no_pending_matter"] == "bar"
    with pytest.raises(InvalidForm) as refused:
        office.do("officer", "prepare_on_behalf", other)
    assert [(fault.pointer, fault.code) for fault in refused.value.faults] == [
        ("/proposed_award", "not_eligible")
    ]
    with pytest.raises(NotNow):
        override_warning(other, "no_pending_matter", "Thôi", actor=office.actor("secretary"), now=office.now)
    assert events(other, "eligibility_checked") == []


def test_what_was_found_stands_in_the_log(office, campaign):
    code = office.nominate()
    office.do("officer", "prepare_on_behalf", code)
    [told] = events(code, "eligibility_checked")
    assert (told.fields["point"], told.fields["checked"], told.fields["findings"]) == ("proposal", 1, [])


def test_the_history_knows_who_is_meant(office, campaign):
    digest = identity_digest(config_dir(), "089080001234")
    keep(
        office,
        record(2016, identity=digest, name="Nguyễn Văn Nống", unit_id=unit(AN_PHU).id),
        record(2017, birth_year=1980),
        record(2018),
        record(2015, birth_year=1975),
    )
    code = office.nominate()
    office.do("officer", "prepare_on_behalf", code, identity_number="089080001234", **DOSSIER)
    db.session.rollback()
    case = db.session.scalars(select(Case).where(Case.code == code)).one()
    checked = check_nomination(db.session(), case, "appraisal", office.now.at.date())
    assert [(each.record.year, each.likeness) for each in checked.history] == [
        (2018, "suspected"),
        (2017, "same"),
        (2016, "same"),
    ]
    nominee = db.session.scalars(select(Nominee)).one()
    assert nominee.identity == digest


def config_dir():
    return current_app.config["SETTINGS"].data_dir


def test_somebody_looks_whether_it_is_the_same_person(office, campaign):
    keep(office, record())
    code = office.nominate()
    office.do("officer", "prepare_on_behalf", code, **DOSSIER)
    [row] = office.read(select(AwardRecord))
    with pytest.raises(Forbidden):
        judge(office, "officer", code, row.public_id, same=True)
    with pytest.raises(NotFound):
        judge(office, "specialist", code, "nothing", same=True)
    judge(office, "specialist", code, row.public_id, same=True)
    assert history(office, code) == [(2018, "same")]
    judge(office, "secretary", code, row.public_id, same=False)
    assert history(office, code) == []
    assert [each.fields["same"] for each in events(code, "same_person_judged")] == [True, False]


def judge(office, username, code, row, same):
    judge_same(code, row, same, "Đã hỏi cán bộ ấp", actor=office.actor(username), now=office.now)


def history(office, code):
    db.session.rollback()
    case = db.session.scalars(select(Case).where(Case.code == code)).one()
    checked = check_nomination(db.session(), case, "appraisal", office.now.at.date())
    return [(each.record.year, each.likeness) for each in checked.history]


def test_a_list_that_is_taken_back_counts_no_more(office, campaign):
    batch, _known = keep(office, record(birth_year=None))
    code = office.nominate()
    assert history(office, code) == [(2018, "suspected")]
    with pytest.raises(Forbidden):
        take_back_import(batch, "Nhập nhầm", actor=office.actor("officer"), now=office.now)
    take_back_import(batch, "Nhập nhầm", actor=office.actor("head"), now=office.now)
    assert history(office, code) == []
    assert faults() == []


def test_nobody_takes_over_a_list_for_others(office, campaign):
    for username in ("officer", "secretary"):
        place = AN_CU if username == "secretary" else "an-giang/tinh-bien"
        with pytest.raises(Forbidden):
            import_awards(place, "a.xlsx", "0" * 64, [record()], actor=office.actor(username), now=office.now)
    with pytest.raises(Forbidden):
        keep(office, record(unit_id=unit("an-giang").id))
    assert office.read(select(AwardRecord)) == []


def test_the_places_of_the_plan_inform_then_warn(office, campaign):
    codes = [
        office.nominate(nominee_name=f"Người Thứ {number}", strand="can-bo-giam-ngheo") for number in range(7)
    ]
    assert found(office, codes[0]) == {}
    assert found(office, codes[0], "agenda") == {"ceiling": "warning"}


def test_who_competes_is_counted_where_a_ceiling_or_a_share_asks(office, campaign):
    poor = {"strand": "can-bo-giam-ngheo"}
    code = office.nominate(nominee_name="Người Thứ Nhất", **poor)
    office.nominate(nominee_name="Người Thứ Hai", **poor)
    office.nominate(nominee_name="Người Thứ Ba")
    office.nominate("other_officer", submitting_unit=AN_PHU, nominee_name="Người Thứ Tư", **poor)
    [nomination] = office.read(select(Nomination).join(Case).where(Case.code == code))
    plan = plan_of(db.session(), nomination.campaign)

    def counted(holding):
        found = Competition(db.session(), plan, [nomination], holding)
        [board] = found.boards.values()
        place = place_of(board, plan, nomination.strand.code, "individual")
        return place.used, *(sum(use.number for use in uses) for uses in (found.in_rounds, found.in_units))

    assert counted(None) == (3, 4, 3), "of the strand; of the award in the round, and in the unit"
    assert counted({"awarded"}) == (1, 1, 1), "where places bind, who is checked takes one"
    found = Competition(db.session(), plan, [nomination], None)
    assert len(statements(lambda: found.boards)) == 1
    assert found.met == []

"""Rule sets amended for a unit: who drafts and decides, where and from when it counts."""

import datetime as dt

import pytest
from sqlalchemy import select

from tests.people import AN_CU, AN_PHU, PROVINCE, TINH_BIEN
from tests.proven import faults
from tests.together import raised, together
from webapp import eventlog
from webapp.extensions import db
from webapp.models import Case, Notice, RuleSetVersion, Unit
from webapp.operations import people
from webapp.operations.acting import SYSTEM
from webapp.operations.imports import import_rule_set
from webapp.operations.refusals import Forbidden, InvalidForm, NotFound, NotNow
from webapp.operations.rule_sets import (
    amend_rules,
    decide_rules,
    draft_again,
    draft_text,
    return_rules,
    submit_rules,
)
from webapp.queries.law import clock_at, rule_set_for
from webapp.queries.rule_sets import open_draft, version_in_force
from workflows.law_amendments import Amendment
from workflows.typed_yaml import read

LAW = "law-2014"
DAY = dt.date(2019, 12, 2)


@pytest.fixture
def admin(office):
    """Who administers Tịnh Biên."""
    clerk = office.person("clerk").public_id
    people.give_role(clerk, "admin", TINH_BIEN, dt.date(2018, 1, 1), actor=SYSTEM, now=office.now)
    return office.actor("clerk")


def unit(code):
    return db.session.scalars(select(Unit).where(Unit.code == code)).one()


def in_force(code=TINH_BIEN):
    db.session.rollback()
    return version_in_force(db.session(), LAW, unit(code)).public_id


def appraisal(days, day=DAY, code=TINH_BIEN):
    """The clock of the appraisal counts so many days, from a day on; its place in what is drafted or counts there."""
    session = db.session()
    session.rollback()
    version = open_draft(session, LAW, unit(code)) or version_in_force(session, LAW, unit(code))
    lines = [entry for entry in rule_entries(version) if entry[1]["code"] == "appraisal"]
    return Amendment("amend", ("clocks", lines[-1][0]), {"days": days, "citation": "Quyết định 15"}, day)


def rule_entries(version):
    return list(enumerate(read(version.content).data["clocks"]))


def days_in(place, day=DAY):
    db.session.rollback()
    return rule_set_for(db.session(), day, unit(place).id if place else None).clock("appraisal", day).days


def amended(office, admin, days=12, **options):
    draft = amend_rules(in_force(), TINH_BIEN, appraisal(days, **options), actor=admin, now=office.now)
    submit_rules(draft, actor=admin, now=office.now)
    return draft


def test_it_counts_in_the_unit_and_below_when_the_authority_has_approved_it(office, admin):
    draft = amended(office, admin)
    assert days_in(TINH_BIEN) == 10
    [told] = db.session.scalars(select(Notice).where(Notice.template == "rule_set_submitted"))
    assert told.person_id == office.person("authority").id
    decide_rules(draft, approve=True, actor=office.actor("authority"), now=office.now)
    assert [days_in(place) for place in (TINH_BIEN, AN_CU, PROVINCE, None)] == [12, 12, 10, 10]
    assert [days_in(TINH_BIEN, DAY - dt.timedelta(days=back)) for back in (0, 1)] == [12, 10]
    assert [event.type for event in eventlog.read_stream(db.session(), f"law/{LAW}")][-3:] == [
        "rule_set_drafted",
        "rule_set_decided",
        "rule_set_decided",
    ]
    assert faults() == []


def test_it_is_returned_as_an_event_and_goes_on_as_a_draft(office, admin):
    draft = amended(office, admin)
    with pytest.raises(Forbidden):
        return_rules(draft, "Thiếu căn cứ", actor=admin, now=office.now)
    return_rules(draft, "Thiếu căn cứ", actor=office.actor("authority"), now=office.now)
    [*_, event] = eventlog.read_stream(db.session(), f"law/{LAW}")
    assert (event.type, event.private) == ("rule_set_returned", {"reason": "Thiếu căn cứ"})
    again = amend_rules(draft, TINH_BIEN, appraisal(11), actor=admin, now=office.now)
    submit_rules(again, actor=admin, now=office.now)
    decide_rules(again, approve=True, actor=office.actor("authority"), now=office.now)
    assert days_in(TINH_BIEN) == 11
    assert faults() == []


def test_a_case_runs_by_the_rules_of_its_organiser(office, campaign, admin):
    decide_rules(amended(office, admin), approve=True, actor=office.actor("authority"), now=office.now)
    case = db.session.scalars(select(Case).where(Case.code == office.nominate())).one()
    due = clock_at(db.session(), case, "appraisal", office.at)
    assert due.date() == dt.date(2019, 12, 18)


def test_changes_gather_in_one_draft(office, admin):
    first = amend_rules(in_force(), TINH_BIEN, appraisal(12), actor=admin, now=office.now)
    with pytest.raises(NotNow, match="rules_moved"):
        amend_rules(in_force(), TINH_BIEN, appraisal(9), actor=admin, now=office.now)
    second = amend_rules(
        first, TINH_BIEN, appraisal(14, DAY + dt.timedelta(days=30)), actor=admin, now=office.now
    )
    db.session.rollback()
    found = {row.public_id: row.status for row in db.session.scalars(select(RuleSetVersion))}
    assert (found[first], found[second]) == ("replaced", "draft")
    with pytest.raises(NotNow, match="rules_moved"):
        submit_rules(first, actor=admin, now=office.now)


def test_who_may_what(office, admin):
    with pytest.raises(Forbidden):
        amend_rules(in_force(), TINH_BIEN, appraisal(12), actor=office.actor("secretary"), now=office.now)
    with pytest.raises(Forbidden):
        amend_rules(in_force(AN_CU), AN_CU, appraisal(12), actor=admin, now=office.now)
    with pytest.raises(NotFound):
        amend_rules(in_force(), "nowhere", appraisal(12), actor=admin, now=office.now)
    draft = amended(office, admin)
    for username in ("secretary", "commune_chair", "clerk"):
        with pytest.raises(Forbidden):
            decide_rules(draft, approve=True, actor=office.actor(username), now=office.now)
    decide_rules(draft, approve=False, actor=admin, now=office.now)
    with pytest.raises(NotNow, match="rules_moved"):
        decide_rules(draft, approve=True, actor=office.actor("authority"), now=office.now)
    assert days_in(TINH_BIEN) == 10


def test_what_is_not_sent_is_not_approved(office, admin):
    draft = amend_rules(in_force(), TINH_BIEN, appraisal(12), actor=admin, now=office.now)
    with pytest.raises(NotNow, match="rules_moved"):
        decide_rules(draft, approve=True, actor=office.actor("authority"), now=office.now)


def test_a_change_that_changes_nothing_or_is_at_odds_is_refused(office, admin):
    with pytest.raises(InvalidForm) as refused:
        amend_rules(
            in_force(), TINH_BIEN, Amendment("correct", ("clocks", 0), {}), actor=admin, now=office.now
        )
    assert refused.value.faults[0].code == "nothing_amended"
    twice = {"amount": 1, "citation": "x", "mark": "unverified"}
    with pytest.raises(InvalidForm) as refused:
        amend_rules(
            in_force(), TINH_BIEN, Amendment("add", ("base_salaries",), twice), actor=admin, now=office.now
        )
    assert refused.value.faults[0].code == "rule_set_fault"


def test_a_new_release_leaves_what_a_unit_has_amended(office, admin):
    decide_rules(amended(office, admin), approve=True, actor=office.actor("authority"), now=office.now)
    general = version_in_force(db.session(), LAW, None)
    appraised = "code: appraisal, name: Thẩm định hồ sơ, days: 1"
    newer = general.content.replace(f"{appraised}0", f"{appraised}1")
    assert import_rule_set(newer, actor=SYSTEM, now=office.now)
    assert not import_rule_set(newer, actor=SYSTEM, now=office.now)
    assert [days_in(place) for place in (TINH_BIEN, PROVINCE)] == [12, 11]
    released = version_in_force(db.session(), LAW, None).public_id
    draft = draft_again(released, TINH_BIEN, actor=admin, now=office.now)
    with pytest.raises(NotNow, match="draft_open"):
        draft_again(released, TINH_BIEN, actor=admin, now=office.now)
    submit_rules(draft, actor=admin, now=office.now)
    decide_rules(draft, approve=True, actor=office.actor("authority"), now=office.now)
    assert days_in(TINH_BIEN) == 11


def test_a_whole_rule_set_is_drafted_as_text(office, admin):
    text = version_in_force(db.session(), LAW, None).content
    with pytest.raises(InvalidForm) as refused:
        draft_text("code: x\nawards: []\n", TINH_BIEN, actor=admin, now=office.now)
    assert {fault.pointer for fault in refused.value.faults} == {"/text"}
    own = text.replace("code: law-2014", "code: tinh-bien-2019").replace(
        "starts: 2014-01-01", "starts: 2013-01-01", 1
    )
    draft = draft_text(
        own.replace("ends: 2023-12-31", "ends: 2013-12-31", 1), TINH_BIEN, actor=admin, now=office.now
    )
    submit_rules(draft, actor=admin, now=office.now)
    decide_rules(draft, approve=True, actor=office.actor("authority"), now=office.now)
    db.session.rollback()
    assert rule_set_for(db.session(), dt.date(2013, 6, 1), unit(AN_PHU).id).code == "tinh-bien-2019"


def test_two_at_the_same_moment_make_one_draft(app, office, admin):
    upon, change = in_force(), appraisal(12)
    db.session.rollback()
    acts = [lambda: amend_rules(upon, TINH_BIEN, change, actor=admin, now=office.now)] * 2
    done = together(app, acts)
    assert [type(each) for each in done if isinstance(each, Exception)] == raised(done) == [NotNow]

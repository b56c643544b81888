"""What a member of an inspection sees: the cases of its units and period while it lasts, and nothing else."""

import pytest
from sqlalchemy import select

from tests.inspecting import DAY, begin, mandate, raised, standing
from tests.people import AN_PHU, TINH_BIEN
from tests.statements import statements
from webapp.extensions import db
from webapp.models import Case, Paper
from webapp.operations import people
from webapp.operations.acting import SYSTEM
from webapp.operations.inspections import change_inspection, end_inspection
from webapp.operations.interventions import stop_case
from webapp.queries.audit import WantedCases, list_cases
from webapp.queries.audit_events import WantedEvents, list_events
from webapp.queries.papers import readable_paper
from webapp.queries.samples import drawn_from
from webapp.queries.standing import visible, visible_among


def seen(office, username="stranger"):
    """Codes of the nominations somebody sees, by both forms of the condition."""
    reader = standing(office, username)
    one, many = (
        set(db.session.scalars(select(Case.code).where(condition(reader), Case.process == "nomination")))
        for condition in (visible, visible_among)
    )
    assert one == many
    return one


def test_nobody_sees_anything_without_an_inspection(office, cases):
    assert seen(office) == set()


def test_a_member_sees_the_cases_of_the_units_and_of_all_below(office, cases):
    begin(office)
    assert seen(office) == {cases[0]}


def test_an_inspection_of_the_district_covers_its_communes(office, cases):
    begin(office, units=[TINH_BIEN])
    assert seen(office) == set(cases)


@pytest.mark.parametrize(
    ("since", "until", "covered"),
    [(-30, -1, False), (-30, 0, True), (0, 0, True), (0, 30, True), (1, 30, True)],
)
def test_a_case_belongs_to_the_period_when_it_ran_on_one_of_its_days(office, cases, since, until, covered):
    begin(office, period_from=office.today + since * DAY, period_to=office.today + until * DAY)
    assert seen(office) == ({cases[0]} if covered else set())


def test_a_case_that_ended_before_the_period_is_not_covered(office, cases):
    stop_case(cases[0], "Không đủ tiêu chuẩn", actor=office.actor("officer"), now=office.now)
    office.move(days=3)
    begin(office, period_from=office.today - DAY, period_to=office.today)
    assert seen(office) == set()


def test_before_it_begins_and_after_its_last_day_nothing_is_seen(office, cases):
    begin(office, begins_on=office.today + DAY, ends_on=office.today + 2 * DAY)
    seen_on = []
    for _day in range(4):
        seen_on.append(seen(office) == {cases[0]})
        office.move(days=1)
    assert seen_on == [False, True, True, False]


def test_after_its_head_has_ended_it_nothing_is_seen(office, cases, inspection):
    assert seen(office) == {cases[0]}
    end_inspection(inspection, "Không có vi phạm", actor=office.actor("stranger"), now=office.now)
    assert seen(office) == set()


def test_who_leaves_sees_nothing_any_more_and_who_comes_does(office, cases, inspection):
    changed = mandate(office, head="member3")
    change_inspection(inspection, changed, actor=office.actor("auditor"), now=office.now)
    assert seen(office) == set()
    assert cases[0] in seen(office, "member3")


def test_another_inspection_adds_what_it_covers_and_no_more(office, cases, inspection):
    begin(office, head="member3", units=[AN_PHU], decision_number="16/QĐ-TTr")
    assert seen(office) == {cases[0]}
    assert standing(office, "member3").inspections[0].unit_code == AN_PHU


def test_lists_events_samples_and_papers_follow_the_same_rule(office, cases, inspection):
    reader, session = standing(office, "stranger"), db.session()
    listed = {row.code for row in list_cases(session, reader, WantedCases()).rows}
    assert cases[0] in listed
    assert cases[1] not in listed
    streams = {line.event.stream for line in list_events(session, reader, WantedEvents()).lines}
    assert f"case/{cases[0]}" in streams
    assert f"inspection/{inspection}" in streams
    assert f"case/{cases[1]}" not in streams
    assert cases[0] in drawn_from(session, reader, "", "")
    assert cases[1] not in drawn_from(session, reader, "", "")
    query = select(Paper.public_id).join(Case, Case.id == Paper.case_id).where(Case.code == cases[0])
    [paper, *_more] = session.scalars(query)
    assert readable_paper(session, reader, paper) is not None
    assert readable_paper(session, standing(office, "other_registrant"), paper) is None


def test_events_of_people_who_work_elsewhere_and_of_other_inspections_are_not_read(office, cases, inspection):
    other = begin(office, head="member3", units=[AN_PHU], decision_number="16/QĐ-TTr")
    reader, session = standing(office, "stranger"), db.session()
    streams = {
        line.event.stream for line in list_events(session, reader, WantedEvents(stream="person/")).lines
    }
    assert f"person/{office.person('officer').public_id}" in streams
    assert f"person/{office.person('other_officer').public_id}" not in streams
    assert list_events(session, reader, WantedEvents(stream=f"inspection/{other}")).lines == ()


def test_an_auditor_reads_the_streams_of_the_inspections_of_their_units(office, cases, inspection):
    other = begin(office, units=[AN_PHU], decision_number="16/QĐ-TTr")
    people.give_role(
        office.person("member3").public_id, "auditor", AN_PHU, office.today, actor=SYSTEM, now=office.now
    )

    def streams(username):
        wanted = WantedEvents(stream="inspection/")
        lines = list_events(db.session(), standing(office, username), wanted).lines
        return {line.event.stream for line in lines}

    assert streams("auditor") == {f"inspection/{inspection}", f"inspection/{other}"}
    assert streams("member3") == {f"inspection/{other}"}


def test_a_finding_is_known_to_its_inspection_and_to_those_who_answer(office, cases, inspection):
    finding = raised(office, inspection, cases[0])

    def knows(username):
        query = select(Case.id).where(Case.code == finding, visible(standing(office, username)))
        return db.session.scalar(query) is not None

    answering = ["stranger", "auditor", "head", "secretary", "office", "authority"]
    assert [one for one in answering if knows(one)] == answering
    for username in (
        "specialist",
        "member1",
        "clerk",
        "officer",
        "commune_chair",
        "registrant",
        "province_head",
    ):
        assert not knows(username), username


def test_many_inspections_cost_no_more_statements(office, cases, inspection):
    def asked():
        reader = standing(office, "stranger")
        db.session.scalars(select(Case.code).where(visible(reader))).all()

    one = statements(asked)
    begin(office, units=[AN_PHU], decision_number="16/QĐ-TTr")
    assert seen(office) == set(cases)
    assert len(statements(asked)) == len(one)

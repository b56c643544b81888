"""Ways of cases, read out of the log as they go on."""

import pytest
from sqlalchemy import func, select

from tests.factories import Office
from tests.people import AN_CU, AN_PHU
from tests.webapp.audit.conftest import walked
from webapp.extensions import db
from webapp.models import Case, CaseRoute, TakenRoute, Task, Unit
from webapp.operations.routes import read_routes
from webapp.queries import routes
from webapp.queries.mined import mined_cases
from webapp.queries.standing import standing_of

__all__ = ["walked"]


@pytest.fixture
def office(app) -> Office:
    return Office()


def counted(process="nomination"):
    return routes.passed(db.session(), [Case.process == process])


def test_they_are_the_variants_of_the_exported_log(office, walked):
    office.nominate(nominee_name="Lê Thị Ước")
    office.nominate(nominee_name="Lê Văn Ơn")
    read_routes(office.now)
    exported = list(mined_cases(db.session(), [Case.process == "nomination"]))
    assert counted().cases == len(exported) == 3
    assert sorted(count for _code, count in counted().variants) == [1, 2]
    assert len({case.variant for case in exported}) == 2
    steps = [step.element for case in exported for step in case.steps]
    assert counted().places == {place: steps.count(place) for place in set(steps)}


def test_what_goes_on_is_read_again_and_nothing_else(office, walked):
    read = read_routes(office.now)
    assert read == db.session.scalar(select(func.count()).select_from(Case))
    assert read_routes(office.now) == 0
    before = counted()
    office.do("officer", "record_meeting", walked, decision="agree")
    assert read_routes(office.now) == 1
    assert counted().places["commune_assessment.record_meeting"] == 1
    assert counted().cases == before.cases


def test_made_anew_they_are_the_same(office, walked):
    read_routes(office.now)
    before = counted(), waiting(office)
    for model in (CaseRoute, TakenRoute):
        db.session.execute(model.__table__.delete())
    db.session.execute(db.text("DELETE FROM system_fact WHERE name = 'routes_read'"))
    db.session.commit()
    read_routes(office.now)
    assert (counted(), waiting(office)) == before


def waiting(office):
    """How long each step waited, and each unit at the check of the dossier."""
    standing = standing_of(db.session(), office.person("auditor"), office.at.date())
    wanted = [Case.process == "nomination"]
    found = routes.waits(db.session(), standing, wanted, routes.passed(db.session(), wanted))
    return found.at_places, found.in_units("commune_assessment.check_dossier")


def test_waits_are_those_of_the_tasks_that_were_done(office, walked):
    office.nominate("other_officer", nominee_name="Chau Sóc Khonl", submitting_unit=AN_PHU)
    read_routes(office.now)
    places, [unit] = waiting(office)
    done = db.session.execute(
        select(Task.process, Task.element, func.count())
        .join(Case, Case.id == Task.case_id)
        .where(Case.process == "nomination", Task.status == "done")
        .group_by(Task.process, Task.element)
    )
    assert {each.place: each.times for each in places} == {f"{of}.{name}": times for of, name, times in done}
    check = next(each for each in places if each.place == "commune_assessment.check_dossier")
    # 2/12 11:00 to 3/12; the same day twice: after a supplement, and after the suspension over the week's end
    assert (check.median, check.ninth, check.longest, check.times) == (0, 1, 1, 3)
    assert (unit.median, unit.ninth, unit.longest, unit.times) == (0, 1, 1, 3)
    assert unit.unit == db.session.scalar(select(Unit.id).where(Unit.code == AN_CU))

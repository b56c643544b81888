"""Ways of cases, read out of the log as they go on."""

import pytest
from sqlalchemy import func, select

from tests.factories import Office
from tests.webapp.audit.conftest import walked
from webapp.extensions import db
from webapp.models import Case, CaseRoute, TakenRoute
from webapp.operations.routes import read_routes
from webapp.queries import routes
from webapp.queries.mined import mined_cases

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
    before = counted()
    for model in (CaseRoute, TakenRoute):
        db.session.execute(model.__table__.delete())
    db.session.execute(db.text("DELETE FROM system_fact WHERE name = 'routes_read'"))
    db.session.commit()
    read_routes(office.now)
    assert counted() == before

"""Migrations on a database that holds an office."""

import pytest
from flask_migrate import downgrade, upgrade
from sqlalchemy import func, select

from tests.offices import MIGRATIONS
from webapp.extensions import db
from webapp.models import Case, Nominee, Person, RuleSetVersion, StageVisit, Task, Unit
from webapp.models.stage_visit import NOT_READ
from webapp.operations.stage_visits import read_visits

KEPT = (Case, Nominee, Person, RuleSetVersion, Task, Unit)


@pytest.fixture
def code(office, campaign):
    """A dossier the commune checks."""
    code = office.nominate(nominee_name="Nguyễn Thị Đức")
    office.do("officer", "prepare_on_behalf", code)
    return code


def rows() -> dict[str, int]:
    db.session.rollback()
    found = {kind.__name__: db.session.scalar(select(func.count()).select_from(kind)) for kind in KEPT}
    db.session.rollback()
    return found


def test_tables_others_refer_to_are_made_anew_with_their_rows(office, code):
    """Units, nominees and rule sets are made anew on SQLite, which then drops a table that others refer to."""
    before = rows()
    downgrade(str(MIGRATIONS), revision="0007")
    upgrade(str(MIGRATIONS))
    assert rows() == before
    rounds = select(StageVisit.round).where(StageVisit.case_id == office.case(code).id)
    assert list(db.session.scalars(rounds)) == [NOT_READ]
    read_visits(office.now)
    office.do("officer", "check_dossier", code, decision="refuse")
    assert office.case(code).outcome == "rejected"

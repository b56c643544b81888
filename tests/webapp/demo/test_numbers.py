"""The reports on the demo: every number is that of the rows it opens, for everybody who sees reports."""

import pytest
from sqlalchemy import select

from tests.counting import every_number_is_that_of_its_rows, every_time_is_that_of_its_rows
from webapp import clock
from webapp.extensions import db
from webapp.models import Person
from webapp.queries.standing import standing_of
from workflows.values import local_day

# Every reader opens thousands of rows; `make soak` opens those of the others too.
OTHERS = [
    pytest.param(username, marks=pytest.mark.soak) for username in ("secretary", "authority", "auditor")
]


@pytest.mark.parametrize("username", ["officer", "nb_secretary", *OTHERS])
def test_every_number_is_that_of_its_rows(demo, username):
    person = db.session.scalars(select(Person).where(Person.username == username)).one()
    reader = standing_of(db.session(), person, local_day(clock.now(db.session()).at))
    every_number_is_that_of_its_rows(reader)
    every_time_is_that_of_its_rows(reader)

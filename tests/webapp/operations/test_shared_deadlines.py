"""A deadline that binds several people at once is moved for none of them."""

import datetime as dt

import pytest

from tests.seated import council, database
from webapp.operations.deadlines import move_deadline
from webapp.operations.refusals import NotNow

__all__ = ["council", "database"]


def test_the_end_of_a_vote_is_that_of_all_members(council):
    ballot = council.task("cast_vote", person_id=council.person("member1").id)
    day = dt.date(2020, 3, 2)
    with pytest.raises(NotNow) as refused:
        move_deadline(ballot.public_id, day, "Vắng", actor=council.actor("secretary"), now=council.now)
    assert refused.value.code == "deadline_shared"

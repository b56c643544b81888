"""A dossier that an award stands on is kept with the file of the decision; what is of many nominees stays."""

from tests.awarded import PERSON, awarded
from tests.sittings import SESSION
from webapp.extensions import db
from webapp.queries.erasure_hindrances import blockers
from webapp.queries.erasure_rests import staying

COUNCIL = "concluded"

__all__ = ["awarded"]


def test_an_award_is_in_the_way(awarded):
    assert "award" in blockers(db.session(), [awarded.case(PERSON)])


def test_names_the_submission_and_the_session_that_stay(awarded):
    found = {each.process: each.code for each in staying(db.session(), awarded.case(PERSON))}
    assert found == {"submission": "TT-2019-0001", "council_vote": SESSION}

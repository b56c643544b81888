"""Who may know of a case: the condition for one case and the one for counting over all of them agree."""

from sqlalchemy import select

from tests.people import PEOPLE
from webapp.extensions import db
from webapp.models import Case
from webapp.queries.standing import standing_of, visible, visible_among
from workflows.values import local_day


def test_both_forms_of_the_condition_find_the_same_cases_for_everybody(office, campaign):
    acted = office.nominate()
    office.do("officer", "prepare_on_behalf", acted)
    office.do("officer", "check_dossier", acted, decision="complete")
    office.register()
    office.nominate()
    seen = {}
    for username in PEOPLE:
        standing = standing_of(db.session(), office.person(username), local_day(office.at))
        one, many = (
            set(db.session.scalars(select(Case.code).where(condition(standing))))
            for condition in (visible, visible_among)
        )
        assert one == many, username
        seen[username] = frozenset(one)
    assert acted in seen["officer"]
    assert len(set(seen.values())) > 2, "people see different cases"

"""Who is away, until when, and who acts for them."""

import pytest

from tests.delegating import DAY, accepted
from tests.proven import faults
from webapp.extensions import db
from webapp.operations import absences
from webapp.operations.refusals import InvalidForm, NotFound
from webapp.queries.absences import absent_on
from webapp.queries.standing import standing_of


def test_absences_are_seen_with_who_acts(office):
    accepted(office)
    last = office.today + 3 * DAY
    noted = absences.note_absence(office.today, last, actor=office.actor("officer"), now=office.now)
    key = office.person("officer").public_id
    away = absent_on(db.session(), office.today)
    assert (away[key].until, away[key].delegates) == (last, (office.person("head").name,))
    assert absent_on(db.session(), last + DAY) == {}
    assert standing_of(db.session(), office.person("officer"), last).absent_until == last
    assert standing_of(db.session(), office.person("officer"), last + DAY).absent_until is None
    with pytest.raises(NotFound):
        absences.take_absence(noted, actor=office.actor("head"), now=office.now)
    absences.take_absence(noted, actor=office.actor("officer"), now=office.now)
    assert absent_on(db.session(), office.today) == {}
    assert faults() == []


@pytest.mark.parametrize(
    ("first", "last", "fault"), [(-3, -1, "day_over"), (4, 3, "before_beginning"), (3, 5, "absent_already")]
)
def test_absences_that_cannot_be_noted(office, first, last, fault):
    officer, today = office.actor("officer"), office.today
    absences.note_absence(today, today + 3 * DAY, actor=officer, now=office.now)
    with pytest.raises(InvalidForm) as refused:
        absences.note_absence(today + first * DAY, today + last * DAY, actor=officer, now=office.now)
    assert [each.code for each in refused.value.faults] == [fault]

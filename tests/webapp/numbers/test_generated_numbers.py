"""An office of many dossiers at random: every number is that of its rows, and of a count made by hand."""

import datetime as dt
from collections import Counter

import pytest
from sqlalchemy import select

from tests.counting import every_number_is_that_of_its_rows, every_time_is_that_of_its_rows
from tests.generated import generate
from webapp.extensions import db
from webapp.models import Award, Case, Nomination
from webapp.queries.numbers import Scope, lines_of, totals_of
from webapp.queries.numbers_awards import prize_facts
from webapp.queries.numbers_facts import funnel_facts
from webapp.queries.numbers_time import Measured, Stay, measured
from webapp.queries.standing import standing_of

REFUSED = {"rejected", "not_passed", "higher_refused"}


def reader(office, username):
    return standing_of(db.session(), office.person(username), office.today)


@pytest.mark.parametrize(("username", "seed"), [("secretary", 1), ("officer", 2), ("auditor", 4)])
def test_every_number_is_that_of_its_rows(office, campaign, username, seed):
    generate(60, seed)
    assert every_number_is_that_of_its_rows(reader(office, username)) > 200
    assert every_time_is_that_of_its_rows(reader(office, username)) > 20


def test_numbers_are_those_counted_by_hand(office, campaign):
    generate(120, 3)
    rows = db.session.execute(select(Case.stage, Case.state, Case.outcome).join(Nomination)).all()
    handed_in = [row for row in rows if row.stage != "draft"]
    outcomes = Counter(row.outcome for row in handed_in)
    facts = funnel_facts(reader(office, "secretary"))
    totals = totals_of(facts, lines_of(db.session(), facts, Scope(), "year"))
    assert totals["proposed"] == len(handed_in)
    assert totals["awarded"] == outcomes["awarded"] + outcomes["awarded_higher"]
    assert totals["refused"] == sum(outcomes[each] for each in REFUSED)
    assert totals["withdrawn"] == outcomes["withdrawn"]
    assert totals["under_way"] == outcomes[None]
    assert totals["proposed"] == sum(
        totals[each] for each in ("awarded", "refused", "withdrawn", "under_way")
    )
    assert totals["proposed"] >= totals["assessed"] >= totals["passed"] >= totals["awarded"]

    money = prize_facts(reader(office, "secretary"))
    paid = totals_of(money, lines_of(db.session(), money, Scope(), "decision"))
    assert paid["prize"] == sum(prize or 0 for prize in db.session.scalars(select(Award.prize)))


def test_median_and_four_in_five_are_days_that_occurred():
    def of(*lengths: tuple[int, int]) -> Measured:
        day = dt.date(2019, 5, 2)
        return measured([Stay("draft", day, day, days, count, None, None) for days, count in lengths])

    assert of((5, 1)).median == 5
    found = of((1, 1), (2, 1), (3, 1), (4, 1), (100, 1))
    assert (found.count, found.median, found.share, found.longest) == (5, 3, 4, 100)
    assert of((1, 2), (3, 1), (4, 1)).median == 1

"""An office of many dossiers at random: every number is that of its rows, and of a count made by hand."""

import datetime as dt
from collections import Counter

import pytest
from sqlalchemy import select

from tests.counting import every_number_is_that_of_its_rows, every_time_is_that_of_its_rows
from tests.generated import generate
from webapp.extensions import db
from webapp.models import Award, Case, Nomination, StageVisit
from webapp.queries.numbers import Scope, lines_of, totals_of
from webapp.queries.numbers_awards import prize_facts
from webapp.queries.numbers_facts import funnel_facts
from webapp.queries.numbers_time import Measured, Stay, measured
from webapp.queries.periods import PARTS
from webapp.queries.standing import standing_of
from workflows.values import local_day

REFUSED = {"rejected", "not_passed", "higher_refused"}


def reader(office, username):
    return standing_of(db.session(), office.person(username), office.today)


@pytest.mark.mostly_on("sqlite")
@pytest.mark.parametrize(
    ("username", "seed"),
    [
        ("secretary", 1),
        *(pytest.param(*of, marks=pytest.mark.soak) for of in (("officer", 2), ("auditor", 4))),
    ],
)
def test_every_number_is_that_of_its_rows(office, campaign, username, seed):
    generate(20, seed)
    assert every_number_is_that_of_its_rows(reader(office, username)) > 100
    assert every_time_is_that_of_its_rows(reader(office, username)) > 10


PERIODS = (
    Scope(year="2019", part="q1"),
    Scope(part="days", since="2018-02-15", until="2018-05-10"),
    Scope(part="days", since="2019-05-20"),
)


@pytest.mark.mostly_on("sqlite")
def test_every_number_of_a_period_is_that_of_its_rows(office, campaign):
    """Also where the lines are months or quarters of which the period holds a part only."""
    generate(20, 5)
    secretary = reader(office, "secretary")
    assert sum(every_number_is_that_of_its_rows(secretary, scope) for scope in PERIODS) > 100
    assert sum(every_time_is_that_of_its_rows(secretary, scope) for scope in PERIODS) > 20


def test_a_year_is_its_halves_its_quarters_and_its_months(office, campaign):
    generate(120, 6)

    def proposed(**period):
        facts = funnel_facts(reader(office, "secretary"))
        return totals_of(facts, lines_of(db.session(), facts, Scope(**period), "unit"))

    lengths = {letter: [part for part in PARTS if part[0] == letter] for letter in "hqm"}
    for year in ("2018", "2019"):
        whole = Counter(proposed(year=year))
        assert whole["proposed"] > 10
        for parts in lengths.values():
            assert sum((Counter(proposed(year=year, part=part)) for part in parts), Counter()) == +whole


def test_a_dossier_counts_in_the_month_in_which_it_was_first_handed_in(office, campaign):
    generate(120, 7)
    left = select(StageVisit.left_at).where(StageVisit.stage == "draft", StageVisit.round == 1)
    handed_in = left.join(Case, Case.id == StageVisit.case_id).where(Case.stage != "draft")
    months = Counter(f"{local_day(at):%Y-%m}" for at in db.session.scalars(handed_in))
    facts = funnel_facts(reader(office, "secretary"))
    lines = lines_of(db.session(), facts, Scope(), "month")
    told = {f"{line.group.filters['year']}-{line.group.filters['part'][1:]:0>2}": line for line in lines}
    assert {month: line.values["proposed"] for month, line in told.items()} == months
    assert list(told) == sorted(months), "in the order of the calendar"


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

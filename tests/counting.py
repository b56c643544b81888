"""What must hold of the numbers of all reports for a reader, whatever is counted."""

from webapp.extensions import db
from webapp.numbers.reports import REPORTS
from webapp.queries.numbers import Scope, count_rows, fact_rows, lines_of, totals_of
from webapp.queries.numbers_time import GROUPS, STAGES, by_group, by_stage, measured, stays
from webapp.queries.standing import Standing


def every_number_is_that_of_its_rows(reader: Standing, asked: Scope = Scope()) -> int:  # noqa: B008 -- it is frozen
    """Compare each cell of each report, grouped in every way, with the rows it opens; returns how many."""
    session, compared = db.session(), 0
    for report in REPORTS.values():
        if report.facts is None:
            continue
        facts = report.facts(reader)
        totals = {}
        for by in facts.groups:
            lines = lines_of(session, facts, asked, by)
            totals[by] = totals_of(facts, lines)
            for line in lines:
                scope = asked.within(line.group.filters)
                for column in facts.columns:
                    number, amount = count_rows(session, facts, scope, column)
                    expected = amount if column in facts.money else number
                    assert line.values[column] == expected, (report.title, by, line.group, column)
                    rows = fact_rows(session, facts, scope, column)
                    assert len(rows) == number
                    assert all(row.day in asked.period and row.day in scope.period for row in rows)
                    compared += 1
        assert len({tuple(each.items()) for each in totals.values()}) == 1, "the same total in each grouping"
    return compared


def every_time_is_that_of_its_rows(reader: Standing, asked: Scope = Scope()) -> int:  # noqa: B008 -- it is frozen
    """The same for the times: medians are those of the stays a line opens, and none is negative."""
    session, compared = db.session(), 0
    whole = by_stage(stays(session, reader, asked))
    opened = {stage: stays(session, reader, asked, only=stage) for stage in STAGES}
    assert whole == {stage: measured(rows) for stage, rows in opened.items() if rows}
    assert all(stay.began <= stay.ended and stay.days >= 0 for rows in opened.values() for stay in rows)
    assert all(stay.ended in asked.period for rows in opened.values() for stay in rows)
    for by in GROUPS:
        for group, numbers in by_group(session, stays(session, reader, asked, by), by):
            scope = asked.within(group.filters)
            for stage, known in numbers.items():
                assert measured(stays(session, reader, scope, only=stage)) == known, (by, group, stage)
                compared += 1
    return compared

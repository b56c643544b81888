"""What must hold of the numbers of all reports for a reader, whatever is counted."""

from webapp.extensions import db
from webapp.numbers.reports import REPORTS
from webapp.queries.numbers import Scope, count_rows, fact_rows, lines_of, totals_of
from webapp.queries.numbers_time import GROUPS, by_group, by_stage, measured, spans
from webapp.queries.standing import Standing


def every_number_is_that_of_its_rows(reader: Standing) -> int:
    """Compare each cell of each report, grouped in every way, with the rows it opens; returns how many."""
    session, compared = db.session(), 0
    for report in REPORTS.values():
        if report.facts is None:
            continue
        facts = report.facts(reader)
        totals = {}
        for by in facts.groups:
            lines = lines_of(session, facts, Scope(), by)
            totals[by] = totals_of(facts, lines)
            for line in lines:
                scope = Scope().within(line.group.filters)
                for column in facts.columns:
                    number, amount = count_rows(session, facts, scope, column)
                    expected = amount if column in facts.money else number
                    assert line.values[column] == expected, (report.title, by, line.group, column)
                    assert len(fact_rows(session, facts, scope, column)) == number
                    compared += 1
        assert len({tuple(each.items()) for each in totals.values()}) == 1, "the same total in each grouping"
    return compared


def every_time_is_that_of_its_rows(reader: Standing) -> int:
    """The same for the times: medians are those of the spans a line opens, and no span is negative."""
    session, compared = db.session(), 0
    whole = spans(session, reader, Scope())
    assert all(span.began <= span.ended and span.days >= 0 for span in whole)
    assert sum(each.count for each in by_stage(whole).values()) == len(whole)
    for by in GROUPS:
        for group, numbers in by_group(session, whole, by):
            opened = spans(session, reader, Scope().within(group.filters))
            for stage, known in numbers.items():
                days = [span.days for span in opened if span.stage == stage]
                assert measured(days) == known, (by, group, stage)
                compared += 1
    return compared

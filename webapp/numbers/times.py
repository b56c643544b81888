"""The table of times: each stage with its numbers, or the median of each stage by what dossiers have in common."""

from __future__ import annotations

from collections.abc import Mapping
from typing import cast

from flask import url_for
from sqlalchemy.orm import Session

from webapp.numbers.reports import GROUP_NAMES, MEASURES, REPORTS, STAGE_NAMES, group_name
from webapp.numbers.tables import Cell, Column, Table, TableLine
from webapp.queries.numbers import SCOPES, Scope
from webapp.queries.numbers_by import By
from webapp.queries.numbers_time import STAGES, Measured, Stage, by_group, by_stage, stays
from webapp.queries.standing import Standing

CODE = "times"


def time_table(session: Session, standing: Standing, scope: Scope, by: str) -> Table:
    """Each stage that some dossier has left; or, grouped otherwise, the median of each stage."""
    found = stays(session, standing, scope, None if by == "stage" else cast(By, by))
    whole = by_stage(found)
    title, head = str(REPORTS[CODE].title), str(GROUP_NAMES[by])
    if by == "stage":
        lines = [
            TableLine(str(STAGE_NAMES[stage]), "", _numbers(scope, stage, numbers))
            for stage, numbers in whole.items()
        ]
        columns = [Column(name, str(text)) for name, text in MEASURES.items()]
        return Table(title, head, columns, lines, None, REPORTS[CODE].drawn)
    columns = [Column(stage, str(STAGE_NAMES[stage])) for stage in STAGES if stage in whole]
    lines = [
        TableLine(
            *group_name(by, group),
            [_median(scope.within(group.filters), column.code, numbers) for column in columns],
        )
        for group, numbers in by_group(session, found, cast(By, by))
    ]
    total = TableLine(str(MEASURES["median"]), "", [_median(scope, each.code, whole) for each in columns])
    return Table(title, head, columns, lines, total if len(lines) > 1 else None, ("whole",))


def _numbers(scope: Scope, stage: Stage, numbers: Measured) -> list[Cell]:
    url = _url(scope, stage)
    days = (numbers.median, numbers.share, numbers.longest)
    return [Cell(numbers.count, url), *(Cell(each, url, "days") for each in days)]


def _median(scope: Scope, stage: str, numbers: Mapping[Stage, Measured]) -> Cell:
    known = numbers.get(cast(Stage, stage))
    return Cell(known.median, _url(scope, stage), "days") if known else Cell(None)


def _url(scope: Scope, stage: str) -> str:
    kept = {each: getattr(scope, each) for each in SCOPES if getattr(scope, each)}
    return url_for("numbers.list_rows", report=CODE, column=stage, **kept)

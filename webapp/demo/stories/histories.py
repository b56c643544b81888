"""A list of what was awarded before the application was there, taken over by the specialist."""

from __future__ import annotations

from webapp.demo.people import Cast
from webapp.demo.side_scripts import History
from webapp.demo.stage import Stage
from webapp.demo.telling import Story, at
from webapp.extensions import db
from webapp.queries.award_history import NewRecord
from webapp.queries.rule_names import rule_names
from webapp.queries.units import unit_by_code


def taken_over(stage: Stage, cast: Cast, script: History) -> Story:
    """Take the list over as it would come in from Excel."""
    yield at(script.on, script.file)
    names = rule_names(db.session()).awards
    records = [
        NewRecord(
            kind=row.kind,
            name=row.name,
            unit_id=unit_by_code(db.session(), f"{script.unit}/{row.unit}").id,
            award=row.award,
            award_name=names[row.award],
            year=row.year,
            movement=row.movement,
            birth_year=row.born,
            decided_by=cast.name(script.unit),
            decision_number=row.decision,
        )
        for row in script.rows
    ]
    stage.take_over(script.who, script.unit, script.file, records)

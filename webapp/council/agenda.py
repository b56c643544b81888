"""The form of an agenda: what waits for the council, by strand and award, with places beside what is proposed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from webapp.extensions import db
from webapp.queries.agendas import Candidate, Group, candidates
from webapp.queries.rule_names import rule_names
from webapp.ui.clock import today
from webapp.ui.fields import Option


@dataclass(frozen=True)
class Offered:
    """A nomination to tick, as its form has it."""

    option: Option
    candidate: Candidate
    award: str
    """What the award is called."""


def offered_groups(options: Sequence[Option]) -> list[Group[Offered]]:
    """The options of the form's list, grouped."""
    by_code, names = {option.value: option for option in options}, rule_names(db.session()).awards
    return [
        Group(
            group.round,
            group.strand,
            group.pools,
            tuple(
                Offered(by_code[each.code], each, names.get(each.award, each.award)) for each in group.lines
            ),
        )
        for group in candidates(db.session(), by_code.keys(), today())
    ]

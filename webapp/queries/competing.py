"""Who competes with nominations that are checked: for the places of a round, for an award, in a unit."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from functools import cached_property

from sqlalchemy import ColumnElement, and_, func, or_, select
from sqlalchemy.orm import Session

from webapp.models import Case, Nomination, Nominee, Strand
from webapp.queries.place_use import place_use
from workflows.plan import Plan
from workflows.rules.quotas import Place, quota_board
from workflows.vocabulary import NomineeKind

JUDGED = ("awarded", "not_passed")
"""How a dossier ends that the council had before it."""

MET = or_(
    and_(Case.state != "ended", Case.stage.in_(("council", "decision"))),
    Case.outcome.in_(JUDGED),
)
"""Condition on Case: the nomination was found eligible at the appraisal, whatever the council said.

An appraisal that finds somebody eligible is what brings a dossier before the council.
"""


@dataclass(frozen=True)
class Use:
    """Nominations of a round alike in strand, kind, award and unit."""

    round_id: int
    strand: str
    kind: NomineeKind
    award: str
    unit_id: int
    number: int


class Competition:
    """Of rounds with very many nominations no more is counted than what a ceiling or a condition asks of those checked.

    ``holding``: only uses of these kinds take a place, and those checked now; None for all that may come to use one.
    """

    def __init__(
        self,
        session: Session,
        plan: Plan,
        nominations: Collection[Nomination],
        holding: Collection[str] | None,
    ) -> None:
        self.session, self.plan, self.nominations, self.holding = session, plan, nominations, holding
        self.codes = {each.round_id: each.round.code for each in nominations}
        self._for_awards = Nomination.award.in_({each.award for each in nominations})
        submitted = select(Case.id).where(Case.unit_id.in_({each.case.unit_id for each in nominations}))
        self._of_units = Nomination.case_id.in_(submitted)

    @cached_property
    def boards(self) -> Mapping[int, tuple[Place, ...]]:
        """The ceilings of each round; how many compete is counted in the strands of those checked."""
        ceilings = {code: {each.strand for each in self.plan.ceilings(code)} for code in self.codes.values()}
        strands = {n.strand_id for n in self.nominations if n.strand.code in ceilings[n.round.code]}
        taken: defaultdict[int, Counter[tuple[str, NomineeKind]]] = defaultdict(Counter)
        for use in self._competing(Nomination.strand_id.in_(strands)) if strands else ():
            taken[use.round_id][use.strand, use.kind] += use.number
        return {
            round_id: quota_board(self.plan, code, taken[round_id]) for round_id, code in self.codes.items()
        }

    @cached_property
    def in_rounds(self) -> list[Use]:
        """Who competes for the same awards; read only where a condition asks for it."""
        return self._competing(self._for_awards)

    @cached_property
    def in_units(self) -> list[Use]:
        """The same in the same units alone."""
        return self._competing(self._for_awards, self._of_units)

    @cached_property
    def met(self) -> list[Use]:
        """Who met the standard at the appraisal, for the same awards in the same units."""
        return self._counted(MET, self._for_awards, self._of_units)

    def _competing(self, *which: ColumnElement[bool]) -> list[Use]:
        """Who competes among these; where quotas bind, who holds a place and who is about to."""
        if self.holding is None:
            return self._counted(place_use != "none", *which)
        listed = (
            Use(n.round_id, n.strand.code, n.nominee.kind, n.award, n.case.unit_id, 1)
            for n in self.nominations
        )
        return [*self._counted(place_use.in_(self.holding), *which), *listed]

    def _counted(self, *which: ColumnElement[bool]) -> list[Use]:
        columns = (Nomination.round_id, Strand.code, Nominee.kind, Nomination.award, Case.unit_id)
        rows = self.session.execute(
            select(*columns, func.count())
            .select_from(Nomination)
            .join(Case, Case.id == Nomination.case_id)
            .join(Strand, Strand.id == Nomination.strand_id)
            .join(Nominee, Nominee.id == Nomination.nominee_id)
            .where(Nomination.round_id.in_(self.codes), *which)
            .group_by(*columns)
        )
        return [Use(*row) for row in rows]

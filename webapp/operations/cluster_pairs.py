"""Chooses who scores whom in a year of a cluster."""

from __future__ import annotations

from collections.abc import Sequence

from webapp.models import ClusterYear
from webapp.operations.acting import Actor, Now
from webapp.operations.administering import acting_standing
from webapp.operations.cluster_scoring import held_year
from webapp.operations.refusals import Forbidden, InvalidForm, NotNow
from webapp.operations.transaction import Transaction, write
from webapp.queries.cluster_pairs import may_pair
from webapp.queries.clusters import is_open_year, members_on
from workflows.cluster_events import ClusterPairsSet
from workflows.forms import Fault
from workflows.rules.scoring import pair_faults, pairs_hold


def set_pairs(code: str, year: int, pairs: Sequence[tuple[str, str]], *, actor: Actor, now: Now) -> None:
    """Set the pairs (unit scored, unit that scores it, by code) of a year whose scoring has not begun.

    Raises NotFound, Forbidden, NotNow("scoring_begun"), NotNow("pairs_outdated") when they are not of today's members,
    InvalidForm for a unit that scores itself or two others.
    """
    with write(actor, now) as transaction:
        row = _changeable(transaction, code, year)
        if faults := [
            Fault(f"/pairs/{place}/scorer", fault, {"row": other + 1})
            for place, fault, other in pair_faults(pairs)
        ]:
            raise InvalidForm(faults)
        units = [member.unit.code for member in members_on(row.cluster, transaction.day)]
        if not pairs_hold(dict(pairs), units):
            raise NotNow("pairs_outdated")
        _set(transaction, row, dict(pairs))


def propose_pairs(code: str, year: int, *, actor: Actor, now: Now) -> None:
    """Go back to the ring that is proposed. Raises NotFound, Forbidden, NotNow("scoring_begun")."""
    with write(actor, now) as transaction:
        row = _changeable(transaction, code, year)
        if row.pairs:
            _set(transaction, row, {})


def _changeable(transaction: Transaction, code: str, year: int) -> ClusterYear:
    standing = acting_standing(transaction)
    row = held_year(transaction, standing, code, year)
    if not may_pair(standing, row):
        raise Forbidden
    if not is_open_year(row):
        raise NotNow("scoring_begun")
    return row


def _set(transaction: Transaction, row: ClusterYear, pairs: dict[str, str]) -> None:
    row.pairs = pairs
    code = row.cluster.code
    transaction.log(f"cluster/{code}", ClusterPairsSet(cluster=code, year=row.year, pairs=pairs))

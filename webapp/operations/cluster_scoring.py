"""Opens the scoring of a year of a cluster."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Any

from sqlalchemy import select

from webapp.models import Case, Cluster, ClusterYear, FormEntry, Unit, YearMember
from webapp.operations.acting import Actor, Now
from webapp.operations.administering import acting_standing
from webapp.operations.cases import open_case
from webapp.operations.refusals import Forbidden, InvalidForm, NotFound, NotNow
from webapp.operations.transaction import Transaction, write
from webapp.queries.cluster_pairs import proposed_pairs
from webapp.queries.clusters import is_open_year, known_cluster, members_on
from webapp.queries.deployments import current_deployment, form_schema
from webapp.queries.standing import Standing
from webapp.queries.units import Places
from workflows import forms
from workflows.forms import Fault
from workflows.record import digest
from workflows.rules.deadlines import end_of_day
from workflows.rules.scoring import pairs_hold

PROCESS = "cluster_scoring"


def may_open(standing: Standing, row: ClusterYear) -> bool:
    """Whether somebody may open the scoring of a year: leader's officer, organiser's specialist or secretary."""
    at_organiser = row.cluster.unit_id in standing.units("specialist", "secretary")
    return at_organiser or row.leader_id in standing.units("officer")


def open_scoring(code: str, year: int, data: Mapping[str, Any], *, actor: Actor, now: Now) -> str:
    """Open the scoring; returns the code of its case.

    Raises NotFound, Forbidden, InvalidForm, NotNow("scoring_begun"), NotNow("too_few_members"), and
    NotNow("pairs_outdated") when other units belong to it than when the pairs were chosen.
    """
    with write(actor, now) as transaction:
        standing = acting_standing(transaction)
        row = held_year(transaction, standing, code, year)
        if not may_open(standing, row):
            raise Forbidden
        if not is_open_year(row):
            raise NotNow("scoring_begun")
        units = [member.unit for member in members_on(row.cluster, transaction.day)]
        if len(units) < 2:
            raise NotNow("too_few_members")
        if row.pairs and not pairs_hold(row.pairs, [unit.code for unit in units]):
            raise NotNow("pairs_outdated")
        schema = form_schema(current_deployment(transaction.session, PROCESS), PROCESS, "start")
        if faults := forms.validate(schema, data, transaction.day) or _order_faults(data):
            raise InvalidForm(faults, schema)
        case = _opened(transaction, row, units, data)
        kept = dict(data)
        transaction.session.add(
            FormEntry(
                case_id=case.id,
                form=f"{PROCESS}/start",
                data=kept,
                digest=digest(kept),
                person_id=actor.person_id,
                submitted_at=transaction.now.at,
            )
        )
        return case.code


def held_year(transaction: Transaction, standing: Standing, code: str, year: int) -> ClusterYear:
    """A year of a cluster the person may know of, its organiser held. Raises NotFound."""
    query = (
        select(ClusterYear)
        .join(Cluster, Cluster.id == ClusterYear.cluster_id)
        .where(Cluster.code == code, ClusterYear.year == year, known_cluster(standing))
    )
    row = transaction.session.scalar(query)
    if row is None:
        raise NotFound
    transaction.hold(Unit, row.cluster.unit_id)
    transaction.session.refresh(row)
    return row


def _order_faults(data: Mapping[str, Any]) -> list[Fault]:
    """Others are scored when they have scored themselves."""
    if data["cross_due"] > data["self_due"]:
        return []
    day = dt.date.fromisoformat(data["self_due"])
    return [Fault("/cross_due", "before_beginning", {"day": day})]


def _opened(transaction: Transaction, row: ClusterYear, units: list[Unit], data: Mapping[str, Any]) -> Case:
    """The case with its members as they are today, each with the one that scores it."""
    case = open_case(
        transaction,
        PROCESS,
        title=f"{row.cluster.name}, {row.year}",
        places=Places(row.leader, row.cluster.unit, None, None),
        campaign_id=row.campaign_id,
        data={
            "members": [unit.code for unit in units],
            "self_due": end_of_day(dt.date.fromisoformat(data["self_due"])).isoformat(),
            "cross_due": end_of_day(dt.date.fromisoformat(data["cross_due"])).isoformat(),
        },
    )
    by_code = {unit.code: unit.id for unit in units}
    pairs = row.pairs or proposed_pairs([unit.code for unit in units], row.year)
    transaction.session.add_all(
        YearMember(
            cluster_year_id=row.id,
            case_id=case.id,
            unit_id=unit.id,
            scorer_id=by_code[pairs[unit.code]],
            position=position,
        )
        for position, unit in enumerate(units, 1)
    )
    row.case_id = case.id
    row.self_closed_at = row.published_at = None
    row.round, row.candidates, row.counted = 0, [], []
    return case

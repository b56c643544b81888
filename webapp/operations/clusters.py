"""Clusters and blocks: founded, joined and left by units, their years prepared, the scoring of a year opened."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select

from webapp.models import Campaign, Cluster, ClusterMember, ClusterYear, Unit
from webapp.operations.acting import Actor, Now
from webapp.operations.administering import unit_in_reach
from webapp.operations.name_codes import free_code
from webapp.operations.refusals import InvalidForm, NotFound, NotNow
from webapp.operations.transaction import Transaction, write
from webapp.queries.clusters import newest_criteria
from webapp.text import nfc, search_key, sort_key
from workflows.cluster_events import (
    ClusterFounded,
    ClusterMemberJoined,
    ClusterMemberLeft,
    ClusterYearSet,
)
from workflows.forms import Fault


@dataclass(frozen=True)
class NewYear:
    """A year to prepare: units and campaign by code, the criteria table by public id."""

    year: int
    leader: str
    criteria: str
    deputy: str | None = None
    campaign: str | None = None


def found_cluster(unit: str, name: str, kind: str, *, actor: Actor, now: Now) -> str:
    """Found a cluster or block of an organising unit; returns its code.

    Raises NotFound for a unit not administered, InvalidForm for a name the unit has given already.
    """
    with write(actor, now) as transaction:
        place = unit_in_reach(transaction, unit)
        transaction.hold(Unit, place.id)
        name = nfc(name)
        known = transaction.session.scalars(select(Cluster.name).where(Cluster.unit_id == place.id))
        if search_key(name) in map(search_key, known):
            raise InvalidForm([Fault("/name", "cluster_exists")])
        code = free_code(transaction.session, Cluster.code, "cluster", unit, name)
        transaction.session.add(
            Cluster(code=code, name=name, kind=kind, unit_id=place.id, sort_key=sort_key(name))
        )
        founded = ClusterFounded(cluster=code, name=name, kind=kind, unit=unit)
        transaction.log(f"cluster/{code}", founded)
        return code


def add_unit(code: str, unit: str, from_date: dt.date, *, actor: Actor, now: Now) -> None:
    """Let a unit belong to a cluster from a day on.

    Raises NotFound, and InvalidForm for a unit that belongs to it then or later.
    """
    with write(actor, now) as transaction:
        cluster = _in_reach(transaction, code)
        place = transaction.session.scalar(select(Unit).where(Unit.code == unit))
        if place is None:
            raise NotFound
        if any(
            m.unit_id == place.id and (m.to_date is None or m.to_date >= from_date) for m in cluster.members
        ):
            raise InvalidForm([Fault("/unit", "member_already")])
        transaction.session.add(ClusterMember(cluster_id=cluster.id, unit_id=place.id, from_date=from_date))
        joined = ClusterMemberJoined(cluster=code, unit=unit, from_date=from_date.isoformat())
        transaction.log(f"cluster/{code}", joined)


def end_unit(member_id: str, to_date: dt.date, *, actor: Actor, now: Now) -> str:
    """Give a membership its last day; returns the cluster's code. A scoring that has begun keeps its members.

    Raises InvalidForm before its first day, NotFound, NotNow("ended_already").
    """
    with write(actor, now) as transaction:
        found = select(ClusterMember).where(ClusterMember.public_id == member_id)
        member = transaction.session.scalar(found)
        if member is None:
            raise NotFound
        cluster = _in_reach(transaction, member.cluster.code)
        transaction.session.refresh(member)
        if member.to_date is not None and member.to_date < transaction.day:
            raise NotNow("ended_already")
        if to_date < member.from_date:
            raise InvalidForm([Fault("/to_date", "before_beginning", {"day": member.from_date})])
        member.to_date = to_date
        left = ClusterMemberLeft(cluster=cluster.code, unit=member.unit.code, to_date=to_date.isoformat())
        transaction.log(f"cluster/{cluster.code}", left)
        return cluster.code


def set_year(code: str, new: NewYear, *, actor: Actor, now: Now) -> None:
    """Prepare a year: who leads, by which criteria. It may be changed until its scoring begins.

    Raises NotFound, InvalidForm for a leader that is no member, NotNow("scoring_begun").
    """
    with write(actor, now) as transaction:
        cluster = _in_reach(transaction, code)
        row = next((year for year in cluster.years if year.year == new.year), None)
        if row is not None and row.case_id is not None:
            raise NotNow("scoring_begun")
        members = {
            member.unit.code: member.unit_id
            for member in cluster.members
            if member.from_date.year <= new.year
            and (member.to_date is None or member.to_date.year >= new.year)
        }
        if faults := _year_faults(new, members):
            raise InvalidForm(faults)
        row = row or ClusterYear(cluster_id=cluster.id, year=new.year)
        row.leader_id = members[new.leader]
        row.deputy_id = members[new.deputy] if new.deputy else None
        row.criteria_id, criteria = _criteria(transaction, cluster, new.criteria)
        row.campaign_id = _campaign_id(transaction, cluster, new.campaign)
        transaction.session.add(row)
        transaction.log(
            f"cluster/{code}",
            ClusterYearSet(
                cluster=code,
                year=new.year,
                unit=new.leader,
                deputy=new.deputy,
                criteria=criteria,
                campaign=new.campaign,
            ),
        )


def _year_faults(new: NewYear, members: Mapping[str, int]) -> list[Fault]:
    faults = []
    if new.leader not in members:
        faults.append(Fault("/leader", "no_member"))
    if new.deputy is not None and (new.deputy not in members or new.deputy == new.leader):
        faults.append(Fault("/deputy", "no_member" if new.deputy not in members else "leads_already"))
    return faults


def _criteria(transaction: Transaction, cluster: Cluster, public_id: str) -> tuple[int, str]:
    found = newest_criteria(transaction.session, cluster.unit)
    offered: Any = next((each for each in found if each.public_id == public_id), None)
    if offered is None:
        raise InvalidForm([Fault("/criteria", "not_a_choice")])
    return offered.id, offered.digest


def _campaign_id(transaction: Transaction, cluster: Cluster, code: str | None) -> int | None:
    if code is None:
        return None
    query = select(Campaign.id).where(Campaign.code == code, Campaign.unit_id == cluster.unit_id)
    found = transaction.session.scalar(query)
    if found is None:
        raise InvalidForm([Fault("/campaign", "not_a_choice")])
    return found


def _in_reach(transaction: Transaction, code: str) -> Cluster:
    """The cluster of a code, with its organiser held. Raises NotFound for a unit not administered."""
    cluster = transaction.session.scalar(select(Cluster).where(Cluster.code == code))
    if cluster is None:
        raise NotFound
    unit_in_reach(transaction, cluster.unit.code)
    transaction.hold(Unit, cluster.unit_id)
    transaction.session.refresh(cluster)
    return cluster

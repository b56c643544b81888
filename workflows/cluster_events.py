"""Events of clusters and blocks beside their cases: a part of the vocabulary of the log."""

from __future__ import annotations

from dataclasses import dataclass

from workflows.happening import Happening


@dataclass(frozen=True)
class CriteriaImported(Happening):
    """``before`` is the digest of the version it takes the place of; empty for a first one."""

    code: str
    digest: str
    before: str = ""


@dataclass(frozen=True)
class CriteriaDrafted(Happening):
    code: str
    unit: str
    version: str
    digest: str
    upon: str


@dataclass(frozen=True)
class CriteriaDecided(Happening):
    code: str
    unit: str
    version: str
    digest: str
    status: str


@dataclass(frozen=True)
class CriteriaReturned(Happening):
    code: str
    unit: str
    version: str
    digest: str


@dataclass(frozen=True)
class ClusterFounded(Happening):
    cluster: str
    name: str
    kind: str
    unit: str


@dataclass(frozen=True)
class ClusterMemberJoined(Happening):
    cluster: str
    unit: str
    from_date: str


@dataclass(frozen=True)
class ClusterMemberLeft(Happening):
    cluster: str
    unit: str
    to_date: str


@dataclass(frozen=True)
class ClusterYearSet(Happening):
    cluster: str
    year: int
    unit: str
    deputy: str | None
    criteria: str
    campaign: str | None


@dataclass(frozen=True)
class ClusterPairsSet(Happening):
    cluster: str
    year: int
    pairs: dict[str, str]

"""What auditors and inspections do: a part of the vocabulary of the log."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from workflows.happening import Happening


@dataclass(frozen=True)
class SampleDrawn(Happening):
    """``size`` of ``of`` cases were drawn by a ``seed``.

    They are the cases that the auditor may see, up to the one with the code ``last``, of a process and a campaign
    (empty: of all). ``digest`` is that of their codes, so that somebody else can tell whether they drew from the same.
    """

    seed: str
    size: int
    of: int
    last: str
    process: str
    campaign: str
    digest: str


@dataclass(frozen=True)
class InboxReviewed(Happening):
    """What ``person`` had to do on a day (ISO) was looked at."""

    person: str
    seen_date: str


@dataclass(frozen=True)
class SelfTestRun(Happening):
    """A copy of so many events was falsified in each way, and verified.

    ``ways`` has for each way ``found``, ``missed``, or ``nothing`` where the record had nothing to falsify in it;
    ``faults`` counts what did not hold in the copy before anything was done to it.
    """

    ways: Mapping[str, str]
    streams: int
    events: int
    faults: int
    milliseconds: int


@dataclass(frozen=True)
class SessionSealed(Happening):
    """A checkpoint was signed for a council session; ``checkpoint`` is its fingerprint."""

    checkpoint: str


@dataclass(frozen=True)
class CheckpointsMailed(Happening):
    """The fingerprints of these checkpoints went to so many addresses."""

    checkpoints: list[str]
    receivers: int


@dataclass(frozen=True)
class InspectionBegun(Happening):
    """By which decision, of which units and campaign (codes; empty: of all), which days; members by public id.

    From ``from_date`` to ``to_date`` is the period it looks at, it lasts from ``begins_date`` to ``ends_date``.
    """

    inspection: str
    decision: str
    decision_date: str
    units: list[str]
    campaign: str
    from_date: str
    to_date: str
    begins_date: str
    ends_date: str
    members: list[str]
    head: str


@dataclass(frozen=True)
class InspectionChanged(Happening):
    """What an inspection covered and who inspected, before and after: the fields of `InspectionBegun`."""

    inspection: str
    before: Mapping[str, Any]
    after: Mapping[str, Any]


@dataclass(frozen=True)
class InspectionEnded(Happening):
    """So many ``findings``, of which so many are still ``open``."""

    inspection: str
    findings: int
    open: int


@dataclass(frozen=True)
class NoteWritten(Happening):
    """A member wrote something down for the others about an event of a case."""

    inspection: str
    case: str
    event: int


@dataclass(frozen=True)
class FindingRaised(Happening):
    """``finding`` is the code of the case in which it is answered, ``event`` the number of an event of ``case``."""

    inspection: str
    finding: str
    case: str
    event: int
    severity: str


@dataclass(frozen=True)
class FindingAnswered(Happening):
    inspection: str
    finding: str
    round: int


@dataclass(frozen=True)
class FindingReviewed(Happening):
    """``decision``: close, with a ``result``, or ask (for another answer)."""

    inspection: str
    finding: str
    decision: str
    result: str


@dataclass(frozen=True)
class FindingWithdrawn(Happening):
    inspection: str
    finding: str


@dataclass(frozen=True)
class MinutesTaken(Happening):
    """The minutes of an inspection were taken as a file; ``sha256`` is that of the file."""

    inspection: str
    form: str
    sha256: str

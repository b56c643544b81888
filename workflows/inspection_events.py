"""What auditors do: a part of the vocabulary of the log."""

from dataclasses import dataclass

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
    day: str


@dataclass(frozen=True)
class SelfTestRun(Happening):
    """A copy of so many events was falsified in each way, and verified.

    ``ways`` has for each way ``found``, ``missed``, or ``nothing`` where the record had nothing to falsify in it;
    ``faults`` counts what did not hold in the copy before anything was done to it.
    """

    ways: dict[str, str]
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

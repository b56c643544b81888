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

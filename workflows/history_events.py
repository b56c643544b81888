"""What happens to the history of awards, to who may be awarded and why not yet: a part of the vocabulary of the log."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from workflows.happening import Happening


@dataclass(frozen=True)
class AwardsImported(Happening):
    unit: str
    batch: str
    sha256: str
    rows: int
    known: int


@dataclass(frozen=True)
class AwardsTakenBack(Happening):
    unit: str
    batch: str
    rows: int


@dataclass(frozen=True)
class HistoryFilled(Happening):
    """Awards from before there was a history were entered; ``known``: so many stood in it by a list."""

    rows: int
    known: int


@dataclass(frozen=True)
class SamePersonJudged(Happening):
    record: str
    same: bool


@dataclass(frozen=True)
class EligibilityChecked(Happening):
    """``findings``: the nomination, condition and verdict of each one that did not pass; ``rules``: their digest."""

    point: str
    checked: int
    rules: str
    findings: Sequence[dict[str, Any]]


@dataclass(frozen=True)
class WarningOverridden(Happening):
    condition: str


@dataclass(frozen=True)
class NominationEscalated(Happening):
    """Codes of the award before and now; ``name`` is how the rules of the day call it."""

    before: str
    award: str
    name: str


@dataclass(frozen=True)
class SuspensionOrdered(Happening):
    kind: str
    paper: str
    paper_date: str
    review_date: str
    sha256: str | None = None
    """Of the paper, where it was handed in; an event from before there were files has none."""


@dataclass(frozen=True)
class SuspensionReviewMoved(Happening):
    """``before_date`` was the day of review until now."""

    before_date: str
    review_date: str


@dataclass(frozen=True)
class SuspensionReviewDue(Happening):
    review_date: str


@dataclass(frozen=True)
class RowsImported(Happening):
    process: str
    campaign: str
    batch: str
    sha256: str
    rows: int


@dataclass(frozen=True)
class RowsImportEnded(Happening):
    batch: str
    state: str
    opened: int
    failed: int


@dataclass(frozen=True)
class DeadlineMoved(Happening):
    """The deadline of an open task was set to another day."""

    task: str
    element: str
    before_date: str
    after_date: str


@dataclass(frozen=True)
class FollowCodeMade(Happening):
    """A code to follow a case without an account; the code itself stands nowhere in the log."""


@dataclass(frozen=True)
class FollowCodeWithdrawn(Happening):
    """The code of a case is worth nothing any more."""

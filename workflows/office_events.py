"""What happens to offices and units while work goes on: a part of the vocabulary of the log.

Names of units and the papers that change them stand in the table of changes (``change``), never in the log.
"""

from dataclasses import dataclass

from workflows.happening import Happening


@dataclass(frozen=True)
class SchemaMigrated(Happening):
    """The database went from one revision of its tables to another; ``before`` is empty for a new one."""

    before: str
    after: str


@dataclass(frozen=True)
class CadreBodySet(Happening):
    """``body`` is the code of the party body, empty when the unit names none any more; ``before`` the one until now."""

    unit: str
    body: str
    before: str = ""


@dataclass(frozen=True)
class OfficeHandedOver(Happening):
    """``person`` gives, ``taker`` takes; ``roles`` and ``cases`` are how many move from ``from_date`` on."""

    person: str
    taker: str
    from_date: str
    roles: int
    cases: int


@dataclass(frozen=True)
class PeopleImported(Happening):
    """A list of people from a file came in: how many people, with how many roles."""

    sha256: str
    people: int
    roles: int


@dataclass(frozen=True)
class TaskHandedOver(Happening):
    """An open task goes from ``person`` to ``taker``; an empty ``taker`` is the common list."""

    task: str
    element: str
    person: str
    taker: str


@dataclass(frozen=True)
class CaseHandedOver(Happening):
    """Who brought the case in is no longer ``person`` but ``taker``."""

    person: str
    taker: str


@dataclass(frozen=True)
class UnitAdded(Happening):
    unit: str
    change: str
    from_date: str


@dataclass(frozen=True)
class UnitRenamed(Happening):
    """``before`` and ``after`` are its names; empty in what was recorded before both stood in it."""

    unit: str
    change: str
    from_date: str
    before: str = ""
    after: str = ""


@dataclass(frozen=True)
class UnitClosed(Happening):
    unit: str
    change: str
    to_date: str


@dataclass(frozen=True)
class UnitsMerged(Happening):
    """``unit`` is the new one; so many ``cases`` go over to it."""

    unit: str
    change: str
    predecessors: list[str]
    from_date: str
    cases: int


@dataclass(frozen=True)
class UnitSplit(Happening):
    """``unit`` is the one that was; so many ``cases`` go over to its successors."""

    unit: str
    change: str
    successors: list[str]
    from_date: str
    cases: int


@dataclass(frozen=True)
class CaseMoved(Happening):
    """The case and its open tasks go on at ``unit`` instead of ``predecessor``."""

    unit: str
    predecessor: str
    change: str


@dataclass(frozen=True)
class CasesMoveBegun(Happening):
    """So many dossiers under way go over to the successors by a change, one by one."""

    change: str
    cases: int


@dataclass(frozen=True)
class CasesMoveEnded(Happening):
    """They have gone over, but for those that failed."""

    change: str
    moved: int
    failed: int

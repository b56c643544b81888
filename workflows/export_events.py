"""What is taken out of the program as a file: a part of the vocabulary of the log."""

from dataclasses import dataclass

from workflows.happening import Happening


@dataclass(frozen=True)
class LogExported(Happening):
    events: int


@dataclass(frozen=True)
class ListExported(Happening):
    """So many rows of a list were asked for as a file; ``filters`` are the names of those that were set."""

    page: str
    form: str
    rows: int
    filters: list[str]


@dataclass(frozen=True)
class EventLogExported(Happening):
    """The events of a campaign (its code; empty: of more than one), or of so many cases, as a file in a form."""

    form: str
    campaign: str
    cases: int
    events: int


@dataclass(frozen=True)
class BundleExported(Happening):
    """The evidence of so many cases was asked for as a signed file: of a case, a session or a campaign by its code, or
    of a random sample by its seed."""

    scope: str
    of: str
    cases: int
    papers: int

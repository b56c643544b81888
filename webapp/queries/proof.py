"""Everything that can be shown of the log without running a case again: `flask audit verify`."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, BinaryIO, Protocol

from sqlalchemy import func, select, type_coerce
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import Session

from webapp import eventlog
from webapp.as_it_lies import KeptCheckpoint, Stored, as_it_lies
from webapp.checkpoint_key import key_of
from webapp.files import digest_of
from webapp.models import Award, Case, Paper
from webapp.models.types import InstantAsItLies
from webapp.queries.chains import Body, Finding, place_of, plain, walk
from webapp.queries.checkpoints import UNKNOWN, History, compared_with_folder, read, roots_of, unknown_to
from webapp.queries.damages import DAMAGED, damages
from webapp.queries.diagram_proof import changed_diagrams
from webapp.queries.erased_parts import KEPT_EVENTS
from webapp.queries.log_guards import broken_guards
from webapp.queries.lost_parts import LostParts
from webapp.queries.rule_proof import LoggedRules, changed_rules

CHECKPOINTS = "checkpoints"
RULES = ("rule_set_imported", "rule_set_drafted", "rule_set_decided")
EACH = 1_000
"""After so many events it is told how far it has come."""


class Opens(Protocol):
    """What a file can be read from by its digest."""

    def open(self, sha256: str) -> BinaryIO:
        """The content, from its beginning. Raises FileNotFoundError."""
        ...


@dataclass
class Proof:
    """One verification; the numbers grow while ``findings`` is read.

    ``streams`` has the last number of each, ``papers`` the digest and the stream of each paper the log names.
    ``witness`` is another folder that checkpoints are copied to. ``whole``: not a sample of streams, which has neither
    the checkpoints nor the logs of all cases. ``erased``: stream and digest of papers.
    """

    session: Session
    data_dir: Path
    files: Opens
    witness: Path | None = None
    whole: bool = True
    come: Callable[[int], object] = lambda _events: None
    events: int = 0
    streams: dict[str, int] = field(default_factory=dict)
    checkpoints: int = 0
    papers: dict[str, tuple[str, str]] = field(default_factory=dict)
    deployments: set[str] = field(default_factory=set)
    erased: set[tuple[str, str]] = field(default_factory=set)
    sealed: dict[str, str] = field(default_factory=dict)
    rules: LoggedRules = field(default_factory=LoggedRules)
    _lost: dict[str, LostParts] = field(default_factory=dict)
    _held: tuple[str, list[int]] = field(default_factory=lambda: ("", []))
    _back: list[tuple[str, int]] = field(default_factory=list)

    def findings(self) -> Iterator[Finding]:
        """All that does not hold, in the order in which it is looked at; a damaged database ends it."""
        try:
            with as_it_lies(self.session):
                yield from self._findings()
        except DBAPIError as fault:
            yield Finding(DAMAGED, "database", f"{fault.orig}; what comes behind was not looked at")

    def _findings(self) -> Iterator[Finding]:
        for name, wrong in sorted(broken_guards(self.session).items()):
            yield Finding("guard", name, wrong)
        kept, key = eventlog.checkpoints(self.session), key_of(self.data_dir)
        self.checkpoints = len(kept)
        history, faults = read(kept, key)
        yield from faults
        unknown: dict[str, dict[tuple[str, int], str]] = {}
        for folder in filter(None, (self.data_dir / CHECKPOINTS, self.witness)):
            unknown |= unknown_to(kept, folder, key)
            yield from compared_with_folder(kept, folder, unknown)
        yield from walk(self._counted(history, list(unknown.values())), self._watch)
        yield from self._gone(history)
        yield from _left_behind(unknown)
        yield from self._withheld(kept)
        yield from self._missing()
        yield from self._returned()
        yield from self._papers()
        yield from changed_diagrams(self.session, self.deployments)
        yield from changed_rules(self.session, self.rules if self.whole else None)
        yield from self._cases()
        yield from self._gaps()
        yield from damages(self.session)

    def _counted(self, history: History, unknown: Sequence[dict[tuple[str, int], str]]) -> Iterator[Stored]:
        """Every event as it lies; heads that a checkpoint named and that are still there are ticked off."""
        for event in eventlog.stored(self.session):
            self.events += 1
            if not self.events % EACH:
                self.come(self.events)
            self.streams[event.stream] = _number(event.number)
            place = event.stream, event.number
            named = history.named.get(place)
            if named is not None and named[0] == event.hash:
                del history.named[place]
            for heads in unknown:
                if heads.get(place) == event.hash:
                    del heads[place]
            yield event

    def _gone(self, history: History) -> Iterator[Finding]:
        """The first event of each stream that a checkpoint saw and that is gone, or another one now."""
        told = set()
        for (stream, number), (_, made_at) in sorted(history.named.items()):
            if stream in told:
                continue
            told.add(stream)
            seen = f"was there at the checkpoint of {made_at}"
            if stream not in self.streams:
                yield Finding("stream", stream, seen)
            elif number > self.streams[stream]:
                yield Finding("cut_off", f"{stream} #{number}", seen)
            else:
                yield Finding("replaced", f"{stream} #{number}", f"is not the one that {seen}")

    def _withheld(self, kept: Sequence[KeptCheckpoint]) -> Iterator[Finding]:
        """Checkpoints that the log says were signed, and that are gone from the database."""
        there = roots_of(kept)
        for root, place in self.sealed.items() if self.whole else ():
            if root not in there:
                yield Finding("checkpoint", place, "says that a checkpoint was signed, and it is gone")

    def _watch(self, event: Stored, body: Body) -> None:
        if body["deployment"] is not None:
            self.deployments.add(body["deployment"])
        if event.type == "paper_added":
            self.papers[body["fields"]["paper"]] = body["fields"]["sha256"], event.stream
        elif event.type == "case_erased":
            self.erased.update((event.stream, digest) for digest in body["fields"]["files"])
        elif event.type in RULES:
            self.rules.see(event.type, body["fields"])
        elif event.type == "checkpoint_made":
            self.sealed[body["fields"]["root"]] = place_of(event.stream, event.number)
        self._note_held(event)
        gone = body["private"] is not None and event.content is None
        if gone or event.stream in self._lost:
            lost = self._lost.setdefault(event.stream, LostParts())
            lost.see(event.number, event.type, body["fields"], gone=gone)

    def _note_held(self, event: Stored) -> None:
        """Personal parts that lie there; an erasure behind them says that they should not."""
        if event.stream != self._held[0]:
            self._held = event.stream, []
        if event.type == "case_erased":
            self._back += [(event.stream, number) for number in self._held[1]]
        elif event.content is not None and event.type not in KEPT_EVENTS:
            self._held[1].append(event.number)

    def _returned(self) -> Iterator[Finding]:
        """What was erased on record and is here again, as from a backup."""
        for stream, number in self._back:
            yield Finding(
                "returned", f"{stream} #{number}", "its personal part was erased, and is here again"
            )

    def _missing(self) -> Iterator[Finding]:
        """Personal parts that are gone and that nobody erased on record."""
        for stream, parts in sorted(self._lost.items()):
            for number in parts.lost:
                yield Finding(
                    "lost", f"{stream} #{number}", "its personal part is missing, no erasure is on record"
                )

    def _papers(self) -> Iterator[Finding]:
        """Papers whose row, file or event is missing or says something else."""
        unseen = dict(self.papers)
        erased = type_coerce(Paper.erased_at, InstantAsItLies())
        rows = select(Paper.public_id, Paper.sha256, erased).order_by(Paper.id)
        for paper, sha256, erased_at in self.session.execute(rows.execution_options(yield_per=500)):
            self.come(self.events)
            logged, stream = unseen.pop(paper, (None, "no case"))
            if logged != sha256:
                yield Finding("paper", paper, "is not the one in the log" if logged else "is not in the log")
            if erased_at is not None:
                if (stream, sha256) not in self.erased:
                    yield Finding(
                        "paper", paper, f"is marked as erased, and no erasure is on record ({stream})"
                    )
            elif (stream, sha256) in self.erased:
                yield Finding("returned", paper, f"was erased, and is here again ({stream})")
            elif fault := self._file_fault(sha256):
                yield Finding("paper", paper, f"{fault} ({stream})")
        for paper, (_, stream) in unseen.items():
            yield Finding("paper", paper, f"is in the log and not among the papers ({stream})")

    def _file_fault(self, sha256: Any) -> str | None:
        try:
            with self.files.open(sha256) as file:
                found = digest_of(file)
        except FileNotFoundError:
            return f"its file {sha256} is missing"
        except (OSError, TypeError, ValueError):  # a name that is no digest, a folder in the place of a file
            return f"its file {sha256!r} cannot be read"
        return None if found == sha256 else f"its file {sha256} has been changed"

    def _gaps(self) -> Iterator[Finding]:
        """Numbers that are ours and run without a gap: the register of commendations, the codes of cases."""
        for unit, year, count, low, high in self.session.execute(_REGISTERED):
            if (low, high) != (1, count):
                said = f"{count} numbers from {low} to {high}"
                yield Finding("gap", f"register of unit {unit}, {year}", said)
        codes: dict[str, list[int]] = {}
        for code in self.session.scalars(select(Case.code)):
            series, _, number = str(code).rpartition("-")
            if number.isdecimal():
                codes.setdefault(series, []).append(int(number))
        for series, numbers in sorted(codes.items()):
            if max(numbers) != len(numbers):
                yield Finding(
                    "gap", plain(series), f"{len(numbers)} cases, the last one is number {max(numbers)}"
                )

    def _cases(self) -> Iterator[Finding]:
        """Cases without a log, logs without a case: whatever is not among the cases is on no page."""
        rows = {str(code) for code in self.session.scalars(select(Case.code))}
        logged = {str(stream)[5:] for stream in self.streams if str(stream).startswith("case/")}
        for code in sorted(logged - rows):
            yield Finding("case", plain(code), "is in the log and not among the cases")
        for code in sorted(rows - logged) if self.whole else ():
            yield Finding("case", plain(code), "is among the cases and not in the log")


def _number(value: object) -> int:
    """A number as it lies; SQLite keeps anything in its place."""
    return value if isinstance(value, int) else 0


def _left_behind(unknown: Mapping[str, Mapping[tuple[str, int], str]]) -> Iterator[Finding]:
    """What a checkpoint says that the database does not know: it saw what is gone, or only its row is gone."""
    for name, heads in unknown.items():
        if heads:
            stream, number = min(heads)
            said = f"saw {stream} #{number}; the database stands at an older state"
            yield Finding("restored", name, said)
        else:
            yield Finding("checkpoint", name, UNKNOWN)


_REGISTERED = (
    select(
        Award.register_unit_id,
        Award.register_year,
        func.count(),
        func.min(Award.register_number),
        func.max(Award.register_number),
    )
    .where(Award.register_number.is_not(None))
    .group_by(Award.register_unit_id, Award.register_year)
)

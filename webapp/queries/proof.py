"""Everything that can be shown of the log without running a case again: `flask audit verify`."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from webapp import eventlog
from webapp.checkpoint_key import key_of
from webapp.eventlog import Stored
from webapp.files import FileStore, digest_of
from webapp.models import Award, Case, Paper
from webapp.queries.chains import Body, Finding, walk
from webapp.queries.checkpoints import History, compared_with_folder, read
from webapp.queries.lost_parts import LostParts

CHECKPOINTS = "checkpoints"


@dataclass
class Proof:
    """One verification; the numbers grow while ``findings`` is read."""

    session: Session
    data_dir: Path
    files: FileStore
    events: int = 0
    streams: set[str] = field(default_factory=set)
    checkpoints: int = 0
    papers: dict[str, str] = field(default_factory=dict)
    erased: set[str] = field(default_factory=set)
    _lost: dict[str, LostParts] = field(default_factory=dict)

    def findings(self) -> Iterator[Finding]:
        """All that does not hold, in the order in which it is looked at."""
        for name in sorted(eventlog.missing_guards(self.session)):
            yield Finding("guard", name, "the trigger is missing")
        kept = eventlog.checkpoints(self.session)
        self.checkpoints = len(kept)
        history, wrong = read(kept, key_of(self.data_dir))
        yield from wrong
        yield from compared_with_folder(kept, self.data_dir / CHECKPOINTS)
        yield from walk(self._counted(history), self._watch)
        for (stream, number), (_, made_at) in sorted(history.named.items()):
            yield Finding("cut_off", f"{stream} #{number}", f"was there at the checkpoint of {made_at}")
        yield from self._missing()
        yield from self._papers()
        yield from self._gaps()

    def _counted(self, history: History) -> Iterator[Stored]:
        """Every event as it lies; heads that a checkpoint named and that are still there are ticked off."""
        for event in eventlog.stored(self.session):
            self.events += 1
            self.streams.add(event.stream)
            named = history.named.get((event.stream, event.number))
            if named is not None and named[0] == event.hash:
                del history.named[(event.stream, event.number)]
            yield event

    def _watch(self, event: Stored, body: Body) -> None:
        if event.type == "paper_added":
            self.papers[body["fields"]["paper"]] = body["fields"]["sha256"]
        elif event.type == "case_erased":
            self.erased.update(body["fields"]["files"])
        gone = body["private"] is not None and event.content is None
        if gone or event.stream in self._lost:
            lost = self._lost.setdefault(event.stream, LostParts())
            lost.see(event.number, event.type, body["fields"], gone=gone)

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
        rows = select(Paper.public_id, Paper.sha256, Paper.erased_at).order_by(Paper.id)
        for paper, sha256, erased_at in self.session.execute(rows.execution_options(yield_per=500)):
            logged = unseen.pop(paper, None)
            if logged != sha256:
                yield Finding("paper", paper, "is not the one in the log" if logged else "is not in the log")
            if erased_at is not None:
                if sha256 not in self.erased:
                    yield Finding("paper", paper, "is marked as erased, and no erasure is on record")
            elif fault := self._file_fault(sha256):
                yield Finding("paper", paper, fault)
        for paper in unseen:
            yield Finding("paper", paper, "is in the log and not among the papers")

    def _file_fault(self, sha256: str) -> str | None:
        try:
            with self.files.open(sha256) as file:
                found = digest_of(file)
        except FileNotFoundError:
            return f"its file {sha256} is missing"
        return None if found == sha256 else f"its file {sha256} has been changed"

    def _gaps(self) -> Iterator[Finding]:
        """Numbers that are ours and run without a gap: the register of commendations, the codes of cases."""
        for unit, year, count, low, high in self.session.execute(_REGISTERED):
            if (low, high) != (1, count):
                said = f"{count} numbers from {low} to {high}"
                yield Finding("gap", f"register of unit {unit}, {year}", said)
        codes: dict[str, list[int]] = {}
        for code in self.session.scalars(select(Case.code)):
            series, _, number = code.rpartition("-")
            codes.setdefault(series, []).append(int(number))
        for series, numbers in sorted(codes.items()):
            if max(numbers) != len(numbers):
                yield Finding("gap", series, f"{len(numbers)} cases, the last one is number {max(numbers)}")


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

"""Streams: numbers, order, hashes, and what the checkpoints say of them."""

from __future__ import annotations

import hashlib
import sys
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Mapping
from typing import Any, NamedTuple

from webapp.audit.offline_verifier.files import Doubled, decoded
from webapp.audit.offline_verifier.sentences import Fault, at_event, at_file

GROUNDS = ("erasure_proposed", "erasure_decided")
GENESIS = hashlib.sha256(b"thidua").hexdigest()
NOTED = {"paper_added", "case_erased", "remark_withdrawn", "checkpoint_made", "deployment_made"}
"""Events whose fields are compared with something else."""


class Named(NamedTuple):
    """What a checkpoint says of a stream; events before ``number`` were recorded after ``floor`` (an instant)."""

    number: int
    hash: str
    point: str
    floor: str


class Known(NamedTuple):
    """What the checkpoints say: of each stream in their order; the instant of the last one; whether there are
    personal parts to be compared."""

    streams: Mapping[str, list[Named]]
    floor: str
    private: bool = False


class Read:
    """What some streams hold: faults, heads, and what else is compared with them."""

    def __init__(self) -> None:
        self.faults: list[Fault] = []
        self.events = self.open = 0
        self.wrapped = False  # lines end as another system ends them
        self.heads: dict[str, tuple[int, str]] = {}
        self.papers: list[tuple[str, str, str, int]] = []  # digest, public id, stream, number
        self.erased: set[str] = set()  # digests of papers that were erased by law
        self.deployments: dict[str, tuple[str, int]] = {}  # digest, and the first event that names it
        self.roots: dict[str, tuple[str, int]] = {}  # of the checkpoints that the log says were made
        self.private: dict[tuple[str, int], str] = {}
        self.said: dict[tuple[str, int], tuple[str, str]] = {}  # type of each such event, and its remark
        self.erasures: dict[str, int] = {}  # by stream: which event says that its data were erased
        self.withdrawn: set[tuple[str, str]] = set()  # stream and remark: words that were taken back

    def explained(self, place: tuple[str, int]) -> bool:
        """Whether the log tells that the personal part of an event was erased; the ground of an erasure stays."""
        kind, remark = self.said.get(place, ("", ""))
        if kind == "remark_written" and (place[0], remark) in self.withdrawn:
            return True
        return place[1] < self.erasures.get(place[0], 0) and kind not in GROUNDS

    def add(self, other: Read) -> None:
        """Take in what another portion holds."""
        for stream in self.heads.keys() & other.heads.keys():
            self.faults.append(at_event("order", stream, other.heads[stream][0], was="?"))
        self.faults += other.faults
        self.events += other.events
        self.open += other.open
        self.wrapped |= other.wrapped
        self.papers += other.papers
        self.erased |= other.erased
        self.heads.update(other.heads)
        self.private.update(other.private)
        self.said.update(other.said)
        self.erasures.update(other.erasures)
        self.withdrawn |= other.withdrawn
        self.roots.update(other.roots)
        for digest, place in other.deployments.items():
            self.deployments.setdefault(digest, place)


class Chain:
    """One stream, event by event, in the order in which it lies."""

    def __init__(self, stream: str, known: Known, read: Read) -> None:
        self.stream, self.read, self.private = stream, read, known.private
        self.named = known.streams.get(stream, [])
        self.floors = [(each.number, each.floor) for each in self.named] + [(sys.maxsize, known.floor)]
        self.wanted = {each.number for each in self.named}
        self.number, self.hash, self.sound = 0, GENESIS, True
        self.kept: dict[int, str] = {}
        self.absent: list[tuple[int, int]] = []  # first and last of each run of missing numbers
        self.late: list[int] = []
        self.shifted: list[tuple[int, int]] = []
        self.faults: list[Fault] = []

    def fault(self, code: str, number: object, **said: object) -> None:
        self.faults.append(at_event(code, self.stream, number, **said))

    def take(self, row: Mapping[str, Any]) -> None:
        """The next event. Raises KeyError, TypeError and ValueError for what is none."""
        number, text, before = row["number"], row["body"], row["previous_hash"]
        own = hashlib.sha256(f"{before}\n{text}".encode()).hexdigest() == row["hash"]
        body, rest = decoded(text)
        if rest or type(number) is not int or number < 1:
            raise ValueError(rest)
        if (
            own
            and number == self.number + 1
            and before == self.hash
            and number < self.floors[0][0]
            and (body["stream"], body["number"]) == (self.stream, number)
            and self.floors[0][1] <= body["recorded_at"] == row["recorded_at"]
            and (row["actor"], row["at"], row["type"]) == (body["actor"], body["at"], body["type"])
        ):  # as nearly all are
            self.number, self.hash, self.sound = number, row["hash"], True
        elif not self._odd(row, body, own):
            return
        deployed = body["deployment"]
        if self.private or body["type"] in NOTED or (deployed and deployed not in self.read.deployments):
            self._note(number, body)

    def _odd(self, row: Mapping[str, Any], body: Mapping[str, Any], own: bool) -> bool:
        """An event that a checkpoint names, or with which something is wrong; false for one that comes too late."""
        number, before, faults = row["number"], row["previous_hash"], len(self.faults)
        if (body["stream"], body["number"]) == (self.stream, number):
            self._content(row, body, own)
        elif body["stream"] == self.stream:
            self.shifted.append((number, body["number"]))
        else:
            self.fault("foreign", number, was=f"{body['stream']} #{body['number']}")
        if number <= self.number:
            self.late.append(number)
            return False
        moved = bool(self.shifted) and self.shifted[-1][0] == number
        if number > self.number + 1:
            self.absent.append((self.number + 1, number - 1))
        elif before != self.hash and self.sound and not moved:
            self.fault("replaced" if self.number else "start", self.number or 1)
        self.sound = not moved and len(self.faults) == faults
        self.number, self.hash = number, row["hash"]
        self._compare(number, body["recorded_at"], moved=moved)
        return True

    def _compare(self, number: int, recorded_at: str, *, moved: bool) -> None:
        """Keep the hash that a checkpoint names, and see whether the one before could have known the event."""
        if number in self.wanted:
            self.kept[number] = self.hash
        while number > self.floors[0][0]:
            del self.floors[0]
        if recorded_at < self.floors[0][1] and not moved:
            self.fault("backdated", number, was=recorded_at)

    def _content(self, row: Mapping[str, Any], body: Mapping[str, Any], own: bool) -> None:
        """Whether the text is the one that was hashed, and whether what stands beside it says the same."""
        number, found = row["number"], False
        for name, code in (("actor", "actor"), ("at", "time"), ("recorded_at", "time"), ("type", "type")):
            if row[name] != body[name]:
                self.fault(code, number, was=body[name], now=row[name])
                found = True
        if not own and not found:
            self.fault("content", number)

    def _note(self, number: int, body: Mapping[str, Any]) -> None:
        """What is compared later with documents, diagrams and checkpoints."""
        place, kind, fields = (self.stream, number), body["type"], body["fields"]
        if kind == "paper_added":
            self.read.papers.append((_text(fields["sha256"]), _text(fields["paper"]), *place))
        elif kind == "case_erased":
            self.read.erased.update(map(_text, fields["files"]))
            self.read.erasures[self.stream] = number
        elif kind == "remark_withdrawn":
            self.read.withdrawn.add((self.stream, _text(fields["remark"])))
        elif kind == "checkpoint_made":
            self.read.roots[_text(fields["root"])] = place
        deployed = body["deployment"] or (fields["digest"] if kind == "deployment_made" else None)
        if deployed:
            self.read.deployments.setdefault(_text(deployed), place)
        if self.private and body["private"] is not None:
            self.read.private[place] = _text(body["private"])
            self.read.said[place] = kind, _text(fields.get("remark", ""))

    def end(self) -> None:
        """What shows only when the whole stream is known."""
        late, starts = sorted(set(self.late)), [first for first, _last in self.absent]
        for first, last in self.absent:
            between = late[bisect_left(late, first) : bisect_right(late, last)]
            for one, other in without(first, last, between):
                self.fault("gap", one if one == other else f"{one}–{other}")
        for number in self.late:
            run = bisect_right(starts, number) - 1
            if run >= 0 and number <= self.absent[run][1]:
                self.fault("order", number, was=number)
            else:
                self.fault("twice", number)
        self._shifts()
        self._checkpoints()
        self.read.faults += self.faults
        self.read.heads[self.stream] = (self.number, self.hash)
        self.read.open += max(0, self.number - (self.named[-1].number if self.named else 0))

    def _shifts(self) -> None:
        """Events whose text says another number: numbered anew to the end, or exchanged."""
        by = {said - number for number, said in self.shifted}
        if len(by) != 1 or self.shifted[-1][0] != self.number:
            for number, said in self.shifted:
                self.fault("order", number, was=said)
            return
        first, shift = self.shifted[0][0], by.pop()
        if shift > 0:
            self.fault("renumbered", first, count=shift)
        else:
            self.fault("inserted", first - 1 if shift == -1 else f"{first + shift}–{first - 1}")

    def _checkpoints(self) -> None:
        """Whether each event a checkpoint names is there, and is the one it names."""
        agreed = 0
        for each in self.named:
            if each.number > self.number:
                last = self.named[-1]
                self.fault("cut", self.number + 1, last=last.number, point=last.point)
                return
            if self.kept.get(each.number) == each.hash:
                agreed = each.number
            elif not self.faults:
                self.fault("recomputed", agreed + 1, last=each.number, point=each.point)


def without(first: int, last: int, some: Iterable[int]) -> Iterator[tuple[int, int]]:
    """What is left of a run of numbers without some sorted ones: first and last of each run."""
    for number in some:
        if first <= number <= last:
            if first < number:
                yield first, number - 1
            first = number + 1
    if first <= last:
        yield first, last


def missing_codes(streams: Iterable[str]) -> Iterator[str]:
    """Codes of cases that are left out, or first and last of a run: they have no gap in each series of a year."""
    series: dict[str, set[int]] = {}
    for stream in streams:
        name, _, number = stream.rpartition("-")
        if stream.startswith("case/") and number.isdecimal() and len(number) < 9:
            series.setdefault(name[5:], set()).add(int(number))
    for name, numbers in sorted(series.items()):
        for first, last in without(1, max(numbers), sorted(numbers)):
            yield f"{name}-{first:04d}" + (f"–{last:04d}" if last > first else "")


def _text(value: object) -> str:
    if type(value) is not str:
        raise TypeError(value)
    return value


def read_streams(lines: Iterable[bytes], known: Known, at: int = 0) -> Read:
    """Check the streams of some lines, of which the first begins at a byte of the file."""
    read = Read()
    chain: Chain | None = None
    begun: dict[str, Chain] = {}
    for line in lines:
        try:
            row, rest = decoded(line.decode("utf-8"))
            if rest != "\n" and rest:
                if rest != "\r\n":
                    raise ValueError(rest[:20])
                read.wrapped = True
            if chain is None or row["stream"] != chain.stream:
                stream = _text(row["stream"])
                chain = begun.get(stream) or begun.setdefault(stream, Chain(stream, known, read))
            read.events += 1
            chain.take(row)
        except Doubled:
            read.faults.append(at_file("doubled", "events.jsonl", n=at))
        except Exception:  # noqa: BLE001 -- whatever a line raises that is none, nested without end among them
            read.faults.append(at_file("line", "events.jsonl", n=at))
        at += len(line)
    for chain in begun.values():
        chain.end()
    return read

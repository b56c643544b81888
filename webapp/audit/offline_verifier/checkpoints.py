"""Checkpoints: what was signed when, and the Merkle trees (RFC 6962) whose roots they sign."""

from __future__ import annotations

import datetime as dt
import hashlib
from bisect import bisect_left
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from typing import Any, NamedTuple

from webapp.audit.offline_verifier.files import parsed
from webapp.audit.offline_verifier.sentences import Fault, at_file
from webapp.audit.offline_verifier.signatures import signed

SLACK = dt.timedelta(minutes=10)  # two people who write at once do not end in the order in which they began


class Point(NamedTuple):
    """A checkpoint as it lies: the exact text that was signed, what it says, and the signature."""

    file: str
    text: bytes
    body: Mapping[str, Any]
    signature: str

    @property
    def floor(self) -> str:
        """What this checkpoint did not know was recorded after this instant."""
        return (dt.datetime.fromisoformat(self.body["made_at"]) - SLACK).isoformat()


def read_point(file: str, content: bytes) -> Point:
    """Raises KeyError, TypeError, ValueError and OverflowError for what is none."""
    kept = parsed(content)
    text = kept["body"].encode("utf-8")
    point = Point(file, text, parsed(text), kept["signature"])
    for stream, number, head in point.body["heads"]:
        if (type(stream), type(number), type(head)) != (str, int, str):
            raise TypeError(file)
    if any(type(point.body[name]) is not str for name in ("key", "root")) or not point.floor:
        raise TypeError(file)
    if "previous" not in point.body:
        raise KeyError(file)
    return point


def node(left: bytes, right: bytes) -> bytes:
    """The hash of a node over two others."""
    return hashlib.sha256(b"\1" + left + right).digest()


def leaf(stream: str, number: int, head: str) -> bytes:
    """The hash of a leaf: a stream, the number and the hash of its last event."""
    return hashlib.sha256(b"\0" + f"{stream} {number} {head}".encode()).digest()


def merkle(heads: Mapping[str, tuple[int, str]]) -> str:
    """Merkle root (RFC 6962) over the lines "stream number hash" in the order of streams."""
    return root([leaf(stream, *heads[stream]) for stream in sorted(heads)])


def root(level: list[bytes]) -> str:
    """Merkle root over leaves in their order."""
    if not level:
        return hashlib.sha256(b"").hexdigest()
    sha256 = hashlib.sha256
    while len(level) > 1:
        tail = level[-1:] if len(level) % 2 else []
        pairs = zip(level[0::2], level[1::2])  # noqa: B905 -- Python 3.9 knows no `strict`; the odd one is the tail
        level = [sha256(b"\1" + left + right).digest() for left, right in pairs] + tail
    return level[0].hex()


def climbed(start: bytes, index: int, size: int, path: Iterable[str]) -> str:
    """The root that an audit path leads to (RFC 9162, section 2.1.3.2); empty when it does not reach one."""
    current, last = start, size - 1
    for step in path:
        other = bytes.fromhex(step)
        if last == 0:
            return ""
        if index % 2 or index == last:
            current = node(other, current)
            while index and index % 2 == 0:
                index, last = index >> 1, last >> 1
        else:
            current = node(current, other)
        index, last = index >> 1, last >> 1
    return current.hex() if last == 0 else ""


class Tree:
    """The leaves of all streams in the order of their names, as one checkpoint after the other moves them."""

    def __init__(self) -> None:
        self.streams: list[str] = []
        self.leaves: list[bytes] = []

    def move(self, heads: Iterable[tuple[str, int, str]]) -> None:
        """Take in the heads that a checkpoint names."""
        for stream, number, head in heads:
            place, hashed = bisect_left(self.streams, stream), leaf(stream, number, head)
            if self.streams[place : place + 1] == [stream]:
                self.leaves[place] = hashed
            else:
                self.streams.insert(place, stream)
                self.leaves.insert(place, hashed)


class Line(NamedTuple):
    """The line of checkpoints and the keys that are trusted; ``whole``: roots and links can be computed, too."""

    points: Sequence[Point]
    keys: Collection[str]
    whole: bool

    def faults(self, first: int, last: int) -> Iterator[Fault]:
        """What is wrong with those from ``first`` to the one before ``last``: signatures, links, roots."""
        tree = Tree()
        if self.whole:
            earlier = [point.body["heads"] for point in self.points[:first]]
            before = {stream: (stream, number, head) for heads in earlier for stream, number, head in heads}
            tree.move(before[stream] for stream in sorted(before))
        for number in range(first, last):
            point = self.points[number]
            yield from distrusted(point, self.keys)
            if not self.whole:
                continue
            link = hashlib.sha256(self.points[number - 1].text).hexdigest() if number else None
            if point.body["previous"] != link:
                yield at_file("link", point.file)
            tree.move(point.body["heads"])
            if root(tree.leaves) != point.body["root"]:
                yield at_file("root", point.file)


def distrusted(point: Point, keys: Collection[str]) -> Iterator[Fault]:
    """What is wrong with the signature under a text."""
    if point.body["key"] not in keys:
        yield at_file("key", point.file)
        return
    try:
        holds = signed(point.body["key"], point.text, point.signature)
    except (ValueError, TypeError):
        holds = False
    if not holds:
        yield at_file("signature", point.file)

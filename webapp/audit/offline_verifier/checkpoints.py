"""Checkpoints: what was signed when, and the Merkle trees (RFC 6962) whose roots they sign."""

from __future__ import annotations

import datetime as dt
import hashlib
import json
from collections.abc import Iterable, Mapping
from typing import Any, NamedTuple

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
    """Raises KeyError, TypeError and ValueError for what is none."""
    kept = json.loads(content.decode("utf-8"))
    point = Point(file, kept["body"].encode("utf-8"), json.loads(kept["body"]), kept["signature"])
    for _stream, number, head in point.body["heads"]:
        if not isinstance(number, int) or not isinstance(head, str):
            raise TypeError(file)
    if {"key", "previous", "root"} - point.body.keys() or not point.floor:
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

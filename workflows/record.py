"""Canonical bytes, the hash chain, the Merkle root: pure functions of values."""

from __future__ import annotations

import hashlib
import hmac
import json
from collections.abc import Iterable, Sequence
from typing import Any

_ENCODER = json.JSONEncoder(ensure_ascii=False, sort_keys=True, separators=(",", ":"), allow_nan=False)
GENESIS = hashlib.sha256(b"thidua").hexdigest()


def canonical(value: Any) -> bytes:
    """The one byte form of a JSON value: sorted keys, no spaces, UTF-8, no NaN."""
    return _ENCODER.encode(value).encode()


def digest(value: Any) -> str:
    """SHA-256 of the canonical bytes, hexadecimal."""
    return hashlib.sha256(canonical(value)).hexdigest()


def chained(previous: str, body: bytes) -> str:
    """The hash of an event: over the previous hash and the exact stored bytes."""
    return hashlib.sha256(previous.encode() + b"\n" + body).hexdigest()


def salted(salt: bytes, content: bytes) -> str:
    """HMAC-SHA-256 that ties a personal value to the chain without showing it."""
    return hmac.new(salt, content, hashlib.sha256).hexdigest()


def merkle_root(leaves: Sequence[str]) -> str:
    """Root over the leaves in their order (RFC 6962: 0x00 before a leaf, 0x01 before a node).

    An empty sequence has the SHA-256 of nothing as its root.
    """
    levels = _levels(leaves)
    return levels[-1][0].hex() if leaves else hashlib.sha256(b"").hexdigest()


def merkle_paths(leaves: Sequence[str], wanted: Iterable[int]) -> list[list[str]]:
    """The audit path (RFC 9162, section 2.1.3) of each wanted leaf by its index: what it is hashed with, up to the
    root."""
    levels = _levels(leaves)
    return [_path(levels, index) for index in wanted]


def _path(levels: Sequence[Sequence[bytes]], index: int) -> list[str]:
    path = []
    for level in levels[:-1]:
        beside = index ^ 1
        if beside < len(level):  # the odd one at the end goes up alone
            path.append(level[beside].hex())
        index //= 2
    return path


def _levels(leaves: Sequence[str]) -> list[list[bytes]]:
    """The tree from its leaves up to its root."""
    level = [hashlib.sha256(b"\x00" + leaf.encode()).digest() for leaf in leaves]
    levels = [level]
    while len(level) > 1:
        pairs = [level[i : i + 2] for i in range(0, len(level), 2)]
        level = [hashlib.sha256(b"\x01" + p[0] + p[1]).digest() if len(p) == 2 else p[0] for p in pairs]
        levels.append(level)
    return levels

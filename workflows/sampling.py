"""Random samples that anybody can draw again: nothing but a seed and SHA-256 decides."""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Iterable


def drawn(codes: Collection[str], seed: str, size: int) -> list[str]:
    """The ``size`` codes whose SHA-256 of ``seed``, a line feed and the code is least, in that order."""
    return sorted(codes, key=lambda code: rank(seed, code))[:size]


def rank(seed: str, code: str) -> str:
    """By what codes are drawn: ``printf '%s\\n%s' SEED CODE | sha256sum``."""
    return hashlib.sha256(f"{seed}\n{code}".encode()).hexdigest()


def digest_of(codes: Iterable[str]) -> str:
    """SHA-256 of the codes in their order, each ended by a line feed: what was drawn from."""
    return hashlib.sha256("".join(f"{code}\n" for code in sorted(codes)).encode()).hexdigest()

"""Where files lie: by their SHA-256, outside the web root and outside the database.

A file is written under a temporary name, flushed to disk and renamed before the row that names it is committed; a
crash leaves at most an orphan, which the sweep removes.
"""

from __future__ import annotations

import hashlib
import os
import tempfile
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

CHUNK = 1024 * 1024


class TooLarge(ValueError):
    """The file is larger than allowed."""


@dataclass(frozen=True)
class Stored:
    """A file as it lies: its digest (hexadecimal) and its size in bytes."""

    sha256: str
    size: int


@dataclass(frozen=True)
class FileStore:
    """A folder of files, two characters of the digest as the subfolder."""

    root: Path

    def put(self, source: BinaryIO, limit: int) -> Stored:
        """Keep what ``source`` yields. Raises TooLarge beyond ``limit`` bytes and keeps nothing then."""
        self.root.mkdir(mode=0o700, parents=True, exist_ok=True)
        handle, draft = tempfile.mkstemp(dir=self.root, prefix=".incoming-")
        try:
            with os.fdopen(handle, "wb") as file:
                stored = _copy(source, file, limit)
                file.flush()
                os.fsync(file.fileno())
            target = self.path(stored.sha256)
            target.parent.mkdir(mode=0o700, exist_ok=True)
            Path(draft).replace(target)
        except BaseException:
            Path(draft).unlink(missing_ok=True)
            raise
        return stored

    def path(self, sha256: str) -> Path:
        """Where a file lies."""
        return self.root / sha256[:2] / sha256

    def read(self, sha256: str) -> bytes:
        """The whole content. Raises FileNotFoundError."""
        return self.path(sha256).read_bytes()

    def digests(self) -> Iterator[str]:
        """Digests of all files that lie here."""
        return (path.name for path in self.root.glob("??/*"))

    def remove(self, digests: Iterable[str]) -> None:
        """Delete files; one that is gone already is fine."""
        for sha256 in digests:
            self.path(sha256).unlink(missing_ok=True)


def _copy(source: BinaryIO, target: BinaryIO, limit: int) -> Stored:
    digest, size = hashlib.sha256(), 0
    while chunk := source.read(CHUNK):
        size += len(chunk)
        if size > limit:
            raise TooLarge
        digest.update(chunk)
        target.write(chunk)
    return Stored(digest.hexdigest(), size)

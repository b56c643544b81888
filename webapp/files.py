"""Where files lie: by their SHA-256, outside the web root and outside the database.

One interface, two places: a folder beside the embedded database, or a bucket of a store that speaks S3
(`webapp/buckets.py`). A file lies there before the row that names it is committed; a crash leaves at most an orphan,
which the sweep removes.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import os
import tempfile
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO, Protocol

from webapp.config import Settings

CHUNK = 1024 * 1024


class TooLarge(ValueError):
    """The file is larger than allowed."""


@dataclass(frozen=True)
class Stored:
    """A file as it lies: its digest (hexadecimal) and its size in bytes."""

    sha256: str
    size: int


class FileStore(Protocol):
    """Keeps files by their digest."""

    def put(self, source: BinaryIO, limit: int) -> Stored:
        """Keep what ``source`` yields. Raises TooLarge beyond ``limit`` bytes and keeps nothing then."""
        ...

    def open(self, sha256: str) -> BinaryIO:
        """The content, from its beginning. Raises FileNotFoundError."""
        ...

    def older(self, than: dt.datetime) -> Iterator[str]:
        """Digests of the files that were put there before an instant."""
        ...

    def remove(self, digests: Iterable[str]) -> None:
        """Delete files; one that is gone already is fine."""
        ...


def file_store_of(settings: Settings) -> FileStore:
    """The store an installation has chosen: the bucket of FILES_URL, or the folder `files` beside the data."""
    if settings.files_url:
        from webapp.buckets import Bucket

        return Bucket.at(settings.files_url)
    return Folder(settings.data_dir / "files")


@dataclass(frozen=True)
class Folder:
    """A folder of files, two characters of the digest as the subfolder."""

    root: Path

    def put(self, source: BinaryIO, limit: int) -> Stored:
        """Written under a temporary name, flushed to disk, renamed."""
        self.root.mkdir(mode=0o700, parents=True, exist_ok=True)
        handle, draft = tempfile.mkstemp(dir=self.root, prefix=".incoming-")
        try:
            with os.fdopen(handle, "wb") as file:
                stored = copy(source, file, limit)
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

    def open(self, sha256: str) -> BinaryIO:
        return self.path(sha256).open("rb")

    def older(self, than: dt.datetime) -> Iterator[str]:
        return (path.name for path in self.root.glob("??/*") if path.stat().st_mtime < than.timestamp())

    def remove(self, digests: Iterable[str]) -> None:
        for sha256 in digests:
            self.path(sha256).unlink(missing_ok=True)


def copy(source: BinaryIO, target: BinaryIO, limit: int) -> Stored:
    """Copy a file. Raises TooLarge beyond ``limit`` bytes."""
    digest, size = hashlib.sha256(), 0
    while chunk := source.read(CHUNK):
        size += len(chunk)
        if size > limit:
            raise TooLarge
        digest.update(chunk)
        target.write(chunk)
    return Stored(digest.hexdigest(), size)


def digest_of(file: BinaryIO) -> str:
    """SHA-256 of an open file, hexadecimal."""
    digest = hashlib.sha256()
    while chunk := file.read(CHUNK):
        digest.update(chunk)
    return digest.hexdigest()

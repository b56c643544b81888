"""What lies in the place that is checked: a folder or a zip file."""

from __future__ import annotations

import hashlib
import zipfile
import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import IO

DAMAGED = (OSError, EOFError, KeyError, RuntimeError, zipfile.BadZipFile, zlib.error)
"""What reading a file raises that is damaged, encrypted, or not there."""


class Files:
    """The files of a folder or of a zip file, by their path in it; ``damaged`` are those that could not be read."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.damaged: set[str] = set()
        if not path.exists():
            raise FileNotFoundError(path)
        self.zip = zipfile.ZipFile(path) if path.is_file() else None

    def names(self) -> list[str]:
        """All paths, sorted; of a name that a zip file has twice both. A link is a file, wherever it leads."""
        if self.zip:
            return sorted(one.filename for one in self.zip.infolist() if not one.is_dir())
        every = (path for path in self.path.rglob("*") if path.is_symlink() or not path.is_dir())
        return sorted(path.relative_to(self.path).as_posix() for path in every)

    def _open(self, name: str) -> IO[bytes]:
        return self.zip.open(name) if self.zip else (self.path / name).open("rb")

    def read(self, name: str) -> bytes:
        """The whole of one. Raises ValueError for one that cannot be read."""
        try:
            with self._open(name) as file:
                return file.read()
        except DAMAGED as fault:
            self.damaged.add(name)
            raise ValueError(name) from fault

    def lines(self, name: str) -> Iterator[bytes]:
        """The lines of one, as far as it can be read."""
        try:
            with self._open(name) as file:
                yield from file
        except DAMAGED:
            self.damaged.add(name)

    def digest(self, name: str) -> str:
        """SHA-256 of one, hexadecimal; empty for one that cannot be read."""
        digest = hashlib.sha256()
        try:
            with self._open(name) as file:
                while chunk := file.read(2**20):
                    digest.update(chunk)
        except DAMAGED:
            self.damaged.add(name)
            return ""
        return digest.hexdigest()

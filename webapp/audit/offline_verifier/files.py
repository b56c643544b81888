"""What lies in the place that is checked: a folder or a zip file."""

from __future__ import annotations

import hashlib
import zipfile
from pathlib import Path
from typing import IO


class Files:
    """The files of a folder or of a zip file, by their path in it."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.zip = zipfile.ZipFile(path) if path.is_file() else None

    def names(self) -> list[str]:
        """All paths, sorted; of a name that a zip file has twice both."""
        if self.zip:
            return sorted(one.filename for one in self.zip.infolist() if not one.is_dir())
        every = (path for path in self.path.rglob("*") if path.is_file() and "__pycache__" not in path.parts)
        return sorted(path.relative_to(self.path).as_posix() for path in every)

    def open(self, name: str) -> IO[bytes]:
        """One of them, to be read from its beginning."""
        return self.zip.open(name) if self.zip else (self.path / name).open("rb")

    def read(self, name: str) -> bytes:
        """The whole of one."""
        with self.open(name) as file:
            return file.read()

    def digest(self, name: str) -> str:
        """SHA-256 of one, hexadecimal."""
        digest = hashlib.sha256()
        with self.open(name) as file:
            while chunk := file.read(2**20):
                digest.update(chunk)
        return digest.hexdigest()

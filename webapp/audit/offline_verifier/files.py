"""What lies in the place that is checked, a folder or a zip file, and how it is read: nothing in it is trusted."""

from __future__ import annotations

import hashlib
import json
import os
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import IO, Any

LONGEST_LINE, LARGEST = 2**26, 2**29
"""Bytes of one line, and of a file that is read as a whole."""
UNPACKED, TIMES = 2**24, 200
"""A file of a zip that is larger than this many bytes and this many times what it takes there is not unpacked."""


class Doubled(ValueError):
    """A JSON object has the same name twice: two readers may read two things."""


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) != len(pairs):
        raise Doubled
    return found


def _no_number(text: str) -> object:
    raise ValueError(text)


_decode = json.JSONDecoder(object_pairs_hook=_once, parse_constant=_no_number).raw_decode


def decoded(text: str) -> tuple[Any, str]:
    """A JSON text that begins at once, and what stands behind it: a million searches for white space take long."""
    value, end = _decode(text)
    return value, text[end:]


def parsed(content: bytes) -> Any:
    """A JSON file. Raises ValueError for what is none, RecursionError for one that is nested without end."""
    value, rest = decoded(content.decode("utf-8").strip())
    if rest:
        raise ValueError(rest[:20])
    return value


class Files:
    """The files of a folder or of a zip file, by their path in it.

    ``odd`` are those that are not read, with the code of the fault. Raises OSError or BadZipFile for what is neither.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        self.odd: dict[str, str] = {}
        self.zip = zipfile.ZipFile(path) if path.is_file() else None
        if self.zip is None:
            next(path.iterdir(), None)  # raises OSError for one that is not there
        self.names = sorted(self._packed(self.zip) if self.zip else self._lying())

    def _packed(self, packed: zipfile.ZipFile) -> Iterator[str]:
        seen = set()
        for one in packed.infolist():
            name = one.filename
            if one.is_dir():
                continue
            if name in seen:
                self.odd[name] = "doubled_file"
            elif name.startswith("/") or ".." in name.replace("\\", "/").split("/"):
                self.odd[name] = "outside"
            elif one.file_size > max(UNPACKED, TIMES * one.compress_size):
                self.odd[name] = "bomb"
            seen.add(name)
            yield name

    def _lying(self) -> Iterator[str]:
        def unread(fault: OSError) -> None:
            self.odd[Path(fault.filename).relative_to(self.path).as_posix()] = "unreadable"

        for folder, folders, files in os.walk(self.path, onerror=unread):
            for name in [*folders, *files]:
                path = Path(folder) / name
                known = path.relative_to(self.path).as_posix()
                if path.is_symlink():
                    self.odd[known] = "symlink"
                elif name in files and not path.is_file():
                    self.odd[known] = "unreadable"
                elif name in files:
                    yield known

    def open(self, name: str) -> IO[bytes]:
        """One of them, to be read from its beginning. Raises OSError for one that is not read."""
        if name in self.odd:
            raise OSError(name)
        return self.zip.open(name) if self.zip else (self.path / name).open("rb")

    def read(self, name: str) -> bytes:
        """The whole of one. Raises OSError for one that is too large for that."""
        with self.open(name) as file:
            content = file.read(LARGEST + 1)
        if len(content) > LARGEST:
            raise OSError(name)
        return content

    def lines(self, name: str) -> Iterator[bytes]:
        """The lines of one, as they are read."""
        with self.open(name) as file:
            yield from lines_of(file)

    def digest(self, name: str) -> str:
        """SHA-256 of one, hexadecimal; empty for one that cannot be read."""
        digest = hashlib.sha256()
        try:
            with self.open(name) as file:
                while chunk := file.read(2**20):
                    digest.update(chunk)
        except Exception:  # noqa: BLE001 -- whatever a damaged file or zip raises
            self.odd.setdefault(name, "unreadable")
            return ""
        return digest.hexdigest()


def lines_of(file: IO[bytes]) -> Iterator[bytes]:
    """The lines of an open file; one without end in pieces, of which none can be read."""
    return iter(lambda: file.readline(LONGEST_LINE), b"")

"""Portions: a long log and its checkpoints are checked by as many processes as there are processors."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from pathlib import Path
from typing import IO

from webapp.audit.offline_verifier.checkpoints import Line
from webapp.audit.offline_verifier.files import LONGEST_LINE, decoded, lines_of
from webapp.audit.offline_verifier.sentences import Fault
from webapp.audit.offline_verifier.streams import Known, Read, read_streams

EACH = 4
"""Portions for each process: none waits long for the last one."""
ByteRange = tuple[str, int, int]
Range = tuple[int, int]
_given: list[tuple[Known, Line]] = []


def _begin(known: Known, line: Line) -> None:
    """Given once to each process, which makes nothing that refers to itself."""
    gc.disable()
    _given.append((known, line))


def _portion(asked: ByteRange) -> Read:
    """Check the streams of one part of a file: its path, its first byte and the one behind its last."""
    name, start, end = asked
    with Path(name).open("rb") as file:
        file.seek(start)
        return read_streams(_until(file, end), _given[-1][0], start)


def _points(asked: Range) -> list[Fault]:
    """Check some checkpoints, by their places in the line."""
    return list(_given[-1][1].faults(*asked))


def in_portions(path: Path, known: Known, line: Line, jobs: int) -> tuple[Read, list[Fault]] | None:
    """What the log holds and what is wrong with the checkpoints; None where there are not so many processes."""
    try:
        from concurrent.futures import ProcessPoolExecutor  # some systems have none

        with ProcessPoolExecutor(jobs, initializer=_begin, initargs=(known, line)) as pool:
            points = pool.map(_points, _ranges(len(line.points), jobs * EACH))
            parts = pool.map(_portion, byte_ranges(path, jobs * EACH))
            read = Read()
            for part in parts:
                read.add(part)
            return read, [fault for some in points for fault in some]
    except (ImportError, NotImplementedError, OSError, RuntimeError):  # one that was killed breaks the others
        return None


def _ranges(count: int, parts: int) -> list[Range]:
    cuts = sorted({count * part // parts for part in range(parts + 1)})
    return list(zip(cuts, cuts[1:]))  # noqa: B905, RUF007 -- Python 3.9


def _until(file: IO[bytes], end: int) -> Iterator[bytes]:
    at = file.tell()
    for line in lines_of(file):
        if at >= end:
            return
        at += len(line)
        yield line


def byte_ranges(path: Path, count: int) -> list[ByteRange]:
    """The file in so many parts that no stream of an honest one lies in two of them."""

    def stream(line: bytes) -> object:
        try:
            return decoded(line.decode("utf-8"))[0]["stream"]
        except Exception:  # noqa: BLE001 -- the part that it lies in says so
            return None

    size, cuts = path.stat().st_size, [0]
    with path.open("rb") as file:
        for part in range(1, count):
            if size * part // count < cuts[-1]:
                continue
            file.seek(size * part // count)
            file.readline(LONGEST_LINE)
            first, at = stream(file.readline(LONGEST_LINE)), file.tell()
            while (line := file.readline(LONGEST_LINE)) and stream(line) == first:
                at = file.tell()
            if cuts[-1] < at < size:
                cuts.append(at)
    return [(str(path), start, end) for start, end in zip(cuts, [*cuts[1:], size])]  # noqa: B905 -- Python 3.9

"""The text of PDF files that others made. Nothing of them is run; pages that are pictures have no text."""

from __future__ import annotations

import json
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

READER = Path(__file__).with_name("foreign_reader.py")
SECONDS = 30


class Illegible(Exception):
    """The file is no PDF, is locked, is not built as PDFs have to be, or takes too long to read."""


@dataclass(frozen=True)
class ForeignPage:
    """The text of a page in reading order, composed (NFC). ``scanned``: it is a picture, it cannot be read here."""

    text: str
    scanned: bool


def pages_of(pdf: bytes) -> list[ForeignPage]:
    """The pages of a file, read by a program of its own that nothing else dies with. Raises Illegible."""
    try:
        done = subprocess.run(  # noqa: S603 -- our own program, and nothing of the file in its arguments
            [sys.executable, "-I", READER], input=pdf, capture_output=True, timeout=SECONDS, check=True
        )
    except subprocess.SubprocessError as fault:
        raise Illegible from fault
    return [ForeignPage(**page) for page in json.loads(done.stdout)]

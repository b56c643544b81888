"""The data of a paper as a file inside of it, for programs that read what people see on its pages."""

from __future__ import annotations

import io
import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import pikepdf

from workflows.record import canonical

DATA_NAME = "du-lieu.json"


@dataclass(frozen=True)
class Attached:
    """A file inside of a paper: its name, what it is, its text. Equal texts give equal bytes."""

    name: str
    description: str
    text: str


def data_of(title: str, facts: Mapping[str, Any]) -> Attached:
    """What a paper of this title prints, as JSON: sorted keys, so that its digest is that of the facts."""
    return Attached(DATA_NAME, f"Dữ liệu của {title}", canonical(facts).decode())


def read_data(pdf: bytes) -> dict[str, Any] | None:
    """The data inside of a paper; None where it has none, or where it is no PDF."""
    try:
        with pikepdf.open(io.BytesIO(pdf)) as file:
            if DATA_NAME not in file.attachments:
                return None
            found: dict[str, Any] = json.loads(file.attachments[DATA_NAME].get_file().read_bytes())
    except (pikepdf.PdfError, ValueError):
        return None
    return found

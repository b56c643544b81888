"""The types of certificate: a folder each under `types/` with its ground, its style and where which text stands."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any, Literal

from webapp.documents.errors import UnknownDocumentError

FOLDER = Path(__file__).parent / "types"
SHARED = "_base"
PORTION = 25
"""So many certificates are written at once: whoever dies writing a file of many has to write no more of them again."""
Align = Literal["left", "center", "right"]
Size = tuple[float, float]


@dataclass(frozen=True)
class Field:
    """A place for a text: ``x``, ``y``, ``width``, ``height`` in mm from the upper left corner of the type's own sheet.

    The rule: letters are of the ``largest`` size in pt at which the text stands in at most ``lines`` lines within the
    place, and never smaller than ``smallest``. ``fixed`` is a text that is part of the ground, ``sample`` one to try
    the place with.
    """

    name: str
    label: str
    x: float
    y: float
    width: float
    height: float
    face: str
    largest: float
    smallest: float
    lines: int
    align: Align = "center"
    middle: bool = False
    upper: bool = False
    colour: str = "#000000"
    fixed: str | None = None
    sample: str = ""


@dataclass(frozen=True)
class CertificateType:
    """A type of certificate: what it is called, which awards of which level it is for, its sheets and its fields.

    ``sheets``: width and height in mm by name, the first is the one it is drawn on unless another is asked for.
    ``code``: x, y and side in mm of the place of a code to scan. ``mark`` and ``citation`` say how far its sizes and
    its order of texts were checked.
    """

    name: str
    title: str
    awards: frozenset[str] = field(compare=False)
    levels: frozenset[str] = field(compare=False)
    sheets: Mapping[str, Size] = field(compare=False, repr=False)
    fields: tuple[Field, ...] = field(compare=False, repr=False)
    code: tuple[float, float, float] = field(compare=False)
    citation: str
    mark: str

    @property
    def sheet(self) -> str:
        return next(iter(self.sheets))

    @property
    def own_size(self) -> Size:
        """The sheet its fields are measured on."""
        return self.sheets[self.sheet]

    @property
    def variable(self) -> tuple[Field, ...]:
        """The fields that differ from one certificate to the next."""
        return tuple(each for each in self.fields if each.fixed is None)

    @property
    def sample(self) -> dict[str, str]:
        """Texts to try the type with."""
        return {each.name: each.sample for each in self.variable}


@cache
def certificate_types() -> Mapping[str, CertificateType]:
    """All types of certificate by name."""
    shared = json.loads((FOLDER / SHARED / "fields.json").read_text("utf-8"))
    folders = sorted(path.parent for path in FOLDER.glob("*/meta.json"))
    return {folder.name: _read(folder, shared) for folder in folders}


def certificate_type(name: str) -> CertificateType:
    """The type with this name; UnknownDocumentError if there is none."""
    try:
        return certificate_types()[name]
    except KeyError:
        raise UnknownDocumentError(name) from None


def type_for(award: str, level: str, *, title: bool, single: bool) -> str:
    """The type that certifies an award given at a level: ``unit``, ``commune``, ``district`` or ``province``.

    An award that no type names, as rule sets of offices may have them, is certified like others of its family:
    titles of persons and of collectives, commendations of the level.
    """
    named = [kind for kind in certificate_types().values() if award in kind.awards]
    found = next((kind for kind in named if level in kind.levels or not kind.levels), None)
    if found is not None:
        return found.name
    if title:
        return "title_fighter" if single else "title_collective"
    return f"merit_{level}"


def _read(folder: Path, shared: Mapping[str, Any]) -> CertificateType:
    meta = json.loads((folder / "meta.json").read_text("utf-8"))
    own = meta["fields"]
    merged = {name: shared[name] | own.get(name, {}) for name in shared if own.get(name, {}) is not None}
    return CertificateType(
        folder.name,
        meta["title"],
        frozenset(meta["awards"]),
        frozenset(meta["levels"]),
        {name: (float(width), float(height)) for name, (width, height) in meta["sheets"].items()},
        tuple(Field(name, **given) for name, given in merged.items()),
        tuple(meta["code"]),
        meta["citation"],
        meta["mark"],
    )

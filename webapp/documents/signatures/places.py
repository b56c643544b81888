"""Where a paper is signed: the places its template names, read out of the finished PDF."""

from __future__ import annotations

import io
from dataclasses import dataclass

import pikepdf

from webapp.documents.drawing import NUMBERED, SIGNED

SEALED = "ConDau"
"""The place of the body's signature: it follows from that of the person's, which the seal covers in part."""

POINTS = 72 / 25.4
SEAL = 36.0
"""How wide a seal is, in millimetres, where nobody has measured it.

It stands at the left of the place to sign, over the left third of the picture of a signature there.
"""

Box = tuple[float, float, float, float]


@dataclass(frozen=True)
class Place:
    """A rectangle on a page (counted from 0): left, bottom, right, top in points."""

    page: int
    box: Box

    @property
    def size(self) -> tuple[float, float]:
        """Width and height in millimetres."""
        left, bottom, right, top = self.box
        return (right - left) / POINTS, (top - bottom) / POINTS


def places_in(pdf: bytes, seal: float = SEAL) -> dict[str, Place]:
    """The places to sign in a paper that we drew, by name; none in any other.

    ``seal``: how wide the seal is, in millimetres; a field that is made for it already stays as it is.
    """
    with pikepdf.open(io.BytesIO(pdf)) as opened:
        names = opened.Root.get("/Names", pikepdf.Dictionary()).get("/Dests")
        targets = pikepdf.NameTree(names) if names is not None else {}
        found = {name: _place(opened, targets[name]) for name in (SIGNED, NUMBERED) if name in targets}
        made = _sealed(opened)
    if SIGNED in found:
        found[SEALED] = made or _seal(found[SIGNED], seal * POINTS)
    return found


def _place(pdf: pikepdf.Pdf, target: pikepdf.Object) -> Place:
    left, bottom, right, top = (float(number) for number in list(target)[2:6])
    return Place(pdf.pages.index(pikepdf.Page(target[0])), (left, bottom, right, top))


def _sealed(pdf: pikepdf.Pdf) -> Place | None:
    """The field for the seal, where there is one already."""
    fields = pdf.Root.get("/AcroForm", pikepdf.Dictionary()).get("/Fields", pikepdf.Array())
    for field in fields:
        if field.get("/T") == SEALED and "/Rect" in field and "/P" in field:
            left, bottom, right, top = (float(number) for number in field.Rect)
            return Place(pdf.pages.index(pikepdf.Page(field.P)), (left, bottom, right, top))
    return None


def _seal(signature: Place, wide: float) -> Place:
    left, bottom, _right, top = signature.box
    middle = (bottom + top) / 2
    return Place(signature.page, (left, middle - wide / 2, left + wide, middle + wide / 2))

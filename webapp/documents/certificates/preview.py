"""A certificate as a picture for the screen: the letters of the PDF as outlines, at the same places."""

from __future__ import annotations

from collections.abc import Mapping
from html import escape

from webapp.documents.certificates.catalogue import CertificateType
from webapp.documents.certificates.faces import face, outline, units
from webapp.documents.certificates.ground import ground_picture
from webapp.documents.certificates.layout import POINT, Blank, Placed, laid_out, place

FAINT = 0.28
"""What stands on the blank already is shown, and shown not to be printed."""


def preview(kind: CertificateType, printed: Mapping[str, str], blank: Blank) -> str:
    """The sheet in mm as SVG: its ground, faint unless it is printed, the places of its fields and their texts.

    Raises TextTooLongError and LetterMissingError.
    """
    width, height = blank.size
    lines = laid_out(kind, blank.size, printed, blank)
    fixed = () if blank.ground else laid_out(kind, blank.size, {}, Blank(blank.size, ground=True))
    faint = "1" if blank.ground else str(FAINT)
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width:g} {height:g}" role="img">',
        f"<title>{escape(kind.title)}</title>",
        f'<g opacity="{faint}">{ground_picture(kind, blank.size)}{"".join(map(_drawn, fixed))}</g>',
        _places(kind, blank),
        *(_drawn(line) for line in lines),
        "</svg>",
    ]
    glyphs = sorted({(line.face, letter) for line in (*lines, *fixed) for letter in line.text})
    defined = "".join(
        f'<path id="{_glyph(name, letter)}" d="{outline(name, letter)}"/>' for name, letter in glyphs
    )
    parts.insert(2, f"<defs>{defined}</defs>")
    return "".join(parts)


def _places(kind: CertificateType, blank: Blank) -> str:
    """The place of each field that is printed, moved as it is moved."""
    found = []
    for field in kind.variable:
        if field.name in blank.hidden:
            continue
        left, top, width, height = place(field, kind.own_size, blank.size)
        dx, dy = blank.shifts.get(field.name, (0.0, 0.0))
        found.append(
            f'<rect x="{left + dx:.2f}" y="{top + dy:.2f}" width="{width:.2f}" height="{height:.2f}" fill="none"'
            ' stroke="#2563c9" stroke-width="0.25" stroke-dasharray="1.2 1.2"/>'
        )
    return "".join(found)


def _drawn(line: Placed) -> str:
    letters = face(line.face)
    larger = line.size * POINT / units(line.face)
    found, x = [], 0.0
    for letter in line.text:
        if letter != " ":
            found.append(f'<use href="#{_glyph(line.face, letter)}" x="{x:.0f}"/>')
        x += letters.widths[letter] * units(line.face) / 1000
    move = f"translate({line.x:.3f} {line.y:.3f}) scale({larger:.6f} {-larger:.6f})"
    return f'<g transform="{move}" fill="{line.colour}">{"".join(found)}</g>'


def _glyph(name: str, letter: str) -> str:
    return f"{name}{ord(letter):x}"

"""What is seen of a signature: a small page, drawn like papers are, in the place where somebody signed."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

from webapp.documents import drawing
from webapp.documents.render import composed, environment
from webapp.documents.signatures.authority import NO_VALUE
from webapp.documents.signatures.places import Place

TYPE = "_stamp"
PICTURE = "picture:stamp"

Kind = Literal["signature", "seal", "number"]


@dataclass(frozen=True)
class Stamp:
    """What stands in a place: lines of text, with or under a picture (PNG); ``no_value`` for a development key.

    A number has two lines: number with symbol, place with date.
    """

    kind: Kind
    lines: tuple[str, ...]
    picture: bytes | None = field(default=None, repr=False)
    no_value: bool = False


def drawn(stamp: Stamp, place: Place) -> bytes:
    """A PDF of one page, as large as the place."""
    width, height = place.size
    facts = {
        "kind": stamp.kind,
        "lines": composed(stamp.lines),
        "picture": PICTURE if stamp.picture else "",
        "warning": NO_VALUE if stamp.no_value else "",
        "width": f"{width:.2f}",
        "height": f"{height:.2f}",
    }
    html = environment().get_template(f"{TYPE}/template.html").render(facts)
    return drawing.draw(html, TYPE, pictures={PICTURE: stamp.picture} if stamp.picture else {})

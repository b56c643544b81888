"""Golden papers: what each says, line by line, and how its first and its last page look.

`python -m tests.webapp.documents.golden [NAME …]` draws them anew; what has changed is then read in the difference of
the texts and looked at in the pictures before it is kept.
"""

from __future__ import annotations

import difflib
import io
import re
import subprocess
import sys
from collections.abc import Callable, Iterable
from functools import cache, partial
from pathlib import Path

from PIL import Image, ImageChops, ImageStat

from tests.webapp.documents.certificates import EXAMPLES, certificate_example
from tests.webapp.documents.papers import TYPES, page_formats, rendered_example

FOLDER = Path(__file__).parent / "golden"
PAPERS: dict[str, Callable[[], bytes]] = {name: partial(rendered_example, name) for name in TYPES}
PAPERS |= {f"certificate_{name}": partial(certificate_example, name) for name in EXAMPLES}
"""What makes each golden paper, by the name of its files; what is no type of paper is added here."""

DPI, GREYS, TILE = 60, 16, 8
MOST_MEAN, MOST_IN_A_TILE = 2.0, 40
"""Of 255: poppler smooths letters a little otherwise from one version to the next."""


@cache
def lines(pdf: bytes) -> tuple[str, ...]:
    """The text of a paper in reading order, as poppler finds it: pages, and in them lines without the white space."""
    raw = subprocess.run(["pdftotext", "-raw", "-", "-"], input=pdf, stdout=subprocess.PIPE, check=True)
    found: list[str] = []
    for number, page in enumerate(raw.stdout.decode().split("\f")[:-1], 1):
        found.append(f"--- {number} ---")
        found += filter(None, (re.sub(r"\s+", " ", line).strip() for line in page.splitlines()))
    return tuple(found)


def picture(pdf: bytes) -> Image.Image:
    """First and last page side by side, at 60 dpi, in 16 greys."""
    count = len(page_formats(pdf))
    pages = [_page(pdf, number) for number in sorted({1, count})]
    size = (sum(page.width for page in pages), max(page.height for page in pages))
    sheet, left = Image.new("L", size, 255), 0
    for page in pages:
        sheet.paste(page, (left, 0))
        left += page.width
    step = 255 // (GREYS - 1)
    return sheet.point([round(grey / step) * step for grey in range(256)])


def text_faults(name: str, pdf: bytes) -> list[str]:
    """How the text of a paper differs from the golden one, as lines of a difference."""
    golden = (FOLDER / f"{name}.txt").read_text("utf-8").splitlines()
    return list(difflib.unified_diff(golden, list(lines(pdf)), "golden", "drawn", lineterm="", n=1))


def picture_faults(name: str, pdf: bytes) -> list[str]:
    """What makes a paper look unlike the golden one."""
    with Image.open(FOLDER / f"{name}.png") as golden:
        return unlike(golden.convert("L"), picture(pdf))


def unlike(golden: Image.Image, drawn: Image.Image) -> list[str]:
    """What makes a picture unlike another: its size, the mean of the difference, the most different tile of 8 × 8."""
    if golden.size != drawn.size:
        return [f"size {drawn.size}, golden {golden.size}"]
    difference = ImageChops.difference(golden, drawn)
    mean = ImageStat.Stat(difference).mean[0]
    most = difference.reduce(TILE).getextrema()[1]
    found = [f"mean difference {mean:.2f}"] if mean > MOST_MEAN else []
    return found + ([f"a tile differs by {most}"] if most > MOST_IN_A_TILE else [])


def renew(names: Iterable[str]) -> None:
    """Draw golden papers anew."""
    FOLDER.mkdir(exist_ok=True)
    for name in names:
        pdf = PAPERS[name]()
        (FOLDER / f"{name}.txt").write_text("\n".join(lines(pdf)) + "\n", "utf-8")
        step = 255 // (GREYS - 1)
        indexed = picture(pdf).point([grey // step for grey in range(256)]).convert("P")
        indexed.putpalette([grey for index in range(GREYS) for grey in [index * step] * 3])
        indexed.save(FOLDER / f"{name}.png", optimize=True, bits=4)


def _page(pdf: bytes, number: int) -> Image.Image:
    command = ["pdftoppm", "-r", str(DPI), "-gray", "-f", str(number), "-l", str(number)]
    drawn = subprocess.run(command, input=pdf, stdout=subprocess.PIPE, check=True).stdout
    return Image.open(io.BytesIO(drawn)).convert("L")


if __name__ == "__main__":
    renew(sys.argv[1:] or PAPERS)

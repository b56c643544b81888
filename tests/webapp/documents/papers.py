"""Example facts of each paper, and what poppler reads out of a finished PDF."""

import json
import re
import shutil
import subprocess
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from webapp.documents import Rendered, document_types, render

FACTS = Path(__file__).parent / "facts"
TYPES = tuple(document_types())

needs_poppler = pytest.mark.skipif(
    shutil.which("pdftotext") is None,
    reason="poppler is not installed (Debian, Ubuntu: apt-get install poppler-utils)",
)


def example(name: str) -> dict[str, Any]:
    """A fresh copy of the example facts of a type of paper."""
    facts: dict[str, Any] = json.loads((FACTS / f"{name}.json").read_text("utf-8"))
    return facts


@cache
def paper_example(name: str) -> Rendered:
    return render(name, example(name))


def rendered_example(name: str) -> bytes:
    return paper_example(name).pdf


def pages(pdf: bytes) -> list[str]:
    """The text of each page in the order it was drawn, each run of white space as one space."""
    raw = _run("pdftotext", "-raw", "-", "-", given=pdf)
    return [re.sub(r"\s+", " ", page).strip() for page in raw.split("\f")[:-1]]


def text(pdf: bytes) -> str:
    return " ".join(pages(pdf))


def page_formats(pdf: bytes) -> list[str]:
    """``A4 portrait`` … for each page."""
    sizes = re.findall(r"^Page +\d+ size: +([\d.]+) x ([\d.]+) pts", _info(pdf, "-l", "999"), re.MULTILINE)
    names = {(595, 842): "A4", (842, 1191): "A3"}
    found = [(round(float(width)), round(float(height))) for width, height in sizes]
    return [
        f"{names[min(size), max(size)]} {'portrait' if size[0] < size[1] else 'landscape'}" for size in found
    ]


def heights(pdf: bytes, word: str) -> tuple[float, float]:
    """Top of the highest and bottom of the lowest place where this word is drawn, in points from above."""
    boxes = _run("pdftotext", "-bbox", "-", "-", given=pdf)
    found = re.findall(rf'yMin="([\d.]+)" xMax="[\d.]+" yMax="([\d.]+)">{re.escape(word)}<', boxes)
    return min(float(top) for top, _ in found), max(float(bottom) for _, bottom in found)


def metadata(pdf: bytes) -> dict[str, str]:
    lines = (line.partition(":") for line in _info(pdf).splitlines())
    return {key: value.strip() for key, _, value in lines}


def fonts(pdf: bytes) -> list[tuple[str, str]]:
    """Pairs (name without its subset mark, whether it is embedded)."""
    rows = _run("pdffonts", "-", given=pdf).splitlines()[2:]
    return [(row.split()[0].partition("+")[2], row.split()[-5]) for row in rows]


def values(node: Any, key: str) -> Iterator[Any]:
    """Every value that stands under this key anywhere in the facts."""
    if isinstance(node, dict):
        for name, value in node.items():
            if name == key:
                yield value
            yield from values(value, key)
    elif isinstance(node, list):
        for item in node:
            yield from values(item, key)


def _info(pdf: bytes, *options: str) -> str:
    return _run("pdfinfo", *options, "-", given=pdf)


def _run(*command: str, given: bytes) -> str:
    return subprocess.run(command, input=given, stdout=subprocess.PIPE, check=True).stdout.decode("utf-8")

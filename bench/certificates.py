"""Certificates: ours beside one WeasyPrint document, a loop of them, typst, and one document in Chromium."""

from __future__ import annotations

import base64
import json
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Sequence
from html import escape
from pathlib import Path
from typing import Any

from playwright.sync_api import sync_playwright
from weasyprint import HTML

from bench.measures import Measure, say, timed
from bench.places import Place
from webapp.documents.catalogue import FONTS
from webapp.documents.certificates import certificate_type
from webapp.documents.certificates.ground import ground_picture
from webapp.documents.certificates.writer import Certificate, Described, write

PART = "certificates"
TYPE = "merit_district"
HERE = Path(__file__).parent / "peers" / "typst"
CHROMIUM = ("chromium-headless-shell", "chromium", "chromium-browser", "google-chrome")
SLOW, LOOPED = 40, 8
"""So many certificates where each takes long: of one WeasyPrint document, and of a loop of documents."""

NOTE = (
    "giấy khen of a district with frame, emblem and thirteen texts, of another name each; ours reads widths and"
    " decides sizes for each text, the others are given the sizes and draw"
)


def measure(place: Place, count: int) -> Iterator[Measure]:
    """Milliseconds a certificate of each way, and how many times ours the others take."""
    made = [_certificate(number) for number in range(count)]
    described = Described("Giấy khen", "Chủ tịch Ủy ban nhân dân huyện Tịnh Biên", "2019-02-05")
    write(made[:1], described)  # the ground and the letters are there, as in a process that runs
    say(f"{place.kind}: {count} certificates in one file, by ourselves")
    ours = timed(lambda: write(made, described)) / count
    alone = [timed(lambda one=one: write([one], described)) for one in made[:SLOW]]
    yield _one(place, f"ours, {count} in one file", ours, NOTE)
    yield _one(place, "ours, a file each", statistics.median(alone))
    say(f"{place.kind}: WeasyPrint, typst and Chromium")
    loop = timed(lambda: [HTML(string=_page([one])).write_pdf() for one in made[:LOOPED]]) / LOOPED
    others = {
        f"one WeasyPrint document of {SLOW}": timed(lambda: HTML(string=_page(made[:SLOW])).write_pdf())
        / SLOW,
        f"a loop of WeasyPrint documents, {LOOPED}": loop,
        f"typst, one document of {count}": _typst(made) / count,
        f"Chromium, one document of {count}": _chromium(made) / count,
    }
    for what, seconds in others.items():
        yield _one(place, what, seconds)
        yield Measure(PART, place.kind, f"{what}, beside ours", seconds / ours, "times")


def _one(place: Place, what: str, seconds: float, note: str = "") -> Measure:
    return Measure(PART, place.kind, f"{what}: a certificate", seconds * 1000, "ms", note)


def _certificate(number: int) -> Certificate:
    kind = certificate_type(TYPE)
    own = {"bearer": f"Bà Nguyễn Thị Ượng {number}", "register": f"Số vào sổ: {number}"}
    return Certificate(TYPE, kind.sheet, kind.sample | own)


def _lines(certificate: Certificate) -> list[dict[str, Any]]:
    """The texts of a certificate with the size that each has at most."""
    found = []
    for field in certificate_type(TYPE).fields:
        text = field.fixed or certificate.printed[field.name]
        found.append(
            {
                "text": text.upper() if field.upper else text,
                "left": field.x,
                "top": field.y,
                "width": field.width,
                "align": field.align,
                "size": field.largest,
                "weight": "bold" if "Bold" in field.face else "regular",
                "style": "italic" if "Italic" in field.face else "normal",
                "colour": field.colour,
            }
        )
    return found


def _page(certificates: Sequence[Certificate]) -> str:
    """One HTML document with a page for each."""
    width, height = certificate_type(TYPE).own_size
    ground = base64.b64encode(ground_picture(certificate_type(TYPE), (width, height)).encode()).decode()
    style = f"""
@font-face {{ font-family: Tinos; src: url("{(FONTS / "Tinos-Regular.ttf").as_uri()}") }}
@font-face {{ font-family: Tinos; font-weight: bold; src: url("{(FONTS / "Tinos-Bold.ttf").as_uri()}") }}
@font-face {{ font-family: Tinos; font-style: italic; src: url("{(FONTS / "Tinos-Italic.ttf").as_uri()}") }}
@page {{ size: {width}mm {height}mm; margin: 0 }}
body {{ margin: 0; font-family: Tinos; white-space: pre-line }}
section {{ position: relative; width: {width}mm; height: {height - 0.1}mm; break-after: page;
  background: url("data:image/svg+xml;base64,{ground}") 0 0 / 100% 100% }}
p {{ position: absolute; margin: 0; line-height: 1.2 }}
"""
    sections = "".join(
        "<section>"
        + "".join(
            f'<p style="left:{line["left"]}mm;top:{line["top"]}mm;width:{line["width"]}mm;text-align:{line["align"]};'
            f"font:{line['style']} {line['weight'].replace('regular', 'normal')} {line['size']}pt Tinos;"
            f'color:{line["colour"]}">{escape(line["text"])}</p>'
            for line in _lines(certificate)
        )
        + "</section>"
        for certificate in certificates
    )
    return f'<!DOCTYPE html><html lang="vi"><title>Giấy khen</title><style>{style}</style><body>{sections}'


def _chromium(certificates: Sequence[Certificate]) -> float:
    """Seconds to load one document and print it, in a browser that runs already."""
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        file = Path(folder) / "certificates.html"
        file.write_text(_page(certificates), "utf-8")
        path = next(filter(None, map(shutil.which, CHROMIUM)), None)
        arguments = ["--disable-gpu", *(["--no-sandbox"] if os.geteuid() == 0 else [])]
        browser = playwright.chromium.launch(executable_path=path, args=arguments)
        page = browser.new_page()
        page.goto("about:blank")

        def printed() -> None:
            page.goto(file.as_uri())
            page.pdf(prefer_css_page_size=True, print_background=True)

        seconds = timed(printed)
        browser.close()
    return seconds


def _typst(certificates: Sequence[Certificate]) -> float:
    """Seconds of typst, which has an environment of its own, made when it is first asked for."""
    python = HERE / ".venv" / "bin" / "python"
    if not python.exists():
        say("making the environment of typst")
        subprocess.run([sys.executable, "-m", "venv", HERE / ".venv"], check=True)
        subprocess.run(
            [python, "-m", "pip", "install", "--quiet", "-r", HERE / "requirements.txt"], check=True
        )
    kind = certificate_type(TYPE)
    given = {
        "svg": ground_picture(kind, kind.own_size),
        "size": kind.own_size,
        "fonts": str(FONTS),
        "pages": [_lines(certificate) for certificate in certificates],
    }
    command = [python, HERE / "certificates.py"]
    run = subprocess.run(command, input=json.dumps(given), capture_output=True, text=True, check=True)
    return float(json.loads(run.stdout)["seconds"])

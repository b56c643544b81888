"""HTML to PDF with WeasyPrint. Loading it loads Pango, so only a process that makes papers imports this."""

import os
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from threading import Lock
from urllib.request import url2pathname

from weasyprint import CSS, HTML
from weasyprint.text.fonts import FontConfiguration
from weasyprint.urls import FatalURLFetchingError, URLFetcher, URLFetcherResponse

from webapp.documents.catalogue import FONTS, SHARED, TYPES
from webapp.documents.errors import FontsMissingError, ForbiddenResourceError

PACKAGE = Path(__file__).resolve().parent
FACES = ("Regular", "Bold", "Italic", "BoldItalic")
ARCHIVAL = "pdf/a-3a"

# fontTools, which WeasyPrint falls back to for subsetting, would write today's date into each font.
os.environ.setdefault("SOURCE_DATE_EPOCH", "0")

# Pango's font map is not safe among threads, and all papers share one: a new one each time doubles the cost.
_turn = Lock()


class PackagedFiles(URLFetcher):
    """Opens files of this package and nothing else: no network, no other file, no data addresses."""

    def fetch(self, url: str, headers: Mapping[str, str] | None = None) -> URLFetcherResponse:
        scheme, _, rest = url.partition("://")
        path = Path(url2pathname(rest)).resolve()
        if scheme != "file" or not path.is_relative_to(PACKAGE) or not path.is_file():
            raise FatalURLFetchingError(url)
        return URLFetcherResponse(url, path.read_bytes())


def draw(html: str, document: str, *, draft: bool = False) -> bytes:
    """The PDF of a page written for this type of document, in its style. Equal pages give equal bytes.

    It is PDF/A-3a: made to be kept (fonts embedded, letters mapped to Unicode) and read aloud (structure).
    Raises FontsMissingError and ForbiddenResourceError.
    """
    with _turn:
        try:
            page = HTML(string=html, base_url=f"{TYPES / document}/", url_fetcher=PackagedFiles())
            pdf: bytes = page.write_pdf(
                stylesheets=_stylesheets(document, draft), font_config=_fonts(), pdf_variant=ARCHIVAL
            )
        except FatalURLFetchingError as fault:
            raise ForbiddenResourceError(str(fault)) from fault
    return pdf


@cache
def _fonts() -> FontConfiguration:
    missing = [face for face in FACES if not (FONTS / f"Tinos-{face}.ttf").is_file()]
    if missing:
        raise FontsMissingError(f"Tinos {', '.join(missing)} not found in {FONTS}: `make assets` builds them")
    return FontConfiguration()


@cache
def _stylesheets(document: str, draft: bool) -> tuple[CSS, ...]:
    files = [TYPES / SHARED / "style.css", TYPES / document / "style.css"]
    files += [TYPES / SHARED / "draft.css"] if draft else []
    return tuple(CSS(filename=file, font_config=_fonts(), url_fetcher=PackagedFiles()) for file in files)

"""HTML to PDF with WeasyPrint. Loading it loads Pango, so only a process that makes papers imports this."""

import hashlib
import os
from collections.abc import Mapping
from datetime import UTC, datetime
from functools import cache
from importlib.metadata import version
from pathlib import Path
from threading import Lock
from typing import Any
from urllib.request import url2pathname

from weasyprint import CSS, HTML, Attachment
from weasyprint.text.ffi import pango
from weasyprint.text.fonts import FontConfiguration
from weasyprint.urls import FatalURLFetchingError, URLFetcher, URLFetcherResponse

from webapp.documents.attachments import Attached
from webapp.documents.catalogue import CERTIFICATES, FONTS, SHARED, TYPES
from webapp.documents.errors import FontsMissingError, ForbiddenResourceError

PACKAGE = Path(__file__).resolve().parent
FACES = ("Regular", "Bold", "Italic", "BoldItalic")
ARCHIVAL = "pdf/a-3u"
LIBRARIES = ("weasyprint", "pydyf", "fonttools", "jinja2", "segno", "pikepdf")
SIGNED, NUMBERED = "ChuKy", "SoNgay"
"""What templates name to be signed: where the signature of a person comes, where number and date come."""

POINTS_A_PIXEL = 0.75
NO_DAY = datetime(1970, 1, 1, tzinfo=UTC)
"""Files inside of papers bear this day: equal facts give equal bytes on every day; the paper says its own."""

# fontTools, which WeasyPrint falls back to for subsetting, would write today's date into each font.
os.environ.setdefault("SOURCE_DATE_EPOCH", "0")

# Pango's font map is not safe among threads, and all papers share one: a new one each time doubles the cost.
_turn = Lock()


class PackagedFiles(URLFetcher):
    """Opens files of this package and pictures it was given, nothing else: no network, no other file, no data."""

    def __init__(self, pictures: Mapping[str, bytes] | None = None) -> None:
        super().__init__()
        self._pictures = pictures or {}

    def fetch(self, url: str, headers: Mapping[str, str] | None = None) -> URLFetcherResponse:
        if url in self._pictures:
            return URLFetcherResponse(url, self._pictures[url])
        scheme, _, rest = url.partition("://")
        path = Path(url2pathname(rest)).resolve()
        if scheme != "file" or not path.is_relative_to(PACKAGE) or not path.is_file():
            raise FatalURLFetchingError(url)
        return URLFetcherResponse(url, path.read_bytes())


def draw(
    html: str,
    document: str,
    *,
    draft: bool = False,
    attached: Attached | None = None,
    pictures: Mapping[str, bytes] | None = None,
) -> bytes:
    """The PDF of a page written for this type of document, in its style. Equal pages give equal bytes.

    It is PDF/A-3u with tags: made to be kept (fonts embedded, letters mapped to Unicode, ``attached`` inside) and read
    aloud (structure). ``pictures``: by the addresses the page gives them. Raises FontsMissingError and
    ForbiddenResourceError.
    """
    with _turn:
        try:
            page = HTML(string=html, base_url=f"{TYPES / document}/", url_fetcher=PackagedFiles(pictures))
            pdf: bytes = page.write_pdf(
                stylesheets=_stylesheets(document, draft),
                font_config=_fonts(),
                pdf_variant=ARCHIVAL,
                pdf_tags=True,
                attachments=[_attachment(attached)] if attached else None,
                finisher=_finish,
            )
        except FatalURLFetchingError as fault:
            raise ForbiddenResourceError(str(fault)) from fault
    return pdf


def draw_picture(html: str) -> bytes:
    """The PDF of a page that is a picture and nothing to be read: the ground others write on. It may open no file."""
    with _turn:
        page = HTML(string=html, base_url=f"{TYPES}/", url_fetcher=PackagedFiles())
        pdf: bytes = page.write_pdf(font_config=_fonts(), pdf_variant=ARCHIVAL)
    return pdf


def _attachment(attached: Attached) -> Attachment:
    return Attachment(
        string=attached.text,
        name=attached.name,
        description=attached.description,
        created=NO_DAY,
        modified=NO_DAY,
        relationship="Data",
    )


def _finish(document: Any, pdf: Any) -> None:
    if "AF" in pdf.catalog:  # WeasyPrint lists a file inside once as attached and once as found
        associated = pdf.catalog["AF"]
        associated[:] = dict.fromkeys(associated)
    for page in document.pages:
        for name in {SIGNED, NUMBERED} & page.anchors.keys():
            _name_rectangle(pdf, name, page)


def _name_rectangle(pdf: Any, name: str, page: Any) -> None:
    """A named place of a page is known by its corner; that of a signature is a rectangle, from `name` to `name-end`."""
    targets = pdf.catalog["Names"]["Dests"]["Names"]
    at = next(at for at in range(0, len(targets), 2) if targets[at].string == name)
    boxes = [page.anchors[each] for each in (name, f"{name}-end") if each in page.anchors]
    left, top = (min(box[side] for box in boxes) for side in (0, 1))
    right, bottom = (max(box[side] for box in boxes) for side in (2, 3))
    corners = (left, page.height - bottom, right, page.height - top)
    targets[at + 1][1:] = ["/FitR", *(round(number * POINTS_A_PIXEL, 3) for number in corners)]


@cache
def type_digest(document: str) -> str:
    """SHA-256 of all that draws papers of this type: its folder, what types share, fonts, our code, the libraries.

    Papers of equal facts that were drawn under equal digests have equal bytes.
    """
    own = PACKAGE / "certificates" / "types" if document == CERTIFICATES else TYPES / document
    folders = (own, TYPES / SHARED, FONTS)
    files = [file for folder in folders for file in sorted(folder.rglob("*")) if file.is_file()]
    found = hashlib.sha256()
    for file in (*files, *sorted(PACKAGE.rglob("*.py"))):
        content = file.read_bytes()
        found.update(f"{file.relative_to(PACKAGE).as_posix()} {len(content)}\n".encode() + content)
    for library in LIBRARIES:
        found.update(f"{library} {version(library)}\n".encode())
    found.update(f"pango {pango.pango_version()}\n".encode())
    return found.hexdigest()


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

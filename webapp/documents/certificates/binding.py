"""Puts certificates together: pages of several files as one, two on a sheet to be cut, a file of its own for each."""

from __future__ import annotations

import hashlib
import io
import re
import unicodedata
import zipfile
from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby

import pikepdf
from pikepdf import Array, Dictionary, Name, Page, Pdf

from webapp.documents.certificates.layout import POINT
from webapp.documents.certificates.writer import saved

LONGEST_NAME = 80
"""Letters: with three bytes each a name still fits every file system."""

FORBIDDEN = re.compile(r'[\x00-\x1f\x7f<>:"/\\|?*]+')
"""Signs that no file may have in its name, on whichever system the archive is opened."""

MARK = 6 / POINT
"""Length in pt of the strokes that show where a sheet is cut."""


def bound(parts: Sequence[bytes]) -> bytes:
    """The pages of files that `write` has made, as one: what they share is embedded once. Equal parts, equal bytes."""
    if len(parts) == 1:
        return parts[0]
    book = Pdf.open(io.BytesIO(parts[0]))
    shared = _Shared(book)
    for part in parts[1:]:
        with Pdf.open(io.BytesIO(part)) as source:
            for page in source.pages:
                book.pages.append(Page(book.make_indirect(shared.page(page))))
            shared.close()
    return saved(book)


def two_up(pdf: bytes) -> bytes:
    """Two certificates of a size on each sheet, which has marks where it is cut; their size stays as it is.

    What is wide stands one below the other, what is high side by side.
    """
    book = Pdf.open(io.BytesIO(pdf))
    sheets = [_sheet(book, size, pages) for size, pages in _pairs(book.pages)]
    del book.pages[:]
    for sheet in sheets:
        book.pages.append(Page(book.make_indirect(sheet)))
    return saved(book)


def archive(names: Iterable[str], files: Iterable[bytes]) -> bytes:
    """Files under these names. Equal files give equal bytes."""
    written = io.BytesIO()
    with zipfile.ZipFile(written, "w", zipfile.ZIP_STORED) as target:  # what is in a PDF is packed already
        for name, file in zip(names, files, strict=True):
            target.writestr(zipfile.ZipInfo(name), file)
    return written.getvalue()


def joined(archives: Iterable[bytes]) -> bytes:
    """The files of several archives as one."""
    names: list[str] = []
    files: list[bytes] = []
    for each in archives:
        with zipfile.ZipFile(io.BytesIO(each)) as source:
            names += source.namelist()
            files += (source.read(name) for name in source.namelist())
    return archive(names, files)


def entry_name(number: int, bearer: str) -> str:
    """What the file of a certificate is called in an archive; the number tells those of one name apart."""
    plain = " ".join(FORBIDDEN.sub(" ", unicodedata.normalize("NFC", bearer)).split())
    return f"{number:03d} {plain[:LONGEST_NAME].rstrip(' .')}.pdf"


class _Shared:
    """What pages of several files have in common, in the file that takes them in: fonts and grounds, by content."""

    def __init__(self, book: Pdf) -> None:
        self._book = book
        self._known: dict[bytes, pikepdf.Object] = {}
        self._seen: dict[tuple[int, int], pikepdf.Object] = {}
        for page in book.pages:
            for each in _parts_of(page.Resources):
                self._known.setdefault(_content(each), each)

    def page(self, page: Page) -> Dictionary:
        """A page of another file as one of this book."""
        resources = Dictionary(
            {
                kind: Dictionary({name: self._taken(each) for name, each in page.Resources[kind].items()})
                for kind in ("/Font", "/XObject")
            }
        )
        return Dictionary(
            Type=Name.Page,
            MediaBox=Array(list(page.MediaBox)),
            Resources=resources,
            Contents=self._book.copy_foreign(page.Contents),
        )

    def close(self) -> None:
        """The file whose pages were taken has been read."""
        self._seen.clear()

    def _taken(self, each: pikepdf.Object) -> pikepdf.Object:
        if each.objgen not in self._seen:
            content = _content(each)
            if content not in self._known:
                self._known[content] = self._book.copy_foreign(each)
            self._seen[each.objgen] = self._known[content]
        return self._seen[each.objgen]


def _parts_of(resources: pikepdf.Object) -> Iterator[pikepdf.Object]:
    for kind in ("/Font", "/XObject"):
        yield from (each for _name, each in resources[kind].items())


def _content(part: pikepdf.Object) -> bytes:
    """What a font or a picture is, whichever file it lies in."""
    if part.get("/Type") == Name.Font:
        stream = part.DescendantFonts[0].FontDescriptor.FontFile2
        return hashlib.sha256(str(part.BaseFont).encode() + stream.read_raw_bytes()).digest()
    size = [str(part.get(key)) for key in ("/BBox", "/Width", "/Height")]
    return hashlib.sha256(" ".join(size).encode() + part.read_raw_bytes()).digest()


def _pairs(pages: Iterable[Page]) -> Iterator[tuple[tuple[float, float], list[Page]]]:
    """Pages by two, as long as they are of one size (in pt)."""
    for size, alike in groupby(pages, key=lambda page: (float(page.MediaBox[2]), float(page.MediaBox[3]))):
        left = list(alike)
        yield from ((size, left[at : at + 2]) for at in range(0, len(left), 2))


def _sheet(book: Pdf, size: tuple[float, float], pages: Sequence[Page]) -> Dictionary:
    width, height = size
    wide = width > height
    full = (width, 2 * height) if wide else (2 * width, height)
    places = [(0.0, height), (0.0, 0.0)] if wide else [(0.0, 0.0), (width, 0.0)]
    forms = {f"/Certificate{at}": book.make_indirect(page.as_form_xobject()) for at, page in enumerate(pages)}
    shown = [f"q 1 0 0 1 {x:.3f} {y:.3f} cm {name} Do Q" for (x, y), name in zip(places, forms, strict=False)]
    return Dictionary(
        Type=Name.Page,
        MediaBox=Array([0, 0, *(round(edge, 3) for edge in full)]),
        Resources=Dictionary(XObject=Dictionary(forms)),
        Contents=book.make_stream("\n".join([*shown, "0.5 G 0.3 w", *_cut(full, wide=wide)]).encode()),
    )


def _cut(full: tuple[float, float], *, wide: bool) -> list[str]:
    """Strokes at both ends of the middle of a sheet."""
    across, down = full
    long, middle = (across, down / 2) if wide else (down, across / 2)
    ends = ((0.0, MARK), (long - MARK, long))
    lines = [((a, middle), (b, middle)) if wide else ((middle, a), (middle, b)) for a, b in ends]
    return [f"{x:.3f} {y:.3f} m {to_x:.3f} {to_y:.3f} l S" for (x, y), (to_x, to_y) in lines]

"""Writes certificates as PDF/A-3u: the ground of a type once a file, over it lines of text in one font subset."""

from __future__ import annotations

import io
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from html import escape

import pikepdf
from pikepdf import Array, Dictionary, Name, Pdf, Stream, String
from PIL import Image

from webapp.documents.certificates.catalogue import CertificateType, Size, certificate_type
from webapp.documents.certificates.faces import FACES, Subset, subset_for
from webapp.documents.certificates.ground import ground_pdf
from webapp.documents.certificates.layout import POINT, Blank, Placed, code_place, laid_out
from webapp.documents.certificates.reading import check_read_back
from webapp.documents.certificates.sheet import labels, marks, strokes

TAG = "THIDUA"
XMP = """<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?>
<x:xmpmeta xmlns:x="adobe:ns:meta/">
<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
<rdf:Description rdf:about=""
 xmlns:pdfaid="http://www.aiim.org/pdfa/ns/id/"
 xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:xmp="http://ns.adobe.com/xap/1.0/">
<pdfaid:part>3</pdfaid:part><pdfaid:conformance>U</pdfaid:conformance>
<dc:title><rdf:Alt><rdf:li xml:lang="x-default">{title}</rdf:li></rdf:Alt></dc:title>
<dc:creator><rdf:Seq><rdf:li>{author}</rdf:li></rdf:Seq></dc:creator>
{created}</rdf:Description></rdf:RDF></x:xmpmeta>
<?xpacket end="r"?>"""


@dataclass(frozen=True)
class Certificate:
    """One certificate: its type, the name of its sheet, its texts by field, and its code as a PNG if it bears one."""

    type: str
    sheet: str
    printed: Mapping[str, str] = field(repr=False)
    code: bytes | None = field(default=None, repr=False)


@dataclass(frozen=True)
class Described:
    """What a file says of itself: title, author, and its day as ``2019-02-05``."""

    title: str
    author: str
    day: str | None = None


def write(certificates: Sequence[Certificate], described: Described, *, blank: Blank | None = None) -> bytes:
    """The certificates as one file, a page each; on a ``blank`` of its size and with its shifts.

    Equal certificates give equal bytes. The finished file is read back: every line is found on its page. Raises
    UnknownDocumentError, TextTooLongError, LetterMissingError, UnreadableError and FontsMissingError.
    """
    pages = [_laid(certificate, blank) for certificate in certificates]
    pdf = Pdf.new()
    fonts = _Fonts(pdf, (line for _kind, _size, lines in pages for line in lines))
    grounds: dict[tuple[str, Size], pikepdf.Object] = {}
    for certificate, (kind, size, lines) in zip(certificates, pages, strict=True):
        _add_page(pdf, fonts, grounds, _Sheet(kind, size, blank, certificate.code), lines)
    _describe(pdf, described, pages[0][0], pages[0][1])
    written = saved(pdf)
    check_read_back(written, [lines for _kind, _size, lines in pages])
    return written


def saved(pdf: Pdf) -> bytes:
    """The finished file. Equal content gives equal bytes."""
    written = io.BytesIO()
    pdf.save(
        written,
        deterministic_id=True,
        min_version="1.7",
        object_stream_mode=pikepdf.ObjectStreamMode.generate,
        compress_streams=True,
    )
    return written.getvalue()


def _laid(certificate: Certificate, blank: Blank | None) -> tuple[CertificateType, Size, list[Placed]]:
    kind = certificate_type(certificate.type)
    size = blank.size if blank is not None else kind.sheets[certificate.sheet]
    lines = laid_out(kind, size, certificate.printed, blank)
    if blank is not None and blank.rulers:
        lines += marks(size) + labels(kind, blank)
    return kind, size, lines


@dataclass(frozen=True)
class _Sheet:
    kind: CertificateType
    size: Size
    blank: Blank | None
    code: bytes | None

    @property
    def has_ground(self) -> bool:
        return self.blank is None or self.blank.ground

    @property
    def has_code(self) -> bool:
        return self.code is not None and (self.blank is None or self.blank.code)


class _Fonts:
    """The faces that a file uses, each embedded once with the letters of all its pages."""

    def __init__(self, pdf: Pdf, lines: Iterable[Placed]) -> None:
        used: dict[str, set[str]] = {}
        for line in lines:
            used.setdefault(line.face, set()).update(line.text)
        self._subsets = {name: subset_for(name, used[name]) for name in FACES if name in used}
        self.resources = Dictionary(
            {f"/{name}": _embedded(pdf, name, part) for name, part in self._subsets.items()}
        )

    def shown(self, line: Placed, height: float) -> str:
        """One line of text as operators of a page of this height in mm."""
        glyphs = self._subsets[line.face].glyphs
        letters = "".join(f"{glyphs[letter]:04X}" for letter in line.text)
        x, y = line.x / POINT, (height - line.y) / POINT
        return f"{_colour(line.colour)} rg /{line.face} {line.size:.2f} Tf 1 0 0 1 {x:.2f} {y:.2f} Tm <{letters}> Tj"


def _add_page(
    pdf: Pdf,
    fonts: _Fonts,
    grounds: dict[tuple[str, Size], pikepdf.Object],
    sheet: _Sheet,
    lines: list[Placed],
) -> None:
    width, height = sheet.size
    parts, pictures = [], Dictionary()
    if sheet.has_ground:
        key = (sheet.kind.name, sheet.size)
        if key not in grounds:
            grounds[key] = _ground(pdf, sheet.kind, sheet.size)
        pictures["/Ground"] = grounds[key]
        parts.append("q /Ground Do Q")
    if sheet.has_code and sheet.code is not None:
        left, top, side = code_place(sheet.kind, sheet.size)
        pictures["/Code"] = _picture(pdf, sheet.code)
        x, y, edge = (value / POINT for value in (left, height - top - side, side))
        parts.append(f"q {edge:.2f} 0 0 {edge:.2f} {x:.2f} {y:.2f} cm /Code Do Q")
    if sheet.blank is not None and sheet.blank.rulers:
        parts.append(strokes(sheet.kind, sheet.blank))
    parts += ["BT", *(fonts.shown(line, height) for line in lines), "ET"]
    page = Dictionary(
        Type=Name.Page,
        MediaBox=Array([0, 0, round(width / POINT, 3), round(height / POINT, 3)]),
        Resources=Dictionary(Font=fonts.resources, XObject=pictures),
        Contents=pdf.make_stream("\n".join(parts).encode()),
    )
    pdf.pages.append(pikepdf.Page(pdf.make_indirect(page)))


def _ground(pdf: Pdf, kind: CertificateType, size: Size) -> pikepdf.Object:
    with Pdf.open(io.BytesIO(ground_pdf(kind, size))) as drawn:
        return pdf.copy_foreign(drawn.make_indirect(drawn.pages[0].as_form_xobject()))


def _picture(pdf: Pdf, png: bytes) -> Stream:
    with Image.open(io.BytesIO(png)) as opened:
        bits = opened.convert("1")
    return pdf.make_stream(
        bits.tobytes(),
        Type=Name.XObject,
        Subtype=Name.Image,
        Width=bits.width,
        Height=bits.height,
        BitsPerComponent=1,
        ColorSpace=Name.DeviceGray,
    )


def _colour(colour: str) -> str:
    return " ".join(f"{int(colour[at : at + 2], 16) / 255:.3g}" for at in (1, 3, 5))


def _embedded(pdf: Pdf, name: str, part: Subset) -> pikepdf.Object:
    base = Name(f"/{TAG}+Tinos-{name}")
    file = pdf.make_stream(part.packed, Filter=Name.FlateDecode, Length1=part.size)
    descriptor = Dictionary(
        Type=Name.FontDescriptor,
        FontName=base,
        Flags=4 | (64 if part.italic else 0),
        FontBBox=Array([*part.box]),
        ItalicAngle=-12 if part.italic else 0,
        Ascent=part.ascent,
        Descent=part.descent,
        CapHeight=660,
        StemV=80,
        FontFile2=file,
    )
    descendant = Dictionary(
        Type=Name.Font,
        Subtype=Name.CIDFontType2,
        BaseFont=base,
        CIDSystemInfo=Dictionary(Registry=String("Adobe"), Ordering=String("Identity"), Supplement=0),
        FontDescriptor=pdf.make_indirect(descriptor),
        W=pikepdf.Object.parse(part.advances),
        DW=0,
        CIDToGIDMap=Name.Identity,
    )
    return pdf.make_indirect(
        Dictionary(
            Type=Name.Font,
            Subtype=Name.Type0,
            BaseFont=base,
            Encoding=Name("/Identity-H"),
            DescendantFonts=Array([pdf.make_indirect(descendant)]),
            ToUnicode=pdf.make_stream(part.letters, Filter=Name.FlateDecode),
        )
    )


def _describe(pdf: Pdf, described: Described, kind: CertificateType, size: Size) -> None:
    """What makes it PDF/A-3u: colours and what it says of itself, the same in both places where that stands."""
    with Pdf.open(io.BytesIO(ground_pdf(kind, size))) as drawn:
        pdf.Root.OutputIntents = pdf.copy_foreign(drawn.make_indirect(drawn.Root.OutputIntents))
    created = f"<xmp:CreateDate>{described.day}T00:00:00Z</xmp:CreateDate>\n" if described.day else ""
    said = XMP.format(title=escape(described.title), author=escape(described.author), created=created)
    pdf.Root.Metadata = pdf.make_stream(said.encode(), Type=Name.Metadata, Subtype=Name.XML)
    pdf.Root.Lang = String("vi")
    pdf.Root.ViewerPreferences = Dictionary(DisplayDocTitle=True)
    pdf.docinfo["/Title"] = String(described.title)
    pdf.docinfo["/Author"] = String(described.author)
    if described.day:
        pdf.docinfo["/CreationDate"] = String(f"D:{described.day.replace('-', '')}000000Z")

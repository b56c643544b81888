"""The papers that people of the demo hand in."""

import dataclasses
import io
import re
from unicodedata import normalize

import puremagic
import pytest
from PIL import Image

from webapp.demo import sheets
from webapp.demo.sheets import Sheet
from webapp.documents.errors import FontsMissingError

SHEET = Sheet(
    "meeting_minutes",
    "Bien ban hop.pdf",
    "Ủy ban nhân dân xã An Cư",
    "Biên bản họp",
    "Bình xét, đề nghị khen thưởng",
    ("Nội dung: bình xét từng trường hợp theo danh sách kèm theo.", "Biên bản được đọc lại và thông qua."),
)


@pytest.fixture(autouse=True)
def nothing_drawn_yet():
    """What is drawn is remembered; here it is drawn anew."""
    for remembered in (sheets._scanned, sheets._word, sheets._font):
        remembered.cache_clear()


def picture(sheet: Sheet) -> Image.Image:
    """The scan within the PDF."""
    pdf = sheet.pdf()
    start = pdf.index(b"\xff\xd8")
    return Image.open(io.BytesIO(pdf[start : pdf.index(b"endstream", start)]))


def test_equal_sheets_have_equal_bytes():
    first = SHEET.pdf()
    nothing_drawn_yet.__wrapped__()
    again = dataclasses.replace(SHEET)
    assert again.pdf() == first
    assert dataclasses.replace(SHEET, issuer="Hội Cựu chiến binh").pdf() != first


def test_a_sheet_is_a_pdf_of_one_a4_page_without_a_date():
    pdf = SHEET.pdf()
    assert puremagic.from_string(pdf, mime=True) == "application/pdf"
    (width, height) = map(float, re.findall(rb"/MediaBox \[ 0 0 ([\d.]+) ([\d.]+)", pdf)[0])
    assert (round(width), round(height)) == (595, 842)
    assert len(re.findall(rb"/Type /Page\b", pdf)) == 1
    assert set(re.findall(rb"\(D:(\d{4})", pdf)) == {b"1970"}


def test_every_line_is_inside_the_page_and_more_lines_need_more_of_it():
    def lowest(sheet: Sheet) -> int:
        left, top, right, bottom = picture(sheet).point(lambda shade: 255 * (shade < 120)).getbbox()
        assert min(left, top) >= 60
        assert (right <= 790, bottom <= 1100) == (True, True)
        return bottom

    longer = dataclasses.replace(SHEET, lines=(" ".join(SHEET.lines) * 5,))
    assert lowest(longer) > lowest(SHEET)


def test_composed_and_decomposed_letters_look_the_same():
    decomposed = dataclasses.replace(SHEET, lines=tuple(normalize("NFD", line) for line in SHEET.lines))
    assert picture(decomposed).tobytes() == picture(SHEET).tobytes()


def test_without_the_fonts_nothing_is_drawn(monkeypatch, tmp_path):
    monkeypatch.setattr(sheets, "FONTS", tmp_path)
    with pytest.raises(FontsMissingError, match="make assets"):
        SHEET.pdf()

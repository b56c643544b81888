"""Certificates put together: portions as one file, two on a sheet to be cut, an archive with a file each."""

import io
import unicodedata
import zipfile

import pytest

from tests.webapp.documents.certificates import EXAMPLES, certificate, words, written
from tests.webapp.documents.papers import fonts, needs_poppler, pages
from tests.webapp.documents.pdfa import checked, needs_verapdf
from webapp.documents import render
from webapp.documents.certificates import PORTION, Blank
from webapp.documents.certificates.binding import archive, bound, entry_name, joined, two_up

SIZE = 2_500
"""Bytes that one more page of a file costs at most."""


def portion(*bearers: str) -> bytes:
    return written(*(certificate("merit_commune", bearer=each) for each in bearers))


@needs_poppler
def test_portions_become_one_file_that_has_each_face_and_ground_once() -> None:
    names = [f"Bà Nguyễn Thị Ượng {number}" for number in range(60)]
    parts = [portion(*names[at : at + 20]) for at in (0, 20, 40)]
    whole = bound(parts)
    assert [name in said for name, said in zip(names, pages(whole), strict=True)] == [True] * 60
    assert len(whole) < len(parts[0]) + 40 * SIZE
    assert len(fonts(whole)) == len(fonts(parts[0]))
    assert bound(parts) == whole
    assert bound(parts[:1]) == parts[0]


@needs_poppler
def test_portions_of_other_types_and_with_rare_letters_keep_what_is_their_own() -> None:
    parts = [written(certificate("merit_commune")), written(certificate("title_fighter"))]
    parts.append(written(certificate("merit_commune", bearer="Ông Y Phôn Êƀan")))
    said = pages(bound(parts))
    assert ["GIẤY KHEN" in page for page in said] == [True, False, True]
    assert "Ông Y Phôn Êƀan" in said[2]


def test_a_kept_paper_is_written_in_portions_too() -> None:
    sheet = {"type": "merit_commune", "sheet": "A4", "printed": EXAMPLES["merit_commune"]}
    facts = {"issuer": "Chủ tịch", "date": "2019-02-05", "certificates": [sheet] * (PORTION + 1)}
    [many, few] = [
        render("certificate", facts | {"certificates": [sheet] * number}).pdf for number in (PORTION, 1)
    ]
    assert render("certificate", facts).pdf == bound([many, few])


def sizes(pdf: bytes) -> list[tuple[int, int]]:
    """Width and height of each page in mm."""
    import pikepdf

    with pikepdf.Pdf.open(io.BytesIO(pdf)) as read:
        boxes = [[float(edge) * 25.4 / 72 for edge in page.MediaBox] for page in read.pages]
    return [(round(right), round(top)) for _left, _bottom, right, top in boxes]


@needs_poppler
def test_two_stand_on_a_sheet_at_their_size_and_an_odd_one_alone() -> None:
    single = words(portion("Một Hai"))
    sheet = two_up(portion("Một Hai", "Ba Bốn", "Năm Sáu"))
    assert sizes(sheet) == [(297, 420), (297, 420)]
    at = {word.text: word for word in words(sheet)}
    [alone] = [word for word in single if word.text == "Một"]
    assert (at["Một"].left, at["Một"].top) == pytest.approx((alone.left, alone.top), abs=0.02)
    assert at["Bốn"].top - at["Hai"].top == pytest.approx(210, abs=0.1)
    assert at["Năm"].top == pytest.approx(alone.top, abs=0.02)
    assert len(sheet) < len(portion("Một Hai")) + 3 * SIZE
    assert two_up(portion("Một Hai", "Ba Bốn", "Năm Sáu")) == sheet


@needs_poppler
def test_high_ones_stand_side_by_side_and_other_sizes_are_not_mixed() -> None:
    high = written(*[certificate("merit_commune", bearer="Một")] * 2, blank=Blank((210.0, 297.0)))
    sheet = two_up(high)
    assert sizes(sheet) == [(420, 297)]
    left, right = (word.left for word in words(sheet) if word.text == "Một")
    assert right - left == pytest.approx(210, abs=0.1)
    large = written(certificate("merit_province"), blank=Blank((420.0, 297.0)))
    assert sizes(two_up(bound([portion("Một", "Hai", "Ba"), large]))) == [(297, 420), (297, 420), (420, 594)]


def test_an_archive_has_a_name_of_its_own_for_each() -> None:
    bearers = [unicodedata.normalize("NFD", "Ông Lý Quỳ Hữu")] * 2 + ['Tổ "A/B": số 1?', "Ư" * 300]
    names = [entry_name(number, bearer) for number, bearer in enumerate(bearers, 1)]
    assert names[:3] == ["001 Ông Lý Quỳ Hữu.pdf", "002 Ông Lý Quỳ Hữu.pdf", "003 Tổ A B số 1.pdf"]
    assert len(names[3].encode()) <= 255
    assert all(unicodedata.is_normalized("NFC", name) for name in names)
    parts = [archive(names[:1], [b"a"]), archive(names[1:], [b"b", b"c", b"d"])]
    with zipfile.ZipFile(io.BytesIO(joined(parts))) as read:
        assert read.namelist() == names
        assert [read.read(name) for name in names] == [b"a", b"b", b"c", b"d"]
    assert joined(parts) == joined(parts)


@needs_verapdf
def test_what_is_put_together_is_made_to_be_kept() -> None:
    whole = bound([portion("Một", "Hai"), portion("Ba"), written(certificate("title_fighter"))])
    for name, verdict in checked({"bound": whole, "two_up": two_up(whole)}).items():
        assert verdict.faults == (), name

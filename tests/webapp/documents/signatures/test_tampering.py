"""Whoever changes a signed paper is found out, however they go about it."""

import io
from collections.abc import Callable

import pikepdf
import pytest
from hypothesis import given
from hypothesis import strategies as st
from pyhanko.pdf_utils import generic
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.pdf_utils.reader import PdfFileReader

from tests.signing import NOW, file_key, other_title, sign, signed_once, signed_thrice, trusted, unsigned
from webapp.documents.signatures import apart, validating
from webapp.documents.signatures.apart import examined_apart
from webapp.documents.signatures.validating import Unreadable, examined

Change = Callable[[IncrementalPdfFileWriter], None]


def appended(pdf: bytes, change: Change) -> bytes:
    """The file with a change written behind it; every signed byte stays."""
    writer = IncrementalPdfFileWriter(io.BytesIO(pdf))
    change(writer)
    out = io.BytesIO()
    writer.write(out)
    assert out.getvalue().startswith(pdf)
    return out.getvalue()


def other_text(writer: IncrementalPdfFileWriter) -> None:
    page, _resources = writer.find_page_for_modification(0)
    contents = writer.add_object(generic.StreamObject(stream_data=b"BT ET"))
    page.get_object()["/Contents"] = contents
    writer.update_container(page.get_object())


def note_over_the_text(writer: IncrementalPdfFileWriter) -> None:
    name = generic.NameObject
    box = generic.ArrayObject(generic.FloatObject(number) for number in (80, 600, 300, 640))
    note = generic.DictionaryObject(
        {
            name("/Type"): name("/Annot"),
            name("/Subtype"): name("/FreeText"),
            name("/Rect"): box,
            name("/Contents"): generic.TextStringObject("một tỷ đồng"),
            name("/DA"): generic.TextStringObject("/Helv 12 Tf"),
        }
    )
    writer.register_annotation(writer.find_page_for_modification(0)[0], writer.add_object(note))


def other_data_inside(writer: IncrementalPdfFileWriter) -> None:
    names = writer.root["/Names"]["/EmbeddedFiles"]["/Names"]
    inside = names[1]["/EF"]
    inside["/F"] = writer.add_object(generic.StreamObject(stream_data=b"{}"))
    writer.update_container(inside)


def one_signature_less(writer: IncrementalPdfFileWriter) -> None:
    for place in writer.root["/AcroForm"]["/Fields"]:
        if place.get_object()["/T"] == "ChuKy":
            del place.get_object()["/V"]
            writer.update_container(place.get_object())


def container(pdf: bytes) -> tuple[int, int]:
    """Where the only signature stands in its file, between what it covers."""
    first = PdfFileReader(io.BytesIO(pdf)).embedded_regular_signatures[0]
    _start, before, after, _rest = map(int, first.byte_range)
    return before, after


@pytest.mark.parametrize("change", [other_text, note_over_the_text, other_data_inside])
@pytest.mark.parametrize("paper", [signed_once, signed_thrice])
def test_what_is_written_behind_a_signature_is_told(paper: Callable[[], bytes], change: Change) -> None:
    seen = examined(appended(paper(), change), trusted(), NOW)
    assert seen.verdict == "changed"
    assert all(each.intact for each in seen.signatures)


def test_a_signature_taken_out_is_told_by_the_others() -> None:
    seen = examined(appended(signed_thrice(), one_signature_less), trusted(), NOW)
    assert [each.place for each in seen.signatures] == ["SoNgay", "ConDau"]
    assert (seen.verdict, seen.empty) == ("changed", ("ChuKy",))


def test_one_other_letter_breaks_the_signatures_over_it() -> None:
    seen = examined(other_title(signed_thrice()), trusted(), NOW)
    assert seen.verdict == "broken"
    assert [each.intact for each in seen.signatures] == [False] * 3


@given(st.integers(0, len(signed_once()) - 1), st.integers(1, 255))
def test_no_other_byte_goes_unnoticed(place: int, other: int) -> None:
    """Wherever it is, but for the signature's own container: its zeros behind the end mean nothing."""
    file = bytearray(signed_once())
    begin, end = container(signed_once())
    file[place] ^= other
    try:
        found = examined(bytes(file), trusted(), NOW).verdict
    except Unreadable:
        return
    assert found != "good" or begin <= place < end


def test_later_signatures_cut_off_leave_their_places_empty() -> None:
    seen = examined(signed_once(), trusted(), NOW)
    assert (seen.verdict, set(seen.empty)) == ("good", {"SoNgay", "ConDau"})


def test_a_file_saved_anew_has_no_signature_that_holds() -> None:
    anew = io.BytesIO()
    with pikepdf.open(io.BytesIO(signed_once())) as pdf:
        pdf.save(anew)
    assert examined(anew.getvalue(), trusted(), NOW).verdict == "broken"


def test_a_file_without_its_form_has_no_signature() -> None:
    bare = io.BytesIO()
    with pikepdf.open(io.BytesIO(signed_once())) as pdf:
        del pdf.Root.AcroForm
        pdf.save(bare)
    for file in (bare.getvalue(), unsigned()):
        assert examined(file, trusted(), NOW).verdict == "unsigned"


def test_who_makes_an_authority_of_the_same_name_is_not_trusted() -> None:
    forged = sign(unsigned(), file_key(authority="Cơ quan chứng thực "))
    seen = examined(forged, trusted(), NOW)
    assert (seen.verdict, seen.signatures[0].trust) == ("untrusted", "unknown")


@pytest.mark.parametrize("file", [b"", b"no PDF", b"%PDF-1.7\n%%EOF", signed_once()[:2000]])
def test_what_is_no_pdf_is_not_read(file: bytes) -> None:
    with pytest.raises(Unreadable):
        examined(file, trusted(), NOW)


def test_a_locked_file_is_not_read() -> None:
    locked = io.BytesIO()
    with pikepdf.open(io.BytesIO(unsigned())) as pdf:
        del pdf.Root.AF
        pdf.save(locked, encryption=pikepdf.Encryption(owner="a", user="b"))
    with pytest.raises(Unreadable):
        examined(locked.getvalue(), trusted(), NOW)


def test_a_file_that_takes_minutes_is_not_read(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(
        validating, "MOST_WORK", 3 * 5 * 500
    )  # of a paper with three signatures and 583 objects
    assert examined(signed_once(), trusted(), NOW).verdict == "good"
    with pytest.raises(Unreadable):
        examined(signed_thrice(), trusted(), NOW)


def tangled() -> bytes:
    """A kilobyte whose fields share their children, forty times over: more ways through them than one can go."""
    kids = [b"<</T(f)/Kids[" + b"%d 0 R " % (each + 1) * 40 + b"]>>" for each in range(3, 9)]
    parts = [b"<</Type/Catalog/Pages 2 0 R/AcroForm<</Fields[3 0 R]>>>>", b"<</Type/Pages/Kids[]/Count 0>>"]
    out, places = bytearray(b"%PDF-1.7\n"), []
    for number, part in enumerate([*parts, *kids, b"<</T(g)/FT/Sig>>"], 1):
        places.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, part)
    end = b"trailer<</Size %d/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF" % (len(places) + 1, len(out))
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    return bytes(out) + b"xref\n0 %d\n0000000000 65535 f \n" % (len(places) + 1) + table + end


def test_fields_without_end_are_not_gone_through() -> None:
    with pytest.raises(Unreadable):
        examined(tangled(), trusted(), NOW)


def test_a_visitors_file_is_examined_apart_with_the_same_result(monkeypatch: pytest.MonkeyPatch) -> None:
    assert examined_apart(signed_thrice(), trusted(), NOW) == examined(signed_thrice(), trusted(), NOW)
    monkeypatch.setattr(apart, "PATIENCE", 0.01)
    with pytest.raises(Unreadable):
        examined_apart(signed_thrice(), trusted(), NOW)

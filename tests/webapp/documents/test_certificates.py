"""Certificates: each type says what it was given, nothing reaches out of its place, equal ones are equal bytes."""

import hashlib
import os
import subprocess
import sys
from itertools import cycle, pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.webapp.documents.certificates import (
    EXAMPLES,
    certificate,
    certificate_example,
    lines_of,
    words,
    written,
)
from tests.webapp.documents.papers import metadata, needs_poppler, page_formats, pages
from tests.webapp.documents.pdfa import checked, needs_verapdf
from tests.webapp.documents.test_render_papers import HOSTILE, LETTERS
from webapp.documents import FactsError, UnknownDocumentError, drawing, render
from webapp.documents.certificates import (
    Blank,
    certificate_type,
    certificate_types,
    laid_out,
    type_for,
)
from webapp.documents.certificates.layout import CODE, LEADING, POINT, Placed, place
from webapp.documents.certificates.reading import check_read_back
from webapp.documents.errors import (
    LetterMissingError,
    TextTooLongError,
    UnprintableError,
    UnreadableError,
)

each_type = pytest.mark.parametrize("name", certificate_types())
GUIDE = Path(__file__).parents[3] / "docs" / "papers.md"
ALL_LETTERS = [*LETTERS, *(letter.upper() for letter in LETTERS)]
SLIGHT = 0.01
ABOVE = 0.9375
"""So much of the size of its letters a line has above its base line: their ascent and half of what is between lines."""


def outside(name: str, lines: list[Placed], size: tuple[float, float]) -> list[str]:
    """The fields of which a line reaches out of their place."""
    kind = certificate_type(name)
    places = {field.name: place(field, kind.own_size, size) for field in kind.fields}
    found = []
    for line in lines:
        left, top, width, height = places[line.field]
        high = line.size * POINT
        across = left - SLIGHT <= line.x and line.x + line.width <= left + width + SLIGHT
        down = (
            top - SLIGHT <= line.y - ABOVE * high
            and line.y + (LEADING - ABOVE) * high <= top + height + SLIGHT
        )
        if not (across and down):
            found.append(line.field)
    return found


def test_every_sort_of_award_has_its_type() -> None:
    assert set(certificate_types()) == set(EXAMPLES)
    asked = {
        ("certificate_of_merit", "commune", False, True): "merit_commune",
        ("certificate_of_merit", "district", False, False): "merit_district",
        ("certificate_of_merit", "unit", False, True): "merit_unit",
        ("provincial_certificate_of_merit", "province", False, True): "merit_province",
        ("provincial_emulation_flag", "province", True, False): "emulation_flag",
        ("grassroots_emulation_fighter", "district", True, True): "title_fighter",
        ("excellent_collective", "province", True, False): "title_collective",
        ("cultural_family", "commune", True, False): "cultural_family",
        ("a_title_of_our_own", "district", True, True): "title_fighter",
        ("a_title_of_our_own", "district", True, False): "title_collective",
        ("a_praise_of_our_own", "commune", False, False): "merit_commune",
    }
    for (award, level, title, single), name in asked.items():
        assert type_for(award, level, title=title, single=single) == name
    with pytest.raises(UnknownDocumentError):
        certificate_type("order_of_the_sun")


@each_type
def test_type_says_where_it_comes_from_and_its_fields_lie_apart_on_the_sheet(name: str) -> None:
    kind = certificate_type(name)
    assert f"`{name}`" in GUIDE.read_text("utf-8")
    assert kind.citation
    assert kind.mark in ("confirmed", "unverified")
    width, height = kind.own_size
    for field in kind.fields:
        assert field.x >= 15
        assert field.y >= 15
        assert field.x + field.width <= width - 15
        assert field.y + field.height <= height - 15
    middle = [each for each in kind.fields if each.align == "center" and each.width > 150]
    middle.sort(key=lambda each: each.y)
    for above, below in pairwise(middle):
        assert above.y + above.height <= below.y + 0.5, (above.name, below.name)


@each_type
@needs_poppler
def test_certificate_says_each_text_and_stays_within_its_places(name: str) -> None:
    [said] = pages(certificate_example(name))
    assert said.startswith("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM Độc lập - Tự do - Hạnh phúc")
    assert [line for line in lines_of(EXAMPLES[name], name) if line not in said] == []
    kind = certificate_type(name)
    for size in kind.sheets.values():
        assert outside(name, laid_out(kind, size, EXAMPLES[name]), size) == []


@each_type
@needs_poppler
def test_every_vietnamese_letter_is_read_back_from_every_field(name: str) -> None:
    rows = [" ".join(ALL_LETTERS[start : start + 23]) for start in range(0, len(ALL_LETTERS), 23)]
    kind = certificate_type(name)
    named = [field.name for field in kind.variable if field.name != CODE]  # that has letters of its own
    turns = [cycle(rows[start:] + rows[:start]) for start in range(len(rows))]  # each row in each field once
    made = [certificate(name, **dict(zip(named, turn, strict=False))) for turn in turns]
    said = pages(written(*made))
    for page, one in zip(said, made, strict=True):
        assert [line for line in lines_of(one.printed, name) if line not in page] == []
    assert len(ALL_LETTERS) == 146


@each_type
@needs_poppler
def test_long_names_and_achievements_get_smaller_and_stand_whole(name: str) -> None:
    longest = {
        "bearer": "Ban Chỉ đạo thực hiện Chương trình mục tiêu quốc gia giảm nghèo bền vững huyện Tịnh Biên "
        * 5,
        "achievement": "đã có thành tích xuất sắc trong phong trào thi đua chung tay vì người nghèo " * 13,
        "address": "ấp Phú Hòa, xã An Phú, huyện Tịnh Biên, tỉnh An Giang, " * 9,
    }
    kind = certificate_type(name)
    one = certificate(name, **{field: text.strip() for field, text in longest.items()})
    [said] = pages(written(one))
    assert [line for line in lines_of(one.printed, name) if line not in said] == []
    lines = laid_out(kind, kind.own_size, one.printed)
    assert outside(name, lines, kind.own_size) == []
    usual = {line.field: line.size for line in laid_out(kind, kind.own_size, EXAMPLES[name])}
    assert all(line.size < usual[line.field] for line in lines if line.field in longest)


def test_three_lines_of_an_achievement_are_about_equally_long() -> None:
    kind = certificate_type("merit_district")
    text = (
        "Đã có thành tích xuất sắc trong vận động cất nhà đại đoàn kết cho hộ nghèo, hộ cận nghèo, " * 3
        + "năm 2019"
    )
    lines = [
        line for line in laid_out(kind, kind.own_size, {"achievement": text}) if line.field == "achievement"
    ]
    assert len(lines) == 3
    assert min(line.width for line in lines) > 0.8 * max(line.width for line in lines)
    assert " ".join(line.text for line in lines) == text


WORDS = st.text(st.sampled_from(ALL_LETTERS + list("abcXYZ0123–“”,.;")), min_size=1, max_size=14)
TEXTS = st.lists(WORDS, min_size=1, max_size=90).map(" ".join)


@given(text=TEXTS, name=st.sampled_from(sorted(certificate_types())), data=st.data())
def test_no_text_ever_reaches_out_of_its_place(text: str, name: str, data: st.DataObject) -> None:
    """It stands within its place, whole, or it is refused by name."""
    kind = certificate_type(name)
    field = data.draw(st.sampled_from(kind.variable))
    size = data.draw(st.sampled_from(sorted(kind.sheets.values())))
    try:
        lines = laid_out(kind, size, {field.name: text})
    except TextTooLongError as fault:
        assert fault.field == field.name  # noqa: PT017 -- either is right, and both are looked at
        return
    assert outside(name, lines, size) == []
    said = " ".join(line.text for line in lines if line.field == field.name)
    assert said == (text.upper() if field.upper else text)


def test_what_cannot_be_printed_is_named_and_not_repeated() -> None:
    kind = certificate_type("merit_commune")
    with pytest.raises(TextTooLongError, match=r"^bearer: does not fit") as long:
        laid_out(kind, kind.own_size, {"bearer": "Nguyễn" * 200})
    assert "Nguyễn" not in str(long.value)
    with pytest.raises(LetterMissingError, match=r"^bearer: no letter U\+1F600") as missing:
        written(certificate("merit_commune", bearer="Bà Lan \U0001f600"))
    assert isinstance(missing.value, UnprintableError)


def test_what_is_not_found_in_the_finished_file_is_named() -> None:
    kind = certificate_type("merit_commune")
    lines = laid_out(kind, kind.own_size, EXAMPLES["merit_commune"] | {"bearer": "Bà Trần Thị Khác"})
    check_read_back(
        certificate_example("merit_commune"), [laid_out(kind, kind.own_size, EXAMPLES["merit_commune"])]
    )
    with pytest.raises(UnreadableError, match=r"^bearer: is not found"):
        check_read_back(certificate_example("merit_commune"), [lines])
    ends = "phong trào thi đua xây dựng nông thôn mới - " * 8
    assert written(certificate("merit_commune", achievement=ends)).startswith(b"%PDF")


@needs_poppler
def test_letters_beyond_the_usual_come_into_the_subset_of_that_file() -> None:
    [said] = pages(written(certificate("merit_commune", bearer="Ông Y Phôn Êƀan")))
    assert "Ông Y Phôn Êƀan" in said


@needs_poppler
def test_what_people_type_is_text() -> None:
    [said] = pages(written(certificate("merit_commune", achievement=HOSTILE)))
    assert HOSTILE in said


def test_equal_certificates_give_equal_bytes_in_another_process(tmp_path: Path) -> None:
    program = (
        "import hashlib\n"
        "from tests.webapp.documents.certificates import EXAMPLES, certificate_example\n"
        "for name in EXAMPLES: print(hashlib.sha256(certificate_example(name)).hexdigest())"
    )
    root = Path(drawing.__file__).parents[2]
    environment = os.environ | {"PYTHONHASHSEED": "17", "PYTHONPATH": str(root), "TZ": "America/Lima"}
    command = [sys.executable, "-c", program]
    run = subprocess.run(command, env=environment, cwd=tmp_path, capture_output=True, text=True, check=True)
    assert run.stdout.split() == [hashlib.sha256(certificate_example(name)).hexdigest() for name in EXAMPLES]


@needs_poppler
def test_a_file_of_several_types_embeds_each_face_and_each_ground_once() -> None:
    one, many = written(certificate("merit_commune")), written(*[certificate("merit_commune")] * 50)
    assert len(many) < len(one) + 50 * 2_000
    mixed = written(certificate("merit_commune"), certificate("title_fighter"), certificate("merit_commune"))
    assert page_formats(mixed) == ["A4 landscape"] * 3
    assert ["GIẤY KHEN" in said for said in pages(mixed)] == [True, False, True]
    known = metadata(mixed)
    assert (known["Title"], known["Author"]) == (
        "Giấy khen, bằng khen",
        "Chủ tịch Ủy ban nhân dân huyện Tịnh Biên",
    )


@needs_poppler
def test_the_same_picture_on_larger_paper() -> None:
    at = {}
    for sheet in ("A4", "A3"):
        size = certificate_type("merit_province").sheets[sheet]
        found = words(written(certificate("merit_province"), blank=Blank(size, ground=True)))
        at[sheet] = [
            (word.text, round(word.left / size[0], 2), round(word.top / size[1], 2)) for word in found
        ]
    assert at["A4"] == at["A3"]


@needs_poppler
def test_on_a_blank_only_the_texts_of_this_certificate_are_printed_moved_and_without_what_it_has() -> None:
    one = certificate("merit_district")
    plain = {word.text: word for word in words(written(one))}
    blank = Blank((297.0, 210.0), {"bearer": (2.5, -4.0)}, frozenset({"award"}))
    pdf = written(one, blank=blank)
    moved = {word.text: word for word in words(pdf)}
    assert b"/Ground" not in pdf
    assert not {"CỘNG", "GIẤY", "KHEN"} & set(moved)
    assert moved["Phạm"].left - plain["Phạm"].left == pytest.approx(2.5, abs=0.01)
    assert moved["Phạm"].top - plain["Phạm"].top == pytest.approx(-4.0, abs=0.01)
    assert moved["TẶNG"] == plain["TẶNG"]


@needs_verapdf
def test_certificates_are_made_to_be_kept() -> None:
    files = {name: certificate_example(name) for name in EXAMPLES}
    files["all"] = written(*(certificate(name) for name in EXAMPLES))
    files["blank"] = written(certificate("merit_district"), blank=Blank((297.0, 210.0)))
    files["foreign"] = written(certificate("merit_commune", bearer="Ông Y Phôn Êƀan"))
    for name, verdict in checked(files).items():
        print(f"veraPDF 3u, {name}: {verdict.checks} checks")  # noqa: T201 -- for the log
        assert verdict.faults == (), name
        assert verdict.checks > 500


def test_paper_of_certificates_names_what_is_wrong_with_its_facts() -> None:
    facts = {
        "issuer": "Chủ tịch Ủy ban nhân dân xã An Cư",
        "date": None,
        "certificates": [{"type": "merit_commune", "sheet": "A4", "printed": EXAMPLES["merit_commune"]}],
    }
    assert render("certificate", facts).pdf.startswith(b"%PDF-1.7")
    for change, place_ in (
        ({"printed": {"prize": "x"}}, "/certificates/0/printed"),
        ({"sheet": "A5"}, "/certificates/0/sheet"),
        ({"type": "order"}, "/certificates/0/type"),
        ({"printed": {"bearer": 7}}, "/certificates/0/printed/bearer"),
    ):
        with pytest.raises(FactsError) as refused:
            render("certificate", facts | {"certificates": [facts["certificates"][0] | change]})
        assert place_ in {where for where, _ in refused.value.faults}

"""A decision edited in Word and read back: its list against ours, row by row."""

import copy
import io
from typing import Any

import pytest
from docx import Document
from docx.oxml import OxmlElement
from docx.oxml.ns import qn

from tests.webapp.documents.papers import example
from webapp.documents import render_docx
from webapp.documents.errors import UnreadableTextError
from webapp.documents.read_back import differences, read_back


def facts(**changes: Any) -> dict[str, Any]:
    return example("decision") | changes


def by_strand() -> dict[str, Any]:
    """The list by strand with two awards, which then stand in a column of their own."""
    found = facts(grouping="strand")
    lines = found["groups"][0]["lines"]
    for line in lines[:2]:
        line["award"] = "Bằng khen"
    strands = dict.fromkeys(line["part"] for line in lines)
    found["groups"] = [
        {"title": strand, "lines": [line | {"part": None} for line in lines if line["part"] == strand]}
        for strand in strands
    ]
    found["acts"] = [{"act": f"Tặng {award}", "award": award} for award in ("Bằng khen", "Giấy khen")]
    return found


def word(of: dict[str, Any]) -> Any:
    return Document(io.BytesIO(render_docx("decision", of)))


def saved(document: Any) -> bytes:
    file = io.BytesIO()
    document.save(file)
    return file.getvalue()


def row(document: Any, name: str) -> Any:
    """The row of somebody in the list."""
    return next(each for each in document.tables[-1].rows if name in each.cells[1].text)


def write(cell: Any, text: str) -> None:
    cell.paragraphs[0].runs[0].text = text


def found(of: dict[str, Any], document: Any) -> list[tuple[str, str, str, str]]:
    return [
        (each.sort, each.name, each.ours, each.theirs) for each in differences(of, read_back(saved(document)))
    ]


@pytest.mark.parametrize("of", [facts(), by_strand()], ids=["by award", "by strand"])
def test_file_as_it_was_made_says_the_same(of: dict[str, Any]) -> None:
    assert found(of, word(of)) == []


def test_changed_amount_missing_and_added_name_are_named() -> None:
    document = word(facts())
    write(row(document, "Chau Rươne").cells[3], "474.000 đ")
    gone, last = row(document, "Lý Quỳ Hữu"), row(document, "Huỳnh Thị Diễm Thúy")
    new = copy.deepcopy(last._tr)
    last._tr.addnext(new)
    gone._tr.getparent().remove(gone._tr)
    write(document.tables[-1].rows[-2].cells[1], "Hộ ông Trần Văn Mới")
    assert found(facts(), document) == [
        ("amount", "Ông Chau Rươne", "447.000\u00a0đ", "474.000\u00a0đ"),
        ("missing", "Ông Lý Quỳ Hữu", "ngụ tại thành phố Châu Đốc, tỉnh An Giang; Giấy khen", ""),
        ("added", "Hộ ông Trần Văn Mới", "", "ấp Soài Chếk, xã An Cư"),
        ("total", "", "14.526.000\u00a0đ", "14.526.000\u00a0đ; cộng các dòng: 14.776.000\u00a0đ"),
    ]


def test_line_more_and_other_sum_are_found_in_number_and_words() -> None:
    document = word(facts())
    last = row(document, "Huỳnh Thị Diễm Thúy")
    last._tr.getparent().remove(last._tr)
    write(document.tables[-1].rows[-1].cells[3], "13.856.000 đ")
    for paragraph in document.paragraphs:
        if paragraph.text.startswith("(Tổng số tiền"):
            paragraph.runs[0].text = "(Tổng số tiền thưởng bằng chữ: Mười ba triệu đồng./.)"
    sorts = {sort: (ours, theirs) for sort, _name, ours, theirs in found(facts(), document)}
    assert sorts["count"] == ("23", "22")
    assert sorts["total"] == ("14.526.000\u00a0đ", "13.856.000\u00a0đ")
    assert sorts["words"][1] == "Mười ba triệu đồng"


def test_misspelt_name_other_address_and_other_award_are_told_apart_from_other_people() -> None:
    of = by_strand()
    document = word(of)
    write(row(document, "Vũ Thị Mỹ Duyên").cells[1], "Bà Võ Thị Mỹ Duyên")
    write(row(document, "Néang Sa Rây").cells[2], "ấp Sơn Đông, xã Thới Sơn")
    write(row(document, "Chau Sóc Khonl").cells[3], "Bằng khen")
    assert {(sort, theirs) for sort, _name, _ours, theirs in found(of, document)} == {
        ("name", "Bà Võ Thị Mỹ Duyên"),
        ("address", "ấp Sơn Đông, xã Thới Sơn"),
        ("award", "Bằng khen"),
    }


def test_tracked_changes_are_read_as_accepted() -> None:
    document = word(facts())
    run = row(document, "Chau Rươne").cells[1].paragraphs[0].runs[0]._r
    inserted = OxmlElement("w:ins")
    run.addnext(inserted)
    more = copy.deepcopy(run)
    more.find(qn("w:t")).text = " (con)"
    inserted.append(more)
    deleted = OxmlElement("w:del")
    marks = row(document, "Lý Quỳ Hữu")._tr.get_or_add_trPr()
    marks.append(deleted)
    sorts = [(sort, theirs) for sort, _name, _ours, theirs in found(facts(), document)]
    assert ("name", "Ông Chau Rươne (con)") in sorts
    assert ("missing", "") in sorts


def test_list_that_was_split_into_two_tables_is_one_list() -> None:
    document = word(facts())
    table = document.tables[-1]._tbl
    second = copy.deepcopy(table)
    rows = table.findall(qn("w:tr"))
    for each in rows[20:]:
        table.remove(each)
    for each in second.findall(qn("w:tr"))[:20]:
        second.remove(each)
    between = OxmlElement("w:p")
    table.addnext(between)
    between.addnext(second)
    assert found(facts(), document) == []


def with_byte(place: int, value: int) -> bytes:
    """The decision with another byte in the first entry of the list of parts: version, method of packing."""
    content = render_docx("decision", facts())
    at = content.rindex(b"PK\x01\x02") + place
    return content[:at] + bytes([value]) + content[at + 1 :]


def without_body() -> bytes:
    """A Word file whose document is empty."""
    document = Document()
    document.element.remove(document.element.body)
    content = io.BytesIO()
    document.save(content)
    return content.getvalue()


def test_what_is_no_decision_is_refused_with_its_reason() -> None:
    for crooked in (b"PK not a file", without_body(), with_byte(6, 99), with_byte(10, 97)):
        with pytest.raises(UnreadableTextError, match="broken"):
            read_back(crooked)
    with pytest.raises(UnreadableTextError, match="no_list"):
        read_back(render_docx("opinion_request", example("opinion_request")))

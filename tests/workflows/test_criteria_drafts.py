"""Rows of a criteria table as an office types them: parts, codes, faults at their row, what stands out."""

from dataclasses import replace
from decimal import Decimal

from workflows.criteria import parse_criteria
from workflows.criteria_drafts import (
    DraftRow,
    TableDraft,
    findings,
    name_code,
    row_faults,
    rows_of,
    table_data,
)
from workflows.law_amendments import as_text

ROWS = (
    DraftRow("Thu ngân sách", Decimal(60), "Nhiệm vụ"),
    DraftRow("Giảm nghèo", Decimal(20), weight=Decimal("1.5"), evidence=True),
    DraftRow("Mô hình mới", Decimal(8), "Thưởng, trừ", "bonus"),
    DraftRow("Báo cáo trễ", Decimal(5), kind="penalty"),
    DraftRow("Cải cách hành chính", Decimal(10), "Nhiệm vụ"),
)
DRAFT = TableDraft(
    "Bảng 2020", "Công văn 1", "unverified", Decimal(3), Decimal(50), 5, 3, "Quy chế cụm", ROWS
)


def table(draft=DRAFT, before=None):
    return parse_criteria(as_text(table_data(draft, "bang-2020", before)))


def faults(*rows):
    return [(fault.pointer, fault.code) for fault in row_faults(rows)]


def test_rows_without_a_part_belong_to_the_one_above_and_a_part_is_taken_up_again():
    found = {part.name: [each.code for each in part.criteria] for part in table().sections}
    assert found == {
        "Nhiệm vụ": ["thu-ngan-sach", "giam-ngheo", "cai-cach-hanh-chinh"],
        "Thưởng, trừ": ["mo-hinh-moi", "bao-cao-tre"],
    }
    assert table().criterion("giam-ngheo").weight == Decimal("1.5")
    assert row_faults(rows_of(table())) == []


def test_what_keeps_its_name_keeps_its_code_and_a_code_never_changes_its_meaning():
    rows = (replace(ROWS[0], name="Thu ngân sách!"), *ROWS[1:])
    codes = [each.code for each in table(replace(DRAFT, rows=rows), table()).criteria]
    assert codes[0] == "thu-ngan-sach-2"
    assert codes[1:] == [each.code for each in table().criteria][1:]
    assert name_code("Đạt chuẩn " * 20).startswith("dat-chuan-dat")
    assert len(name_code("Đạt chuẩn " * 20)) <= 60


def test_a_fault_stands_at_its_row():
    assert faults(*ROWS) == []
    assert faults(ROWS[1], ROWS[0]) == [("/criteria/0/part", "first_row_without_part")]
    assert faults(*ROWS, replace(ROWS[0], name="thu NGÂN sách")) == [("/criteria/5/name", "criterion_twice")]
    assert faults(*ROWS[2:4]) == [("/criteria", "no_regular_criterion")]
    many = [replace(ROWS[0], name=f"Tiêu chí {number}") for number in range(31)]
    assert faults(*many) == [("/criteria/30/part", "part_too_long")]
    assert faults(*[replace(row, part=row.name) for row in many[:21]]) == [("/criteria", "too_many_parts")]


def test_what_stands_out_is_named_by_row():
    found = [(each.kind, each.row, each.points) for each in findings(table())]
    assert found == [
        ("unverified", 0, 0),
        ("weighted", 2, Decimal("30.0")),
        ("bonus_unproved", 4, 0),
    ]
    plain = replace(DRAFT, mark="verified", rows=(*ROWS[:1], replace(ROWS[1], weight=Decimal(1))))
    assert [(each.kind, each.points) for each in findings(table(plain))] == [("not_hundred", Decimal(80))]

"""Lists from Excel: the template that is given out is read back, and what is wrong is named by row."""

import datetime as dt
import io

import pytest
from openpyxl import Workbook, load_workbook

from webapp.row_files import UnreadableFile, read_rows, template

SCHEMA = {
    "type": "object",
    "properties": {
        "name": {"type": "string", "maxLength": 20, "title": "Họ và tên"},
        "kind": {
            "type": "string",
            "title": "Loại",
            "oneOf": [
                {"const": "individual", "title": "Cá nhân"},
                {"const": "household", "title": "Hộ gia đình"},
            ],
        },
        "year": {"type": "integer", "minimum": 1945, "maximum": 2100, "title": "Năm"},
        "on": {"type": "string", "format": "date", "title": "Ngày"},
    },
    "required": ["name", "year"],
    "additionalProperties": False,
}
ENGLISH = {
    **SCHEMA,
    "properties": {
        "name": {**SCHEMA["properties"]["name"], "title": "Name"},
        "kind": {
            "type": "string",
            "title": "Kind",
            "oneOf": [
                {"const": "individual", "title": "Individual"},
                {"const": "household", "title": "Household"},
            ],
        },
        "year": {**SCHEMA["properties"]["year"], "title": "Year"},
        "on": {**SCHEMA["properties"]["on"], "title": "Day"},
    },
}
DAY = dt.date(2019, 12, 2)


def book(*rows):
    made = Workbook()
    for row in rows:
        made.active.append(row)
    written = io.BytesIO()
    made.save(written)
    return written.getvalue()


def read(*rows):
    return read_rows(book(*rows), [SCHEMA, ENGLISH], DAY)


def test_the_template_is_read_back():
    example = {"name": "Nguyễn Văn A", "kind": "household", "year": 2018, "on": "31/12/2018"}
    data = template(SCHEMA, "Khen thưởng", example)
    [row] = read_rows(data, [SCHEMA, ENGLISH], DAY)
    assert row.data == {**example, "on": "2018-12-31"}
    assert row.faults == ()
    assert load_workbook(io.BytesIO(data)).worksheets[0].data_validations.dataValidation


@pytest.mark.parametrize(
    "rows",
    [
        (["Họ và tên", "Loại", "Năm"], ["Lê Thị B", "cá nhân", 2018.0]),
        (["HỌ VÀ TÊN *", "NĂM *", "LOẠI"], ["Lê Thị B", "2018", "Cá nhân"]),
        (
            ["Ủy ban nhân dân"],
            [],
            ["Năm", "Loại", "Ghi chú", "Họ và tên"],
            [2018, "individual", "x", "Lê Thị B"],
        ),
        (["Name", "Kind", "Year"], ["Lê  Thị B", "Individual", 2018]),
    ],
)
def test_headings_may_stand_anywhere_in_any_language(rows):
    [row] = read(*rows)
    assert (row.data, row.faults) == ({"name": "Lê Thị B", "kind": "individual", "year": 2018}, ())


def test_days_are_read_as_excel_and_people_write_them():
    first, second, third = read(
        ["Họ và tên", "Năm", "Ngày"],
        ["A", 2018, dt.datetime(2018, 12, 31)],  # noqa: DTZ001 -- as Excel has it
        ["B", 2018, "31/12/2018"],
        ["C", 2018, "31/13/2018"],
    )
    assert [first.data["on"], second.data["on"]] == ["2018-12-31", "2018-12-31"]
    assert [fault.code for fault in third.faults] == ["not_a_date"]


def test_faults_are_named_by_the_row_of_the_file():
    rows = read(["Họ và tên", "Năm", "Loại"], [], ["", 1900, "Tổ"], ["B" * 21, "hai nghìn", None])
    found = [(row.number, [(fault.pointer, fault.code) for fault in row.faults]) for row in rows]
    assert found == [
        (3, [("/name", "required"), ("/kind", "not_a_choice"), ("/year", "too_small")]),
        (4, [("/name", "too_long"), ("/year", "wrong_type")]),
    ]


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"no workbook", "not_excel"),
        (b"PK\x03\x04 broken", "not_excel"),
        (book(["Họ và tên"], ["A"]), "headings_missing"),
        (book(["Họ và tên", "Năm"]), "no_rows"),
    ],
)
def test_what_is_no_list(data, code):
    with pytest.raises(UnreadableFile) as refused:
        read_rows(data, [SCHEMA, ENGLISH], DAY)
    assert refused.value.code == code
    if code == "headings_missing":
        assert refused.value.values == {"headings": "Năm"}


@pytest.mark.parametrize("year", ["--5", "-", "9" * 5000, "1e5", 1e300])
def test_what_is_no_whole_number_is_a_fault_of_its_row(year):
    [row] = read(["Họ và tên", "Năm"], ["A", year])
    assert [fault.code for fault in row.faults] == ["wrong_type"]

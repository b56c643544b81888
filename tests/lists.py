"""Lists from Excel as an officer fills them in: the template of a page, rows after its example, the list sent."""

import io
from collections.abc import Mapping, Sequence
from typing import Any

from openpyxl import Workbook, load_workbook

from tests.factories import CAMPAIGN, PDF
from tests.pages import Browser, Page

REGISTER, NOMINATE = (f"/campaigns/{CAMPAIGN}/import/{process}" for process in ("registration", "nomination"))
NAME = "Tên người, hộ gia đình hoặc tập thể"

Row = Mapping[str, Any]


def headings(browser: Browser, page: str) -> tuple[list[str], list[Any]]:
    """The columns of a page's template, and its example row."""
    data = browser.client.get(f"{page}/template").data
    rows = list(load_workbook(io.BytesIO(data)).worksheets[0].iter_rows(values_only=True))
    return [str(cell).rstrip(" *") for cell in rows[0]], list(rows[1])


def book(names: Sequence[str], *rows: Row) -> bytes:
    """A workbook with these columns and rows."""
    made = Workbook(write_only=True)
    sheet = made.create_sheet()
    sheet.append(names)
    for row in rows:
        sheet.append([row.get(name) for name in names])
    written = io.BytesIO()
    made.save(written)
    return written.getvalue()


def many(row: Row, count: int) -> list[Row]:
    """So many rows like this one, each about somebody else."""
    return [{**row, NAME: f"Người Thứ {number}"} for number in range(count)]


def send(browser: Browser, data: bytes, status: int = 200, **changes: Any) -> Page:
    """Send a list of registrations from its page."""
    return browser.submit(
        "main form",
        status,
        **{
            "list": (io.BytesIO(data), "danh-sach.xlsx"),
            "paper_number": "12/DS",
            "paper_date": "02/12/2019",
            "signed_scan-_file": (io.BytesIO(PDF), "ban-ky.pdf"),
            "commitment": "Thực hiện đúng nội dung đăng ký",
            **changes,
        },
    )

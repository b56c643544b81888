"""What a unit has pledged stands at the reviews beside what it reached."""

import io

import pytest
from openpyxl import load_workbook
from sqlalchemy import select

from tests.factories import CAMPAIGN
from tests.webapp.campaigns.test_reviews import (
    PAGE,
    POVERTY,
    REVIEW,
    collecting,
    pledge,
    report_task,
    send,
    verify,
)
from webapp.extensions import db
from webapp.models import Nominee
from webapp.operations.refusals import InvalidForm

__all__ = ["collecting"]


def test_what_a_unit_pledged_stands_beside_its_target_and_its_result(signed_in, office, collecting):
    code = pledge(office, {"target": 4.5})
    page = signed_in("registrant").get(f"/tasks/{report_task(office, 'registrant').public_id}")
    asked = page.one(".unit-targets tr:has(a)").get_text(" ", strip=True)
    assert "2019 ≥ 2 4,5" in asked
    assert code in asked
    send(office, "registrant", 4, 3000)
    send(office, "other_registrant", 1, 1000)
    verify(office, "officer")
    verify(office, "other_officer")
    page = signed_in("secretary").get(PAGE)
    rows = page.all(f"section[aria-labelledby=indicator-{POVERTY}] > .table-wrap tbody tr")
    own, other = (row.get_text(" ", strip=True) for row in rows)
    assert own.startswith("xã An Cư")
    assert own.endswith("≥ 2 4,5 chưa đạt mức đăng ký 200%")
    assert other.endswith("≥ 2 – 50%")
    assert len(page.all(f"section[aria-labelledby=indicator-{POVERTY}] .chart-pledge")) == 1
    assert "0/1 đơn vị có đăng ký mức phấn đấu đã đạt mức đăng ký." in page.text
    answer = signed_in("secretary").client.get(f"/campaigns/{CAMPAIGN}/reviews/{REVIEW}/review_report.xlsx")
    sheet = load_workbook(io.BytesIO(answer.data))["Từng đơn vị"]
    rows = [tuple(cell.value for cell in row) for row in sheet.iter_rows(min_row=4)]
    assert (3000, 4.5, 200) in [(row[4], row[6], row[7]) for row in rows]
    assert {"Năm 2018", "Năm 2019"} <= {row[2] for row in rows}, "each year that makes up the whole"


def test_a_pledge_stands_however_the_unit_is_named_when_it_is_nominated(signed_in, office, collecting):
    pledge(office, {"target": 4.5})
    send(office, "registrant", 4, 3000)
    [nominee] = office.read(select(Nominee).where(Nominee.name == "Xã An Cư"))
    nominee.name = "Tập thể nhân dân xã An Cư (tên trên bằng khen)"
    db.session.commit()
    for review in (REVIEW, "tong-ket-2020"):
        page = signed_in("secretary").get(PAGE.replace(REVIEW, review))
        own = page.one(f"section[aria-labelledby=indicator-{POVERTY}] tr:has(.chart-pledge)")
        assert "4,5 chưa đạt mức đăng ký" in own.get_text(" ", strip=True)


def test_a_pledge_of_a_figure_is_a_number(office, collecting):
    with pytest.raises(InvalidForm) as refusal:
        pledge(office, {})
    [fault] = refusal.value.faults
    assert (fault.pointer, fault.code) == ("/targets/0/target", "required")

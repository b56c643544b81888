"""The demo has a registration whose personal data were erased by law, and an auditor sees that its log still holds."""

from sqlalchemy import select

from tests.erased import columns_with
from tests.pages import Browser
from webapp.extensions import db
from webapp.models import Erasure, Person

NAME = "Trần Công Khanh"


def test_the_auditor_sees_it_on_the_replay_page(demo):
    [erasure] = db.session.scalars(select(Erasure).where(Erasure.state == "done"))
    assert erasure.proposed_by_id != erasure.decided_by_id
    browser = Browser(demo)
    browser.sign_in_as(db.session.scalars(select(Person).where(Person.username == "auditor")).one())
    page = browser.get(f"/audit/cases/{erasure.case.code}?step=1")
    assert "đã xóa, mã băm vẫn khớp" in page.text
    assert "Đã kiểm chứng: khớp" in page.text
    assert NAME not in str(page.soup)
    assert erasure.case.code in browser.get("/erasures?state=done").text


def test_nothing_of_the_name_is_left(demo):
    assert columns_with(NAME) == []

"""An exemplar is erased with its public page, once nothing stands on it; its page still opens."""

import pytest
from sqlalchemy import select as sql

from tests.erased import asked, columns_with, erase
from tests.introducing import HEADLINE, NAME, SECRET, introduced
from tests.pages import Browser
from tests.proven import faults
from webapp.models import ERASED, IntroducedPicture, Introduction
from webapp.operations.erasures import propose_erasure
from webapp.operations.interventions import stop_case
from webapp.operations.refusals import NotNow

__all__ = ["introduced"]


def test_goes_with_all_that_was_public_of_it(app, office, introduced):
    with pytest.raises(NotNow, match="erasure_open"):
        propose_erasure(introduced, asked(office), actor=office.actor("clerk"), now=office.now)
    stop_case(introduced, "Rút đồng ý", actor=office.actor("specialist"), now=office.now)
    office.work()
    erase(office, introduced)
    assert columns_with(NAME) == columns_with(HEADLINE) == columns_with(SECRET) == []
    assert office.read(sql(Introduction.name)) == [ERASED]
    assert office.read(sql(IntroducedPicture)) == []
    assert faults() == []
    browser = Browser(app)
    for username in ("specialist", "auditor"):
        browser.sign_in_as(office.person(username))
        page = browser.get(f"/exemplars/{introduced}")
        assert "đã được xóa theo quy định" in page.text
        assert not page.all("a[href*='/nominations/new'], a[href*='exemplar=']")


def test_waits_for_the_nomination_that_came_from_it(office, introduced):
    nomination = office.nominate(nominee_kind="collective", nominee_name=NAME, exemplar=introduced)
    stop_case(introduced, "Rút đồng ý", actor=office.actor("specialist"), now=office.now)
    stop_case(nomination, "Xin rút", actor=office.actor("officer"), now=office.now)
    office.work()
    with pytest.raises(NotNow, match="erasure_stands_on"):
        propose_erasure(introduced, asked(office), actor=office.actor("clerk"), now=office.now)
    erase(office, nomination)
    erase(office, introduced)
    assert columns_with(NAME) == []

"""Inspections, tested in an office whose campaign is under way: a nomination of each commune has been opened."""

import pytest
from flask import Flask

from tests.factories import Office
from tests.inspecting import begin
from tests.offices import scene
from tests.pages import Browser
from tests.people import AN_PHU
from tests.running import NOW, database

__all__ = ["browser", "cases", "database", "inspection", "office"]


@pytest.fixture
def office(app: Flask) -> Office:
    return Office(NOW)


@pytest.fixture
def browser(app: Flask) -> Browser:
    return Browser(app)


@scene
def cases(office: Office) -> tuple[str, str]:
    """Codes of a nomination of An Cư and one of An Phú."""
    own = office.nominate(nominee_name="Nguyễn Thị Đức")
    office.do("officer", "prepare_on_behalf", own)
    return own, office.nominate("other_officer", submitting_unit=AN_PHU, nominee_name="Lê Văn Phú")


@scene
def inspection(office: Office, cases: tuple[str, str]) -> str:
    """Code of an inspection of An Cư with a head who holds no role."""
    return begin(office)

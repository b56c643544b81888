"""Erasure of personal data, tested on a nomination that was withdrawn after a supplement was asked for."""

import pytest
from flask import Flask

from tests.factories import Office
from tests.founded import campaign, database
from tests.offices import scene
from tests.pages import Browser
from webapp.operations.interventions import stop_case

__all__ = ["browser", "campaign", "database", "office", "withdrawn"]

NAME = "Châu Thị Xóa Hết"


@pytest.fixture
def office(app: Flask) -> Office:
    return Office()


@pytest.fixture
def browser(app: Flask) -> Browser:
    """A browser; ``browser.sign_in_as(office.person("clerk"))`` says whose."""
    return Browser(app)


@scene
def withdrawn(office: Office) -> str:
    """Its code."""
    office.open_campaign()
    code = office.nominate(nominee_name=NAME)
    office.do("officer", "prepare_on_behalf", code, name_on_paper=NAME)
    office.do("officer", "check_dossier", code, decision="supplement", supplement_text="Thiếu xác nhận")
    stop_case(code, "Xin rút", actor=office.actor("officer"), now=office.now)
    office.work()
    return code

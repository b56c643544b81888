"""Pages that show where everything stands, tested in an office that is already founded."""

import pytest

from tests.factories import Office
from tests.founded import campaign, database
from tests.offices import scene
from tests.pages import Browser

__all__ = ["browser", "campaign", "database", "office"]


@pytest.fixture
def office(app) -> Office:
    """The office of Tịnh Biên on 2/12/2019, nothing running yet."""
    return Office()


@pytest.fixture
def browser(app, office) -> Browser:
    """A browser; `browser.sign_in_as(office.person("officer"))` says whose."""
    return Browser(app)


@pytest.fixture
def signed_in(browser, office):
    """A browser in which this person is signed in."""

    def as_(username: str) -> Browser:
        browser.sign_in_as(office.person(username))
        return browser

    return as_


@scene
def nominations(office: Office) -> list[str]:
    """Four nominations: being prepared, being checked, waiting for a supplement, of another commune."""
    office.open_campaign()
    codes = [office.nominate(nominee_name=name) for name in ("Nguyễn Văn Ất", "Đỗ Thị Bính", "Neáng Sóc Kha")]
    codes.append(
        office.nominate(
            "other_officer", nominee_name="Trần Văn Đinh", submitting_unit="an-giang/tinh-bien/an-phu"
        )
    )
    for code in codes[1:3]:
        office.do("officer", "prepare_on_behalf", code, name_on_paper=office.case(code).title)
    office.do("officer", "check_dossier", codes[2], decision="supplement")
    return codes

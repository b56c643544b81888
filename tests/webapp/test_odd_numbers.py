"""Numbers in addresses and forms that no calendar and no database has."""

import pytest

from tests.factories import Office
from tests.founded import database
from tests.pages import Browser
from webapp.ui.field_text import shown_text
from webapp.ui.numbers import read_instant
from workflows.values import VIETNAM

__all__ = ["database"]

HUGE = "9" * 20


@pytest.mark.parametrize(
    ("username", "address", "status"),
    [
        ("secretary", f"/awards/decisions?year={HUGE}", 200),
        ("secretary", "/awards/decisions?year=9999", 200),
        ("secretary", f"/awards/register?year={HUGE}", 200),
        ("secretary", f"/council/sessions?year={HUGE}", 200),
        ("auditor", f"/audit/events?before={HUGE}", 200),
        ("admin", f"/admin/people/x/roles/{HUGE}/end", 404),
    ],
)
def test_page_of_an_impossible_number_is_readable(app, username, address, status):
    browser = Browser(app)
    browser.sign_in_as(Office().person(username))
    assert browser.get(address, status=status).heading


def test_instant_before_all_time_stays_as_typed(app):
    with app.test_request_context():
        assert read_instant("01/01/0001 00:00", VIETNAM) == "01/01/0001 00:00"
        assert shown_text("instant", "0001-01-01T00:00:00+07:00", {}) == "0001-01-01T00:00:00+07:00"

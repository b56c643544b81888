"""What the pages of tracking that have no budget of their own may ask of the database, however much there is."""

from tests.statements import statements

PAGES = (
    "/nominations/map",
    "/views",
    "/exports",
    "/search?q=nguyen",
    "/notices",
    "/registrations",
    "/registration-lists",
    "/submissions",
    "/exemplars",
)
MOST = 20


def test_the_number_of_statements_does_not_grow(signed_in, office, campaign):
    browser = signed_in("secretary")
    asked = []
    for more in (2, 12):
        for number in range(more):
            office.nominate(nominee_name=f"Nguyễn Văn {more} {number}")
            office.register(nominee_name=f"Nguyễn Thị {more} {number}")
        for page in PAGES:
            browser.get(page)
        asked.append({page: len(statements(lambda page=page: browser.get(page))) for page in PAGES})
    assert asked[0] == asked[1]
    assert max(asked[1].values()) <= MOST

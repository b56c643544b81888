"""Before a secret vote opens, whoever opens it reads what the secret cannot keep."""

import pytest

from tests.factories import ROUND
from tests.sittings import CODES, MEMBERS

COUNCIL = "waiting"


def warnings(browser, council, element, code):
    """What the page of a task of the chair says about the secret."""
    browser.sign_in_as(council.person("chair"))
    page = browser.get(f"/tasks/{council.task(element, code).public_id}")
    return [each.get_text(" ", strip=True) for each in page.all("main [role=note]")]


def by_correspondence(council):
    code = council.start("secretary", "council_vote", round=ROUND, subject="Xét khen thưởng năm 2019")
    council.do(
        "secretary",
        "prepare_agenda",
        code,
        nominations=list(CODES[:1]),
        mode="written",
        meets_at=council.at.isoformat(),
    )
    council.work()
    return code


def level_at_the_edge(council):
    code = council.sit(CODES)
    for username in MEMBERS:
        choices = {"authority": {"HS_2019_0004": "disagree"}, "member2": {"HS_2019_0005": "none"}}
        council.vote(username, code, **choices.get(username, {}))
    return code


@pytest.mark.parametrize(
    ("element", "reach"),
    [
        ("open_session", lambda council: council.summon(CODES[:1])),
        ("open_correspondence", by_correspondence),
        ("open_second_ballot", level_at_the_edge),
    ],
)
def test_what_a_secret_cannot_keep_is_said_before_it_opens(browser, council, element, reach):
    council.rule(ballot="secret", quota="cuts")
    [told] = warnings(browser, council, element, reach(council))
    for text in ("nhất trí tuyệt đối", "người kiểm soát máy chủ", "chỉ cần 3 thành viên"):
        assert text in told


def test_who_is_level_and_for_how_many_places_is_named_before_a_second_ballot(browser, council):
    council.rule(quota="cuts")
    code = level_at_the_edge(council)
    browser.sign_in_as(council.person("chair"))
    page = browser.get(f"/tasks/{council.task('open_second_ballot', code).public_id}")
    told = page.one("section[aria-labelledby=level-title]").get_text(" ", strip=True)
    assert "còn 1 suất" in told
    assert "Tổ tự quản số 3 xã An Cư · đồng ý: 3" in told
    assert "Hội Nông dân xã An Phú xã An Phú · đồng ý: 3" in told
    assert "Tổ tự quản số 1" not in told


def test_nothing_is_said_of_a_secret_where_the_vote_is_open(browser, council):
    assert warnings(browser, council, "open_session", council.summon(CODES[:1])) == []

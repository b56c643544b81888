"""Who ends a round sees which dossiers and decisions it leaves open, each with the way to it."""

from sqlalchemy import select

from tests.factories import CAMPAIGN
from tests.sittings import OURS_CODES, ROUND
from webapp.models import Campaign, Case, Task

COUNCIL = "concluded"


def end_of_round(council, code):
    campaign = (
        select(Case.id).join(Campaign, Campaign.id == Case.campaign_id).where(Campaign.code == CAMPAIGN)
    )
    tasks = council.read(select(Task).where(Task.case_id.in_(campaign), Task.element == "close_round"))
    return next(task for task in tasks if task.items["milestone"]["code"] == code)


def test_a_round_lists_its_dossiers_and_its_decision_until_it_is_published(browser, council):
    decision = council.draft(OURS_CODES[:2])
    browser.sign_in_as(council.person("secretary"))
    left = browser.get(f"/tasks/{end_of_round(council, ROUND).public_id}").one("[aria-labelledby=left-title]")
    links = [link["href"] for link in left.select("a")]
    assert links[-1] == f"/awards/decisions/{decision}"
    assert f"/nominations/{OURS_CODES[0]}" in links
    assert "Báo cáo của các đơn vị" not in left.get_text()


def test_another_round_has_nothing_open(browser, council):
    council.draft(OURS_CODES[:2])
    browser.sign_in_as(council.person("secretary"))
    left = browser.get(f"/tasks/{end_of_round(council, 'nam-2018').public_id}").one(
        "[aria-labelledby=left-title]"
    )
    assert "Không còn việc nào mở." in left.get_text()

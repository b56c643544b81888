"""From the person menu to a task done for somebody: what the two and others see on their way."""

import datetime as dt

from bs4 import Tag
from sqlalchemy import select

from tests.offices import scene
from tests.people import AN_CU, PEOPLE, TINH_BIEN
from tests.statements import statements
from webapp.models import Delegation
from webapp.operations import delegations
from webapp.operations.delegations import Proposal

OFFICER, HEAD = PEOPLE["officer"].name, PEOPLE["head"].name
TAB = ".tab-bar a[href='/inbox/delegated']"


@scene
def checked(office):
    """The code of a nomination that the officer's side checks."""
    office.open_campaign()
    code = office.nominate()
    office.do("officer", "prepare_on_behalf", code)
    return code


def text(tag: Tag) -> str:
    return " ".join(tag.get_text(" ").split())


def propose(signed_in, office, **changed):
    """Fill in the form as the officer; a page comes back."""
    browser = signed_in("officer")
    browser.get("/delegations")
    browser.get("/delegations/new")
    given = {
        "delegate": office.person("head").public_id,
        "to_date": "09/12/2019",
        "reason": "Nghỉ phép năm",
    }
    return browser.submit("main form", **{**given, **changed})


def accepted(office, **scope):
    """The officer has delegated to the head from today on."""
    proposal = Proposal(
        delegate=office.person("head").public_id,
        roles=(("officer", AN_CU),),
        from_date=office.today,
        to_date=office.today + dt.timedelta(days=7),
        reason="Nghỉ phép năm",
        **scope,
    )
    made = delegations.propose(proposal, actor=office.actor("officer"), now=office.now)
    delegations.accept(made, actor=office.actor("head"), now=office.now)
    return made


def test_the_person_menu_leads_there(signed_in, checked):
    page = signed_in("officer").get("/")
    assert text(page.one(".person-menu a[href='/delegations']")) == "Ủy quyền và vắng mặt"


def test_somebody_delegates_and_the_other_accepts(signed_in, office, checked):
    page = propose(signed_in, office)
    assert "chờ nhận" in page.text
    assert HEAD in page.text
    browser = signed_in("head")
    page = browser.get("/inbox/mine")
    assert "1 đề nghị ủy quyền chờ anh/chị trả lời." in page.text
    assert text(page.one(".person-menu a[href='/delegations']")) == "Ủy quyền và vắng mặt 1"
    page = browser.get("/delegations")
    assert OFFICER in page.text
    page = browser.submit("main form[action$='/accept']")
    assert "Anh/chị đã nhận ủy quyền." in text(page.one(".flashes"))
    assert "có hiệu lực" in page.text
    assert text(browser.get("/inbox/delegated").one(TAB)) == "Được ủy quyền 1"


def test_the_notice_leads_to_the_delegations(signed_in, office, checked):
    propose(signed_in, office)
    browser = signed_in("head")
    page = browser.get("/notices")
    assert f"{OFFICER} đề nghị ủy quyền cho anh/chị. Hãy nhận hoặc từ chối." in page.text
    assert browser.submit(".notice-list form").heading == "Ủy quyền và vắng mặt"


def test_the_form_says_what_is_never_delegated_and_offers_whom_to_ask(signed_in, checked):
    page = signed_in("officer").get("/delegations/new")
    assert "Không bao giờ ủy quyền:" in page.text
    offered = page.one("select[name=delegate]").get_text()
    assert HEAD in offered
    assert OFFICER not in offered
    assert PEOPLE["other_officer"].name not in offered


def test_faults_stand_beside_their_fields(signed_in, office, checked):
    propose(signed_in, office)
    browser = signed_in("officer")
    browser.get("/delegations/new")
    page = browser.submit(
        "main form",
        422,
        delegate=office.person("head").public_id,
        to_date="01/12/2019",
        reason="Nghỉ phép",
    )
    assert page.all("#f-to_date-fault")
    page = browser.submit("main form", 422, to_date="09/12/2019")
    assert "Anh/chị đã ủy quyền một phần việc này trong các ngày đó." in page.text


def test_whoever_has_no_such_role_is_told(signed_in, checked):
    page = signed_in("registrant").get("/delegations")
    assert "Không vai trò nào của anh/chị có việc được phép ủy quyền." in page.text
    assert not page.all("a[href='/delegations/new']")


def test_the_delegate_does_the_task_and_both_names_are_shown(signed_in, office, checked):
    accepted(office)
    browser = signed_in("head")
    page = browser.get("/inbox/delegated")
    assert f"thay {OFFICER}" in text(page.one("#inbox-list tbody .cell-task"))
    path = page.one("#inbox-list a.row-link")["href"]
    page = browser.get(path)
    assert f"{OFFICER} ủy quyền việc này cho anh/chị." in page.text
    page = browser.submit("form[action*='/take']")
    assert f"Anh/chị đang làm thay {OFFICER} theo ủy quyền." in page.text
    assert text(browser.get("/inbox/delegated").one(TAB)) == "Được ủy quyền 1"
    assert not browser.get("/inbox/mine").all("#inbox-list tbody tr")
    office.do("head", "check_dossier", checked, decision="complete")
    both = f"{HEAD} (thay {OFFICER})"
    page = browser.get(path)
    assert both in page.text
    page = signed_in("officer").get(f"/nominations/{checked}")
    assert f"{both} hoàn thành" in page.text


def test_a_delegate_sees_the_case_while_there_is_something_to_do(signed_in, office, checked):
    """The police know nothing of the office's own work in a campaign, until some of it is delegated to them."""
    task = office.task("close_round").public_id
    browser = signed_in("police")
    browser.get(f"/tasks/{task}", 404)
    made = delegations.propose(
        Proposal(
            delegate=office.person("police").public_id,
            roles=(("secretary", TINH_BIEN),),
            from_date=office.today,
            to_date=office.today,
            reason="Đi công tác",
        ),
        actor=office.actor("secretary"),
        now=office.now,
    )
    delegations.accept(made, actor=office.actor("police"), now=office.now)
    signed_in("police").get(f"/tasks/{task}")
    delegations.revoke(made, actor=office.actor("secretary"), now=office.now)
    signed_in("police").get(f"/tasks/{task}", 404)


def test_a_conflict_of_interest_is_told_and_the_form_is_closed(signed_in, office, checked):
    office.do("officer", "check_dossier", checked, decision="complete")
    office.do("officer", "record_meeting", checked, decision="agree", met_on=office.today.isoformat())
    made = delegations.propose(
        Proposal(
            delegate=office.person("officer").public_id,
            roles=(("commune_chair", AN_CU),),
            from_date=office.today,
            to_date=office.today,
            reason="Đi công tác",
        ),
        actor=office.actor("commune_chair"),
        now=office.now,
    )
    delegations.accept(made, actor=office.actor("officer"), now=office.now)
    task = office.task("conclude_commune_council", checked).public_id
    page = signed_in("officer").get(f"/tasks/{task}")
    assert "Anh/chị đã tham gia hồ sơ này ở khâu khác" in page.text
    assert not page.all("form[action*='/take']")


def test_revoking_takes_the_tasks_away(signed_in, office, checked):
    accepted(office)
    browser = signed_in("officer")
    browser.get("/delegations")
    page = browser.submit("main form[action$='/revoke']")
    assert "Ủy quyền đã chấm dứt." in text(page.one(".flashes"))
    assert text(signed_in("head").get("/inbox/delegated").one(TAB)) == "Được ủy quyền 0"
    assert office.read(select(Delegation.state)) == ["revoked"]


def test_others_cannot_answer(signed_in, office, checked):
    propose(signed_in, office)
    [made] = office.read(select(Delegation.public_id))
    browser = signed_in("secretary")
    browser.get("/delegations")
    browser.post(f"/delegations/{made}/accept", status=404)
    browser.post(f"/delegations/{made}/revoke", status=404)


def test_an_absence_is_told_to_the_person_and_to_others(signed_in, office, checked):
    accepted(office)
    task = office.task("check_dossier", checked).public_id
    browser = signed_in("officer")
    browser.get("/inbox/common")
    browser.post(f"/tasks/{task}/take")
    browser.get("/absences/new")
    page = browser.submit("main form", to_date="15/12/2019")
    assert "15/12/2019" in page.text
    assert "Anh/chị đang báo vắng mặt đến hết 15/12/2019." in text(browser.get("/").one(".absence-bar"))
    away = f"vắng đến 15/12/2019, ủy quyền cho {HEAD}"
    assert away in signed_in("colleague").get(f"/tasks/{task}").text
    assert away in signed_in("commune_chair").get(f"/nominations/{checked}").text
    browser = signed_in("officer")
    browser.get("/delegations")
    page = browser.submit(".absence-list form")
    assert "Đã bỏ báo vắng mặt." in text(page.one(".flashes"))
    assert not browser.get("/").all(".absence-bar")


def test_statements_stay_the_same_with_a_delegation(signed_in, office, checked):
    """What was delegated comes with the roles: not one statement more."""
    browser = signed_in("head")
    browser.get("/inbox/common")
    before = statements(lambda: browser.get("/inbox/common"))
    accepted(office)
    browser = signed_in("head")
    browser.get("/inbox/common")
    assert len(statements(lambda: browser.get("/inbox/common"))) == len(before)


def test_statements_of_the_page_do_not_grow_with_its_rows(signed_in, office, checked):
    accepted(office)
    browser = signed_in("officer")
    browser.get("/delegations")
    before = statements(lambda: browser.get("/delegations"))
    for day in (10, 20, 30):
        delegations.propose(
            Proposal(
                delegate=office.person("specialist").public_id,
                roles=(("officer", AN_CU),),
                from_date=office.today + dt.timedelta(days=day),
                to_date=office.today + dt.timedelta(days=day),
                reason="Học tập",
            ),
            actor=office.actor("officer"),
            now=office.now,
        )
    browser = signed_in("officer")
    browser.get("/delegations")
    assert len(statements(lambda: browser.get("/delegations"))) == len(before)

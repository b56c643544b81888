"""An accepted registration is changed: a new version with confirmation, the ones before stay as they are."""

from sqlalchemy import select

from tests.factories import CAMPAIGN
from tests.merging import NEW, merge
from tests.offices import scene
from tests.people import AN_CU
from tests.titles import offer_titles
from webapp.models import Notice, RegistrationVersion

START = f"/campaigns/{CAMPAIGN}/start/registration_change"


@scene
def registered(office):
    """An accepted registration of a person, for a title."""
    offer_titles(office)
    office.open_campaign()
    code = office.register(nominee_name="Nguyễn Văn Ất")
    office.do("officer", "fill_on_behalf", code, title_aimed="advanced_worker")
    office.do("officer", "check_registration", code, decision="accept")
    office.work()
    return code


@scene
def asked(office, registered):
    """A change that the officer has asked for on behalf; returns its code."""
    form = {"registration": registered, "filled_by": "officer", "reason": "Tên ghi chưa đúng."}
    return office.start("officer", "registration_change", **form)


def test_after_a_merger_the_request_is_one_of_the_new_unit(office, registered):
    """The registration has ended in the unit that was; what is asked for now goes over to nobody any more."""
    merge(office)
    form = {"registration": registered, "filled_by": "officer", "reason": "Tên ghi chưa đúng."}
    asked = office.start("officer", "registration_change", **form)
    assert (office.case(registered).unit.code, office.case(asked).unit.code) == (AN_CU, NEW)
    describe(office, asked)
    assert office.task("check_change", asked).unit.code == NEW


def describe(office, asked, **changes):
    targets = [{"indicator": "Thoát nghèo", "pledge": "Thoát nghèo trong quý III"}]
    return office.do(
        "officer", "describe_on_behalf", asked, **{"name": "Nguyễn Văn Ất", "targets": targets, **changes}
    )


def test_the_page_of_the_registration_leads_to_the_request(signed_in, office, registered):
    browser = signed_in("officer")
    page = browser.get(f"/registrations/{registered}")
    browser.get(page.one(f"a[href^='{START}']")["href"])
    page = browser.submit(reason="Đổi chỉ tiêu.", filled_by="officer")
    assert page.heading == "Lập thay nội dung điều chỉnh"
    assert (
        page.form("form.task-form" if page.all("form.task-form") else "main form")["name"] == "Nguyễn Văn Ất"
    )
    assert not browser.get(f"/registrations/{registered}").all(f"a[href^='{START}']")  # one at a time


def test_what_is_accepted_is_the_next_version_and_says_what_changed(signed_in, office, registered, asked):
    before = office.nominate(nominee_name="Nguyễn Văn Ất")
    office.move(days=1)
    describe(office, asked, name="Nguyễn Văn Ất Hai")
    office.do("officer", "check_change", asked, decision="accept")
    office.work()
    after = office.nominate(nominee_name="Nguyễn Văn Ất Hai")
    first, second = office.read(select(RegistrationVersion).order_by(RegistrationVersion.number))
    assert (first.number, first.name, first.title_aimed) == (1, "Nguyễn Văn Ất", "advanced_worker")
    assert (second.number, second.name, second.title_aimed) == (2, "Nguyễn Văn Ất Hai", None)
    browser = signed_in("officer")
    page = browser.get(f"/registrations/{registered}")
    assert page.heading == "Nguyễn Văn Ất Hai"
    changed = page.one(".differences").get_text(" ", strip=True)
    for said in ("Nguyễn Văn Ất Hai", "Lao động tiên tiến", "Thoát nghèo trong quý III"):
        assert said in changed
    assert (
        browser.get(f"/registration-changes/{asked}").one(".differences").get_text(" ", strip=True) == changed
    )
    assert "bản số 2" in browser.get(f"/nominations/{after}").text
    told = browser.get(f"/nominations/{before}").text  # by the version in force when it was opened
    assert "đăng ký danh hiệu Lao động tiên tiến" in told
    assert "bản số 2" not in told


def test_a_refusal_leaves_the_version_in_force_and_is_told(signed_in, office, registered, asked):
    describe(office, asked)
    office.do("officer", "check_change", asked, decision="return", return_reason="Ghi rõ thời gian.")
    describe(office, asked)
    office.do("officer", "check_change", asked, decision="refuse", refusal_reason="Không có căn cứ.")
    office.work()
    assert len(office.read(select(RegistrationVersion))) == 1
    told = office.read(select(Notice.person_id).where(Notice.template == "registration_change_refused"))
    assert office.person("officer").id in told
    assert "Không điều chỉnh" in signed_in("officer").get(f"/registrations/{registered}").text


def test_others_neither_ask_nor_learn_of_it(signed_in, registered, asked):
    other = signed_in("other_officer")
    other.get(f"/registration-changes/{asked}", status=404)
    assert registered not in other.get(START).text


def test_who_checks_a_change_sees_before_and_now(signed_in, office, registered, asked):
    describe(office, asked, name="Nguyễn Văn Ất Hai")
    page = signed_in("officer").get(f"/tasks/{office.task('check_change', asked).public_id}")
    changed = page.one(".task-work .differences").get_text(" ", strip=True)
    assert "Trước: Nguyễn Văn Ất Nay: Nguyễn Văn Ất Hai" in changed

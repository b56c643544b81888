"""The secretary reminds members that have not scored themselves, scored another one, or voted."""

import pytest
from sqlalchemy import select

from tests import clustered
from tests.clustered import AN_CU, AN_PHU, CODE, POLICE, YEAR
from webapp.models import Mail, Notice, Person
from webapp.operations.accounts import change_email
from webapp.operations.acting import SYSTEM

PAGE = f"/clusters/{CODE}/{YEAR}"
REMIND = f"{PAGE}/remind"
ALL = "form.remind-all"


def told(office, username):
    """The reminders a person has got."""
    query = select(Notice.template).where(Notice.person_id == office.person(username).id).order_by(Notice.id)
    return [template for template in office.read(query) if template.endswith("_reminder")]


def test_one_or_all_are_reminded_once_a_day_of_each_thing(signed_in, office, opened):
    browser = signed_in("secretary")
    page = browser.get(PAGE)
    assert "Nhắc 2 đơn vị còn việc phải làm" in page.text
    browser.post(REMIND, {"unit": AN_PHU})
    assert (told(office, "other_officer"), told(office, "police")) == (["cluster_self_reminder"], [])
    assert "Nhắc 1 đơn vị còn việc phải làm" in browser.get(PAGE).text
    page = browser.post(REMIND)
    assert not page.all(ALL)
    assert told(office, "police") == ["cluster_self_reminder"]
    assert "nhắc lần cuối ngày 02/12/2019" in page.text
    browser.post(REMIND, status=409)
    for unit in (AN_PHU, POLICE):
        clustered.score_self(office, unit)
    office.work()
    signed_in("secretary").post(REMIND, {"unit": AN_PHU})
    assert told(office, "other_officer") == ["cluster_self_reminder", "cluster_cross_reminder"]


def test_a_reminder_is_an_e_mail_too(signed_in, office, opened):
    police = office.person("police").public_id
    change_email(police, "police@example.gov.vn", actor=SYSTEM, now=office.now)
    signed_in("secretary").post(REMIND, {"unit": POLICE})
    [mail] = office.read(select(Mail).join(Person).where(Person.username == "police"))
    assert (
        mail.subject.startswith("Đơn vị chưa tự chấm điểm: Chấm điểm") or "chưa tự chấm điểm" in mail.subject
    )
    assert "/clusters/cases/CK-2019-0001" in mail.body


def test_who_has_not_voted_is_reminded(signed_in, office, scored):
    clustered.consolidate(office)
    clustered.accept(office)
    office.work()
    clustered.vote(office, AN_PHU, AN_CU)
    signed_in("secretary").post(REMIND)
    assert told(office, "other_officer") == []
    assert told(office, "officer") == told(office, "police") == ["cluster_vote_reminder"]


@pytest.mark.parametrize("username", ["officer", "specialist", "authority"])
def test_others_do_not_remind(signed_in, opened, username):
    assert not signed_in(username).get(PAGE).all(ALL)
    signed_in(username).post(REMIND, status=403)


def test_nobody_is_reminded_of_what_is_over(signed_in, office, concluded):
    assert not signed_in("secretary").get(PAGE).all(ALL)
    signed_in("secretary").post(REMIND, status=409)

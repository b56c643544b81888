"""Awardees and their units are told to come by the clock: once, and once more where nobody came."""

import datetime as dt
from collections import Counter

import pytest
from sqlalchemy import select

from tests.awarded import CODE, COLLECTIVE, PERSON, awarded, nominee
from tests.seated import council, database
from webapp.extensions import db
from webapp.models import Case, Mail, Notice, Person
from webapp.operations.acting import SYSTEM
from webapp.operations.award_notices import notify_awardees, send_notices
from webapp.operations.interventions import freeze_case
from webapp.operations.refusals import Forbidden

__all__ = ["awarded", "council", "database"]

COUNCIL = "concluded"
COME, AGAIN = "award_to_collect", "award_waiting"


def told(template):
    """Whom a notice of this kind told how often, about which nominations."""
    db.session.rollback()
    query = select(Person.username, Case.code).join(Notice, Notice.person_id == Person.id).join(Case)
    found = db.session.execute(query.where(Notice.template == template)).all()
    return Counter(username for username, _code in found), {code for _username, code in found}


def tick(council, days):
    """The hourly look of the worker so many days later."""
    council.at += dt.timedelta(days=days)
    return notify_awardees(actor=SYSTEM, now=council.now)


def test_they_are_told_once_by_the_clock_and_reminded_once(awarded):
    nominee(PERSON).person_id = awarded.person("member1").id
    db.session.commit()
    assert tick(awarded, 0) == 0
    assert tick(awarded, 4) == 3
    people, about = told(COME)
    assert people["member1"] == 1, "the nominee has an account"
    assert people["officer"] == people["commune_chair"] == 3
    assert PERSON in about
    [notice] = db.session.scalars(
        select(Notice).join(Case).where(Notice.template == COME, Case.code == COLLECTIVE).limit(1)
    )
    assert notice.values["due"] == "2020-01-13"
    assert tick(awarded, 1) == 0
    assert tick(awarded, 16) == 3
    assert tick(awarded, 30) == 0
    assert told(COME)[0]["officer"] == told(AGAIN)[0]["officer"] == 3


def test_who_has_come_is_told_nothing_more(awarded):
    row = {"recipient": PERSON, "handed_on": "2019-12-14", "received_by": "Nguyễn Thị Ượng"}
    awarded.do("specialist", "hand_over", CODE, recipients=[row], decision="more")
    assert tick(awarded, 5) == 2
    assert PERSON not in told(COME)[1]


def test_the_specialist_tells_them_before_the_clock(awarded):
    actor = awarded.actor("specialist")
    assert send_notices(CODE, actor=actor, now=awarded.now) == 3
    assert send_notices(CODE, actor=actor, now=awarded.now) == 0
    assert tick(awarded, 5) == 0
    with pytest.raises(Forbidden):
        send_notices(CODE, actor=awarded.actor("clerk"), now=awarded.now)


def test_nobody_is_told_while_the_decision_is_suspended(awarded):
    freeze_case(CODE, "Có đơn tố cáo", actor=awarded.actor("head"), now=awarded.now)
    assert tick(awarded, 5) == 0


def test_an_email_goes_out_beside_the_notice(awarded):
    awarded.person("officer").email = "can.bo@example.vn"
    db.session.commit()
    tick(awarded, 5)
    db.session.rollback()
    sent = db.session.scalars(select(Mail)).all()
    assert sum("đã sẵn sàng" in mail.subject for mail in sent) == 3

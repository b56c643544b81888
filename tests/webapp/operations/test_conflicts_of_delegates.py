"""Somebody acts for another only where both are free of conflicts of interest."""

from dataclasses import replace

import pytest
from sqlalchemy import select

from tests.delegating import accepted
from tests.desk import browser, signed_in
from tests.factories import LONG_AGO
from tests.merging import NEW, merge
from tests.offices import scene
from tests.people import TINH_BIEN
from webapp.extensions import db
from webapp.models import CouncilMembership, DeclaredRelation, Nomination, Task
from webapp.operations import people, tasks
from webapp.operations.acting import SYSTEM
from webapp.operations.refusals import NotNow
from webapp.queries.conflicts_of_delegates import conflict_of
from webapp.queries.standing import Held, standing_of

__all__ = ["browser", "signed_in"]


@scene
def checked(office):
    """The code of a nomination that the officer's side checks."""
    office.open_campaign()
    code = office.nominate()
    office.do("officer", "prepare_on_behalf", code)
    return code


def taken(office, code, username="head"):
    task = office.task("check_dossier", code).public_id
    tasks.take_task(task, actor=office.actor(username), now=office.now)
    return task


def test_who_prepared_a_dossier_does_not_check_it_for_another(office, checked):
    """The chairman concludes for the commune; the officer who checked and prepared may not do it in their name."""
    office.do("officer", "check_dossier", checked, decision="complete")
    day = office.today.isoformat()
    office.do("officer", "record_meeting", checked, decision="agree", met_on=day)
    accepted(office, "commune_chair", "officer", role="commune_chair")
    task = office.task("conclude_commune_council", checked).public_id
    with pytest.raises(NotNow, match="conflict_of_delegate_same_hands"):
        tasks.take_task(task, actor=office.actor("officer"), now=office.now)


def test_the_same_work_in_the_unit_that_came_after_is_no_other_part(office, checked):
    """The head checks a dossier for the officer; after a merger either may go on with the officer's part in it."""
    accepted(office, "officer", "head")
    office.do("head", "check_dossier", checked, decision="complete")
    office.move(days=1)
    merge(office)
    meeting = office.task("record_meeting", checked)
    assert meeting.unit.code == NEW
    officer = standing_of(db.session(), office.person("officer"), office.today)
    assert conflict_of(db.session(), officer, meeting) == ""
    new = meeting.unit_id
    head = standing_of(db.session(), office.person("head"), office.today).alone()
    head = replace(head, roles=(*head.roles, Held("officer", new, NEW)))
    assert conflict_of(db.session(), head, meeting) == ""


def test_the_nominee_of_either_is_a_conflict(office, checked):
    accepted(office)
    nomination = office.read(select(Nomination))[0]
    for username in ("head", "officer"):
        nomination = db.session.get(Nomination, nomination.id)
        nomination.nominee.person_id = office.person(username).id
        db.session.commit()
        with pytest.raises(NotNow, match="conflict_of_delegate_same_person"):
            taken(office, checked)


def test_a_role_in_the_unit_of_the_nominee_is_a_conflict(office, checked):
    """Outside the commune itself: there everybody belongs to the unit."""
    accepted(office)
    task = office.task("check_dossier", checked)
    head = office.person("head")
    standing = standing_of(db.session(), head, office.today)
    assert conflict_of(db.session(), standing, task) == ""
    [lent], district = standing.lent, next(held.unit_id for held in head.holdings)
    task.unit_id, task.role = district, "officer"  # as if the district had to do it
    assert (
        conflict_of(db.session(), replace(standing, lent=(replace(lent, unit_id=district),)), task)
        == "same_unit"
    )
    db.session.rollback()


@pytest.mark.parametrize("username", ["authority", "officer"])
def test_a_declared_relation_of_either_is_a_conflict(office, checked, username):
    people.give_role(
        office.person("authority").public_id, "secretary", TINH_BIEN, LONG_AGO, actor=SYSTEM, now=office.now
    )
    accepted(office, delegate="authority")
    seat = office.read(select(CouncilMembership).where(CouncilMembership.position == "chair"))[0]
    seat.person_id = office.person(username).id
    nomination = office.read(select(Nomination))[0]
    db.session.add(
        DeclaredRelation(membership_id=seat.id, nomination_id=nomination.id, declared_at=office.at)
    )
    db.session.commit()
    with pytest.raises(NotNow, match="conflict_of_delegate_declared"):
        taken(office, checked, "authority")


def test_what_is_for_one_person_alone_is_never_barred(office, checked):
    """A vote or an own form is nobody else's, whatever its owner did for others in the case."""
    accepted(office, "officer", "commune_chair")
    office.do("commune_chair", "check_dossier", checked, decision="complete")
    chair = replace(standing_of(db.session(), office.person("commune_chair"), office.today), lent=())
    own = office.task("record_meeting", checked)
    own.role = "registrant"
    assert conflict_of(db.session(), chair, own) == "own_hands"
    own.person_id = chair.person_id
    assert conflict_of(db.session(), chair, own) == ""
    db.session.rollback()


def test_the_page_says_why_and_takes_back_what_is_barred(signed_in, office, checked):
    """The chairman has checked the dossier for the officer, and had taken the conclusion of the commune before."""
    accepted(office, "officer", "commune_chair")
    office.do("commune_chair", "check_dossier", checked, decision="complete")
    office.do("officer", "record_meeting", checked, decision="agree", met_on=office.today.isoformat())
    task = office.task("conclude_commune_council", checked)
    db.session.get(Task, task.id).holder_id = office.person("commune_chair").id
    db.session.commit()
    browser = signed_in("commune_chair")
    page = browser.get(f"/tasks/{office.task('conclude_commune_council', checked).public_id}")
    assert "đã làm thay người khác trong hồ sơ này ở một vai trò khác" in page.one(".notice-held").get_text()
    assert not page.all("[data-primary]")
    browser.submit("form.give-back")
    assert office.task("conclude_commune_council", checked).holder_id is None

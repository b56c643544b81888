"""Assessment: complete is what has the papers of its award, agreed who has agreed by the rule."""

import pytest
from sqlalchemy import select

from tests.founded import campaign, database
from tests.offices import scene
from tests.people import POLICE
from tests.sittings import Council
from webapp.extensions import db
from webapp.models import Notice
from webapp.operations.refusals import InvalidForm
from webapp.queries.asked_opinions import asked_opinions, opinion_request_facts

__all__ = ["campaign", "database"]


@pytest.fixture
def office(app):
    return Council()


@scene
def code(office, campaign):
    """A dossier whose papers are complete."""
    made = office.nominate()
    office.do(
        "officer", "prepare_on_behalf", made, nominee_kind="individual", name_on_paper="Nguyễn Văn Nông"
    )
    office.do("officer", "check_dossier", made, decision="complete")
    return made


def refused(office, username, element, code, **form):
    with pytest.raises(InvalidForm) as found:
        office.do(username, element, code, **form)
    return [(fault.pointer, fault.code, fault.params) for fault in found.value.faults]


def test_the_meeting_of_a_hamlet(office, code):
    said = {"meeting_kind": "hamlet", "decision": "agree", "invited": 40}
    assert refused(office, "officer", "record_meeting", code, **said, present=19, agreed=19) == [
        ("/present", "too_few_present", {"needed": 20})
    ]
    assert refused(office, "officer", "record_meeting", code, **said, present=20, agreed=10) == [
        ("/agreed", "too_few_agree", {"needed": 11})
    ]
    office.do("officer", "record_meeting", code, **said, present=20, agreed=11)


def test_a_meeting_that_refuses_is_not_judged(office, code):
    office.do(
        "officer",
        "record_meeting",
        code,
        decision="refuse",
        invited=40,
        present=10,
        agreed=1,
        ground="wrong_group",
    )


def test_the_council_of_the_commune(office, code):
    office.do("officer", "record_meeting", code, decision="agree", invited=40, present=40, agreed=40)
    said = {"decision": "agree", "members": 9}
    assert refused(
        office, "commune_chair", "conclude_commune_council", code, **said, present=5, agreed=5
    ) == [("/present", "too_few_present", {"needed": None})]
    assert refused(
        office, "commune_chair", "conclude_commune_council", code, **said, present=8, agreed=4
    ) == [("/agreed", "too_few_agree", {"needed": 5})]
    office.do("commune_chair", "conclude_commune_council", code, **said, present=8, agreed=5)


def test_an_office_brings_the_minutes_of_its_meeting_along(office, campaign):
    made = office.nominate(nominee_kind="commune", nominee_name="Xã An Cư", strand="ho-tro-dia-ban-ngheo")
    office.do("officer", "prepare_on_behalf", made, nominee_kind="commune", name_on_paper="Xã An Cư")
    office.submit([made], "officer", "commune_chair")
    assert refused(office, "specialist", "appraise", made, decision="eligible") == [
        ("/decision", "papers_missing", {"papers": ["Biên bản họp xét, đề nghị khen thưởng"]})
    ]
    office.do("specialist", "appraise", made, decision="supplement")
    task = office.task("supplement_for_district", made)
    minutes = [{"paper_type": "meeting_minutes", "file": office.paper("officer", task.public_id, "other")}]
    office.do("officer", "supplement_for_district", task=task, listed_papers=minutes)
    office.do("specialist", "appraise", made, decision="eligible")


def test_a_body_is_asked_by_letter_reminded_and_its_silence_noted(office, code):
    office.do("officer", "record_meeting", code, decision="agree", invited=40, present=40, agreed=40)
    said = {"decision": "agree", "members": 9, "present": 9, "agreed": 9}
    office.do("commune_chair", "conclude_commune_council", code, **said)
    office.do("officer", "post_publicly", code)
    office.move(days=6)
    office.do("officer", "conclude_posting", code, decision="clear")
    office.submit([code], "officer", "commune_chair")
    office.do("specialist", "appraise", code, decision="ask_opinions", bodies=[POLICE], question="Lý lịch?")
    [asked] = asked_opinions(db.session(), office.case(code).id)
    assert (asked.unit.code, asked.answer) == (POLICE, None)
    facts = opinion_request_facts(db.session(), office.case(code), asked.task)
    assert (facts["question"], facts["nominee"]["name"]) == ("Lý lịch?", "Nguyễn Văn Nông")
    assert facts["due"] is not None
    office.move(days=12)
    told = office.read(select(Notice.template).where(Notice.person_id == office.person("police").id))
    assert "opinion_reminder" in told
    office.move(days=8)
    assert [each.answer for each in asked_opinions(db.session(), office.case(code).id)] == ["silent"]
    with pytest.raises(LookupError):
        opinion_request_facts(db.session(), office.case(code), "no-such-task")

"""Commune assessment: who is said to agree must have agreed by the rule."""

import pytest

from tests.factories import Office
from tests.founded import campaign, database
from webapp.operations.refusals import InvalidForm

__all__ = ["campaign", "database"]


@pytest.fixture
def office(app):
    return Office()


@pytest.fixture
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

"""A submission batch whose list changes after it was drawn up."""

import pytest
from sqlalchemy import select

from tests.factories import ROUND
from tests.offices import scene
from tests.pages import Browser
from tests.proven import faults
from tests.sittings import AN_CU, SIGNATURE, SUBMITTERS
from webapp.models import SubmissionLine
from webapp.operations.interventions import freeze_case, resume_case, stop_case
from webapp.operations.refusals import InvalidForm

OFFICER, CHAIR = SUBMITTERS[AN_CU]


@scene
def ready(council):
    """Two dossiers of An Cư that have been posted, and a batch with both on its list."""
    entries = [{"nominee_name": "Võ Thành Lẫm"}, {"nominee_name": "Neáng Sóc Kha"}]
    codes = [council.nominate(OFFICER, submitting_unit=AN_CU, **entry) for entry in entries]
    for code, entry in zip(codes, entries, strict=True):
        council.assess(code, OFFICER, CHAIR, entry)
    council.move(days=6)
    for code in codes:
        council.do(OFFICER, "conclude_posting", code, decision="clear")
    batch = council.start(OFFICER, "submission", round=ROUND)
    council.do(OFFICER, "prepare_submission", batch, nominations=codes)
    return batch, codes


def sign(council, batch):
    day = council.at.date().isoformat()
    signed = {"decision": "sign", "signature": SIGNATURE, "document_number": "9/TTr-UBND", "issued_on": day}
    council.do(CHAIR, "sign_submission", batch, **signed)
    council.work()


def receive(council, batch, *lines):
    rows = [{"nomination": code, "line": "received"} for code in lines]
    council.do("specialist", "receive_submission", batch, lines=rows)
    council.work()


def refused(act, *given):
    with pytest.raises(InvalidForm) as refusal:
        act(*given)
    return [(fault.pointer, fault.code, fault.params["codes"]) for fault in refusal.value.faults]


def withdraw(council, code):
    stop_case(code, "Xin rút", actor=council.actor(OFFICER), now=council.now)


def results(council):
    newest = select(SubmissionLine).order_by(SubmissionLine.id.desc()).limit(2)
    return [line.result for line in council.read(newest)]


def test_nothing_withdrawn_is_signed(council, ready):
    batch, (first, second) = ready
    withdraw(council, first)
    assert refused(sign, council, batch) == [("/decision", "lines_closed", first)]
    council.do(CHAIR, "sign_submission", batch, decision="return")
    council.do(OFFICER, "prepare_submission", batch, nominations=[second])
    sign(council, batch)
    receive(council, batch, second)
    assert council.case(second).stage == "district"


def test_whoever_signs_sees_what_was_withdrawn(app, council, ready):
    batch, (first, _second) = ready
    withdraw(council, first)
    browser = Browser(app)
    browser.sign_in_as(council.person(CHAIR))
    page = browser.get(f"/tasks/{council.task('sign_submission', batch).public_id}")
    lines = [line.get_text(" ", strip=True) for line in page.all(".related-list li")]
    assert ["Đã rút" in line for line in lines] == [True, False]


def test_line_withdrawn_after_the_signature_holds_up_no_other(council, ready):
    batch, (first, second) = ready
    sign(council, batch)
    withdraw(council, first)
    receive(council, batch, second)
    assert results(council) == ["received", "withdrawn"]
    assert council.case(second).stage == "district"
    assert council.case(first).outcome == "withdrawn"
    assert faults() == []


def test_suspended_line_is_received_and_goes_on_when_it_may(council, ready):
    batch, (first, second) = ready
    sign(council, batch)
    actor = council.actor("specialist")
    freeze_case(first, "Có đơn tố cáo", actor=actor, now=council.now)
    receive(council, batch, first, second)
    assert [council.case(code).stage for code in (first, second)] == ["submission", "district"]
    resume_case(first, "Đơn không có cơ sở", actor=actor, now=council.now)
    council.work()
    assert council.case(first).stage == "district"


def test_each_line_is_answered_once(council, ready):
    batch, (first, second) = ready
    sign(council, batch)
    assert refused(receive, council, batch, first, first, second) == [("/lines", "line_twice", first)]
    assert refused(receive, council, batch, first) == [("/lines", "lines_missing", second)]

"""Decisions signed elsewhere and by deputies: what is compared, asked for, printed and kept."""

import datetime as dt
import io
from typing import Any

import pytest
from PIL import Image
from sqlalchemy import select

from tests.delegating import accepted
from tests.offices import scene
from tests.people import TINH_BIEN
from tests.proven import faults, open_elements
from tests.sittings import OURS_CODES, SIGNATURE, VIETNAM
from webapp import eventlog
from webapp.documents import render
from webapp.extensions import db
from webapp.models import Award, Case, Decision, DecisionCopy, Notice, Paper, SignedComparison
from webapp.operations.papers import Upload, add_paper
from webapp.operations.refusals import InvalidForm
from webapp.operations.tasks import complete_task
from webapp.queries.archive_papers import archive_index_facts
from webapp.queries.award_lists import numbered_decision
from webapp.queries.award_papers import decision_facts
from webapp.queries.decisions import decision_of

COUNCIL = "concluded"
RECORD = "record_signed_decision"


@scene
def sent_out(council):
    """A decision on two nominations, to be signed elsewhere."""
    code = council.draft(OURS_CODES[:2])
    council.do("head", "submit_decision", code, decision="submit", signature=SIGNATURE)
    council.do("office", "check_decision", code, decision="approve", signing="elsewhere")
    return code


def facts_of(council, code, **head):
    facts = decision_facts(db.session(), decision_of(db.session(), council.case(code)))
    return facts | {"letterhead": facts["letterhead"] | head}


def handed_in(council, code, content, name="qd.pdf"):
    task = council.task(RECORD, code).public_id
    upload = Upload(name, io.BytesIO(content), "signed_decision")
    return add_paper(task, upload, actor=council.actor("clerk"), now=council.now)


def recorded(council, code, paper, **changes: Any):
    """Enter the signed file; the codes of what is refused."""
    today = council.at.astimezone(VIETNAM).date().isoformat()
    form = {"decision": "record", "signed_decision": paper, "number": 8, "symbol": "QĐ-UBND"}
    form |= {"dated_on": today, "signer": council.person("authority").public_id, "signed_as": "chief"}
    task = council.task(RECORD, code).public_id
    try:
        complete_task(task, form | changes, actor=council.actor("clerk"), now=council.now)
    except InvalidForm as refusal:
        db.session.rollback()
        return [(fault.pointer, fault.code, dict(fault.params)) for fault in refusal.faults]
    council.work()
    return []


def today_of(council):
    return council.at.astimezone(VIETNAM).date().isoformat()


def test_the_very_file_becomes_the_decision(council, sent_out):
    pdf = render("decision", facts_of(council, sent_out, number=8, date=today_of(council))).pdf
    paper = handed_in(council, sent_out, pdf)
    assert recorded(council, sent_out, paper) == []
    decision = db.session.scalar(select(Decision))
    assert (decision.number, decision.signing, decision.signed_at) == (8, "elsewhere", None)
    assert decision.signed_paper.public_id == paper
    assert (decision.signer_position, decision.permit_number) == ("Chủ tịch", None)
    kinds = set(db.session.scalars(select(Paper.document_type).where(Paper.case_id == decision.case_id)))
    assert kinds == {None, "certificate"}
    assert sorted(db.session.scalars(select(Award.register_number))) == [1, 2]
    assert sorted(open_elements(sent_out)) == ["hand_over", "send_copies"]
    kept = db.session.scalar(select(SignedComparison))
    assert (kept.found["differences"], kept.found["verdict"], kept.reason) == ([], "unsigned", None)
    events = eventlog.read_stream(db.session(), eventlog.case_stream(sent_out))
    [event] = [each for each in events if each.type == "signed_paper_recorded"]
    assert event.fields == {
        "sha256": decision.signed_paper.sha256,
        "verdict": "unsigned",
        "differences": 0,
        "by_eye": 0,
    }  # fmt: skip -- one line of fields
    numbered = numbered_decision(db.session(), council.case(sent_out))
    titles = [
        [line["title"] for line in section["lines"]]
        for section in archive_index_facts(db.session(), numbered, council.today)["sections"]
    ]
    assert titles[0] == ["Quyết định khen thưởng (bản đã ký, đóng dấu)", "Giấy khen, bằng khen"]
    assert faults() == []


def test_differences_are_refused_until_there_is_a_reason(council, sent_out):
    facts = facts_of(council, sent_out)
    facts["groups"][0]["lines"][0]["prize"] += 50_000
    paper = handed_in(council, sent_out, render("decision", facts).pdf)
    [(pointer, code, params)] = recorded(council, sent_out, paper)
    assert (pointer, code) == ("/differences_reason", "differences_unexplained")
    assert params["count"] == 3
    assert db.session.scalar(select(Decision.number)) is None
    reason = "Mức thưởng được sửa tay khi ký; đã báo Phòng Nội vụ."
    assert recorded(council, sent_out, paper, differences_reason=reason) == []
    kept = db.session.scalar(select(SignedComparison))
    assert kept.reason == reason
    assert [each["kind"] for each in kept.found["differences"]] == ["amount", "total", "words"]


def test_a_scan_is_read_by_eye(council, sent_out):
    file = io.BytesIO()
    Image.new("L", (620, 877), 255).save(file, format="PNG")
    paper = handed_in(council, sent_out, file.getvalue(), "quet.png")
    assert recorded(council, sent_out, paper) == [("/read_by_eye", "not_read_by_eye", {"pages": 1})]
    assert recorded(council, sent_out, paper, read_by_eye=True) == []
    assert db.session.scalar(select(SignedComparison.by_eye)) is True


def test_the_number_is_refused_that_another_decision_has(council, sent_out):
    other = council.draft(OURS_CODES[2:3])
    council.sign(other)
    council.number(other, 8)
    paper = handed_in(council, sent_out, render("decision", facts_of(council, sent_out)).pdf)
    assert [code for _place, code, _params in recorded(council, sent_out, paper)] == ["number_taken"]


def test_what_was_not_signed_goes_back_to_the_draft(council, sent_out):
    council.do("clerk", RECORD, sent_out, decision="return", return_reason="Sửa trích yếu")
    assert open_elements(sent_out) == ["draft_decision"]


# --- in the place of the chairman ---


def signed_by(council, username, code, **form):
    task = council.task("sign_decision", code).public_id
    data = {"decision": "sign", "signature": SIGNATURE} | form
    complete_task(task, data, actor=council.actor(username), now=council.now)


@scene
def to_sign(council):
    """A decision that waits for a signature on the software."""
    code = council.draft(OURS_CODES[:1])
    council.do("head", "submit_decision", code, decision="submit", signature=SIGNATURE)
    council.do("office", "check_decision", code, decision="approve", signing="here")
    return code


def refused(act):
    with pytest.raises(InvalidForm) as refusal:
        act()
    db.session.rollback()
    return [(fault.pointer, fault.code) for fault in refusal.value.faults]


def test_a_deputy_needs_the_paper_that_allows_it(council, to_sign):
    found = refused(lambda: signed_by(council, "authority", to_sign, signed_as="deputy"))
    assert found == [("/permit_number", "permit_missing")]


def test_the_paper_is_printed_among_the_bases_and_kept(council, to_sign):
    permit = "Quyết định số 15/QĐ-UBND ngày 03/01/2019 về phân công nhiệm vụ"
    signed_by(council, "authority", to_sign, signed_as="deputy", permit_number=permit)
    decision = db.session.scalar(select(Decision))
    assert (decision.signer_position, decision.permit_number) == ("KT. Chủ tịch Phó Chủ tịch", permit)
    facts = decision_facts(db.session(), decision)
    assert facts["bases"][-2:] == [f"Căn cứ {permit}", "Theo đề nghị của Trưởng phòng Nội vụ"]
    assert (facts["signature"]["lead"], facts["signature"]["position"]) == (["KT. Chủ tịch"], "Phó Chủ tịch")


def test_who_signs_by_a_delegation_does_not_sign_as_chairman(council, to_sign):
    role = ("authority", TINH_BIEN)
    accepted(council, "authority", "secretary", roles=(role,))
    found = refused(lambda: signed_by(council, "secretary", to_sign, signed_as="chief"))
    assert found == [("/signed_as", "signs_as_deputy")]


# --- copies ---


def test_copies_are_kept_and_units_are_told(council):
    code = council.draft(OURS_CODES[:1])
    council.sign(code)
    council.number(code, 7)
    rows = [
        {"recipient": "Thường trực Huyện ủy", "way": "paper"},
        {"recipient": f"{TINH_BIEN}/an-cu", "way": "document_system"},
    ]
    council.do("clerk", "send_copies", code, sent_on="2019-12-14", copies=rows)
    kept = db.session.scalars(select(DecisionCopy).order_by(DecisionCopy.id)).all()
    assert [(each.recipient, each.unit_id is not None, each.way) for each in kept] == [
        ("Thường trực Huyện ủy", False, "paper"),
        ("xã An Cư", True, "document_system"),
    ]
    assert {each.sent_on for each in kept} == {dt.date(2019, 12, 14)}
    told = select(Notice.person_id).join(Case, Case.id == Notice.case_id)
    people = set(db.session.scalars(told.where(Case.code == code, Notice.template == "decision_sent")))
    assert people == {council.person(name).id for name in ("officer", "colleague", "commune_chair")}

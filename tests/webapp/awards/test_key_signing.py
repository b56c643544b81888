"""A decision is signed here with keys: by the authority, then number, date and seal by the body."""

from dataclasses import replace

import pytest
from sqlalchemy import select

from tests.keyed import CODE, Signers
from tests.signing import BODY, LEADER, NOW, SECRET, file_key, other_title, trusted
from tests.softhsm import LABEL, PIN, TOKEN, needs_softhsm, plugged_in
from tests.webapp.documents.papers import needs_poppler, text
from tests.webapp.documents.signatures.test_signing import pdfsig
from webapp import eventlog
from webapp.documents.attachments import read_data
from webapp.documents.signatures.validating import examined
from webapp.extensions import db
from webapp.key_files import signing_key_path
from webapp.models import Decision, FormDraft, FormEntry, Paper, Verification
from webapp.operations import tasks
from webapp.operations.acting import SYSTEM
from webapp.operations.papers import file_store
from webapp.operations.refusals import InvalidForm
from webapp.operations.signing_keys import NewKey, Token, add_key, deactivate_key
from webapp.operations.tasks import actable_task, complete_in
from webapp.operations.transaction import write
from webapp.queries.archive_papers import archive_index_facts
from webapp.queries.award_lists import numbered_decision
from webapp.queries.redraws import redraws
from webapp.queries.task_forms import task_schema
from workflows.bulk import unsuited

COUNCIL = "concluded"
PAGE = f"/awards/decisions/{CODE}/signatures"


@pytest.fixture
def signers(app, council):
    return Signers(app, council)


def fault(page, name):
    """The sentence at a field."""
    return page.one(f"#f-{name}-fault").get_text(" ", strip=True)


@needs_poppler
def test_three_signatures_make_the_paper_of_record(signers, council, tmp_path):
    signers.sign()
    once = signers.file()
    signers.number()
    pdf = signers.file()
    assert pdf.startswith(once)
    council.work()

    found = examined(pdf, trusted(), NOW)
    assert (found.verdict, found.empty) == ("good", ())
    assert [(each.place, each.signer, each.since) for each in found.signatures] == [
        ("ChuKy", LEADER, "signed_on"),
        ("SoNgay", BODY, "signed_on"),
        ("ConDau", BODY, "nothing"),
    ]
    assert [each["Signature Validation"] for each in pdfsig(pdf, tmp_path)] == ["Signature is Valid."] * 3
    decision = numbered_decision(db.session(), council.case(CODE))
    [section, *_] = archive_index_facts(db.session(), decision, council.today)["sections"]
    titles = [line["title"] for line in section["lines"]]
    assert titles.count("Quyết định khen thưởng") == 1, "the archive has the one with all signatures"
    said = " ".join(text(pdf).split())
    assert "Số: 08/QĐ-UBND" in said
    assert f"Tịnh Biên, ngày {council.at:%d} tháng {council.at.month} năm 2019" in said
    assert examined(other_title(pdf), trusted(), NOW).verdict == "broken"

    papers = council.read(select(Paper).where(Paper.document_type == "decision").order_by(Paper.id))
    assert [paper.origin_id for paper in papers] == [None, papers[0].id, papers[1].id]
    drawn = redraws(db.session(), file_store(), council.case(CODE))
    assert {each.verdict for each in drawn} == {"same"}
    [code] = council.read(select(Verification).where(Verification.decision_id.is_not(None)))
    assert read_data(pdf)["code"]["text"].replace("-", "") == code.code

    browser = signers.browser
    page = browser.get(PAGE)
    assert [title.get_text() for title in page.all("h2")].count("Quyết định khen thưởng") == 1
    assert len(page.all(".signatures > li")) == 3
    told = browser.get(f"/awards/decisions/{CODE}").text
    assert "đã ký số quyết định" in told


def test_secrets_stand_nowhere_and_the_log_names_the_key(signers, council):
    signers.sign()
    signers.number()
    kept = council.read(select(FormEntry.data)) + council.read(select(FormDraft.data))
    events = list(eventlog.read_stream(db.session(), eventlog.case_stream(CODE)))
    signed = [event.fields for event in events if event.type == "paper_signed"]
    assert [each["places"] for each in signed] == [["ChuKy"], ["SoNgay", "ConDau"]]
    assert [each["key"] for each in signed] == [signers.leader, signers.body]
    assert not any(SECRET in str(each) for each in [*kept, *events])


def test_what_opens_no_key_is_a_fault_and_what_was_typed_stays(signers, council):
    page = signers.sign(422, pin="sai")
    assert "không mở được khóa này" in fault(page, "signature-pin")
    assert page.one("#f-signature-pin").get("value") in (None, "")
    form = page.form("form.task-form")
    assert (form["decision"], form["signature-method"], form["signature-key"]) == (
        "sign",
        "key",
        signers.leader,
    )
    assert not council.read(select(Paper).where(Paper.document_type == "decision"))
    assert council.task("sign_decision", CODE).status == "open"
    signers.sign()
    page = signers.number(pin="sai", status=422)
    assert "không mở được khóa này" in fault(page, "office_seal-pin")
    assert page.form("form.task-form")["number"] == "8"
    page = signers.number(pin=SECRET, number=0, status=422)
    assert fault(page, "number")


def test_keys_that_ran_out_and_keys_of_others_do_not_sign(signers, council, app):
    others = signers.add(file_key("Người Khác").content, "office")
    page = signers.sign(422, key=others)
    assert fault(page, "signature-key").endswith("Hãy chọn lại.")
    path = signing_key_path(app.config["SETTINGS"].data_dir, signers.leader)
    path.write_bytes(file_key("Người Khác").content)
    assert "không còn ở chỗ cũ" in fault(signers.sign(422), "signature-key")
    path.write_bytes(file_key(LEADER, days=-1).content)
    assert "đã hết hạn" in fault(signers.sign(422), "signature-key")


def test_without_keys_there_is_no_such_way(signers, council):
    deactivate_key(signers.body, actor=SYSTEM, now=council.now)
    page = signers.opened("authority", "sign_decision")
    assert [each["value"] for each in page.all("[name=signature-method]")] == ["password", "scan"]
    signers.browser.submit(
        "form.task-form",
        act="complete",
        decision="sign",
        **{"signature-method": "password", "signature-password": "thidua-demo"},
    )
    page = signers.opened("clerk", "number_decision")
    assert not page.all("#f-office_seal")


def test_what_changed_meanwhile_is_not_signed(signers, council, monkeypatch):
    def while_it_is_signed(*given, **named):
        ready = before(*given, **named)
        council.read(select(Decision))[0].title = "Về việc khác"
        db.session.commit()
        return ready

    before = tasks.readied
    monkeypatch.setattr(tasks, "readied", while_it_is_signed)
    page = signers.sign(409)
    assert "đã thay đổi trong lúc này" in page.text
    assert not council.read(select(Paper).where(Paper.document_type == "decision"))


def test_one_of_many_is_not_signed_with_a_key(signers, council):
    task = council.task("sign_decision", CODE)
    assert unsuited(task_schema(db.session(), task), ["sign"]) == ("sign",)
    form = {
        "decision": "sign",
        "signed_as": "chief",
        "signature": {"method": "key", "key": signers.leader, "pin": SECRET, "unstamped": False},
    }
    actor = council.actor("authority")
    with pytest.raises(InvalidForm) as refusal, write(actor, council.now) as transaction:
        complete_in(transaction, actable_task(transaction, task.public_id), form)
    assert [each.code for each in refusal.value.faults] == ["key_one_by_one"]


def test_a_service_of_time_stamps_that_does_not_answer_is_passed_over_only_when_told(
    signers, app, monkeypatch
):
    settings = replace(app.config["SETTINGS"], tsa_url="http://127.0.0.1:9/")
    monkeypatch.setitem(app.config, "SETTINGS", settings)
    assert "không trả lời" in fault(signers.sign(422), "signature-unstamped")
    signers.sign(unstamped="true")
    (found,) = examined(signers.file(), trusted(), NOW).signatures
    assert (found.intact, found.stamped_at) == (True, None)


@needs_softhsm
def test_a_token_signs_as_a_file_does(signers, council, app, monkeypatch):
    token = plugged_in()
    settings = replace(app.config["SETTINGS"], token_libraries=(token.library,))
    monkeypatch.setitem(app.config, "SETTINGS", settings)
    new = NewKey(
        "an-giang/tinh-bien", council.person("authority").public_id, token=Token(token.library, TOKEN, LABEL)
    )
    key = add_key(new, PIN, actor=SYSTEM, now=council.now)
    assert "không mở được khóa này" in fault(signers.sign(422, key=key, pin="9999"), "signature-pin")
    signers.sign(key=key, pin=PIN)
    (found,) = examined(signers.file(), trusted(), NOW).signatures
    assert (found.signer, found.intact, found.trust) == (LEADER, True, "trusted")


def test_the_file_for_a_program_of_the_office_has_its_places(signers, council):
    browser = signers.browser
    browser.sign_in_as(council.person("clerk"))
    page = browser.get(f"/awards/decisions/{CODE}")
    [link] = [each for each in page.all("main a") if each["href"].endswith("/to-sign.pdf")]
    answer = browser.client.get(link["href"])
    assert answer.mimetype == "application/pdf"
    assert examined(answer.data, [], NOW).empty == ("ChuKy", "SoNgay", "ConDau")
    assert read_data(answer.data)["code"] is None
    browser.sign_in_as(council.person("officer"))
    assert browser.client.get(link["href"]).status_code in (403, 404)
    signers.sign()
    browser.sign_in_as(council.person("clerk"))
    assert browser.client.get(link["href"]).data == signers.file()
    signers.number()
    assert browser.client.get(link["href"]).status_code == 404

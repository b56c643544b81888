"""Pictures chosen before there is a case: whose they are, whose they become, and what becomes of the rest."""

import io

import pytest
from sqlalchemy import select

from tests.factories import CAMPAIGN, PDF
from tests.introducing import photograph, propose
from tests.people import AN_CU
from tests.proven import faults
from tests.together import raised, together
from webapp import eventlog
from webapp.extensions import db
from webapp.models import Case, FormEntry, Paper, WaitingPaper
from webapp.operations.interventions import freeze_case
from webapp.operations.papers import PaperRefused, Upload
from webapp.operations.refusals import Forbidden, InvalidForm, NotFound, NotNow
from webapp.operations.start_papers import MOST, add_start_paper
from webapp.operations.starts import start_once
from webapp.operations.sweeps import GRACE, sweep_files, sweep_papers

SMALL = photograph(size=(60, 30))


def wait(office, username="registrant", content=SMALL, name="dan-bo.jpg", kind="picture"):
    upload = Upload(name, io.BytesIO(content), kind)
    return add_start_paper("exemplar", CAMPAIGN, upload, actor=office.actor(username), now=office.now)


def shown(*papers):
    return [{"picture": paper, "description": "Đàn bò của tổ"} for paper in papers]


def papers_logged(code):
    db.session.rollback()
    events = eventlog.read_stream(db.session(), f"case/{code}")
    return [event.fields for event in events if event.type == "paper_added"]


def test_the_case_takes_over_what_its_form_names(office, campaign):
    used, _left = wait(office), wait(office, content=photograph(size=(40, 40)))
    assert faults() == [], "what waits stands in no log, and nothing misses it"
    code = propose(office, pictures=shown(used))
    [entry] = office.read(select(FormEntry).where(FormEntry.case_id == office.case(code).id))
    [paper] = office.read(select(Paper).where(Paper.public_id == used))
    assert (paper.case_id, paper.form_entry_id) == (entry.case_id, entry.id)
    assert paper.created_at == office.now.at, "it came on the day of the proposal"
    assert papers_logged(code) == [{"paper": used, "kind": "picture", "sha256": paper.sha256}]
    assert faults() == []


@pytest.mark.parametrize("whose", ["somebody_else", "taken", "of_no_picture", "nobody"])
def test_only_an_own_waiting_picture_is_taken_over(office, campaign, whose):
    if whose == "somebody_else":
        paper = wait(office, "officer")
    elif whose == "of_no_picture":
        paper = wait(office, content=PDF, name="a.pdf", kind="other")
    elif whose == "taken":
        paper = wait(office)
        propose(office, pictures=shown(paper))
    else:
        paper = "00000000-0000-4000-8000-000000000000"
    with pytest.raises(InvalidForm) as refused:
        propose(office, pictures=shown(paper))
    assert [(each.pointer, each.code) for each in refused.value.faults] == [
        ("/pictures/0/picture", "paper_unknown")
    ]
    assert faults() == []


def test_of_two_proposals_at_once_one_gets_the_picture(app, office, campaign):
    paper = wait(office)
    results = together(app, [lambda: propose(office, pictures=shown(paper)) for _each in range(2)])
    assert raised(results) == [InvalidForm], results
    assert faults() == []


@pytest.mark.parametrize(
    ("name", "content", "code"),
    [
        ("a.jpg", photograph()[:100], "no_picture"),
        ("a.pdf", PDF, "no_picture"),
        ("a.jpg", b"", "empty"),
        ("a.exe", b"MZ", "wrong_type"),
        ("a.jpg", SMALL + b"x" * 20 * 2**20, "too_large"),
    ],
)
def test_what_is_no_picture_is_not_taken(office, campaign, name, content, code):
    with pytest.raises(PaperRefused, match=code):
        wait(office, name=name, content=content)
    assert office.read(select(WaitingPaper)) == []


@pytest.mark.parametrize("username", ["stranger", "province_specialist"])
def test_who_may_not_propose_uploads_nothing(office, campaign, username):
    with pytest.raises(Forbidden):
        wait(office, username)
    assert sweep_files(office.now.wall + 2 * GRACE) == 0


def test_nothing_is_uploaded_for_what_cannot_be_opened(office, campaign):
    upload = Upload("a.jpg", io.BytesIO(SMALL), "picture")
    for process, code in (("exemplar", "khong-co"), ("khong_co", CAMPAIGN)):
        with pytest.raises(NotFound):
            add_start_paper(process, code, upload, actor=office.actor("registrant"), now=office.now)
    freeze_case(campaign, "Kiểm tra", actor=office.actor("secretary"), now=office.now)
    with pytest.raises(NotNow, match="campaign_suspended"):
        wait(office)


def test_nobody_fills_the_disk(office, campaign):
    for _each in range(MOST):
        wait(office)
    with pytest.raises(PaperRefused, match="too_many"):
        wait(office)
    wait(office, "officer")


def test_what_is_never_sent_goes_after_a_day(office, campaign):
    used = wait(office)
    propose(office, pictures=shown(used))
    left = wait(office, content=photograph(size=(40, 40)))
    sweep_papers(office.now.wall + GRACE / 2)
    assert office.read(select(WaitingPaper.public_id)) == [left]
    sweep_papers(office.now.wall + 2 * GRACE)
    assert office.read(select(WaitingPaper.public_id)) == []
    assert used in office.read(select(Paper.public_id))
    assert sweep_files(office.now.wall + 2 * GRACE) == 1
    assert faults() == []


def test_the_same_form_with_its_files_uploaded_again_opens_one_case(office, campaign):
    form = {"exemplar_kind": "model", "exemplar_name": "Tổ nuôi bò", "story": "Mười hộ góp vốn."}

    def send(content=SMALL):
        data = form | {"submitting_unit": AN_CU, "pictures": shown(wait(office, content=content))}
        actor = office.actor("registrant")
        return start_once("form/1", "exemplar", CAMPAIGN, data, actor=actor, now=office.now)

    first, again = send(), send()
    assert (first.code, first.again, again.code, again.again) == (again.code, False, first.code, True)
    with pytest.raises(NotNow, match="key_reused"):
        send(photograph(size=(40, 40)))
    assert len(office.read(select(Case).where(Case.process == "exemplar"))) == 1
    assert len(papers_logged(first.code)) == 1

"""What is handed out of a case whose data were erased by law, of one that lost them, and of one that has them again."""

import zipfile

import pytest
from sqlalchemy import select, text

from tests.erased import erase
from tests.webapp.audit.test_proof import proof
from webapp import eventlog
from webapp.audit.offline_verifier import Verification
from webapp.audit.offline_verifier.command import summary
from webapp.extensions import db
from webapp.models import ERASED, Case, Paper
from webapp.operations.interventions import stop_case
from webapp.operations.papers import file_store

__all__ = ["proof"]


@pytest.fixture
def erased(office, walked):
    """Digests of the papers of the case, erased by law; their files lie there until the night."""
    stop_case(walked, "Xin rút", actor=office.actor("officer"), now=office.now)
    office.work()
    digests = office.read(select(Paper.sha256).join(Case).where(Case.code == walked))
    erase(office, walked)
    assert digests
    return digests


def test_what_was_erased_is_told_and_the_chain_still_holds(take, walked, erased):
    bundle = take("--case", walked)
    run = Verification(bundle).run()
    assert run.faults == []
    assert "phần riêng tư đã xóa theo luật, mã băm đã kiểm chứng" in summary(run, False, False)[1]
    page = zipfile.ZipFile(bundle).read(f"case_files/{walked}.html").decode()
    assert "nội dung đã được xóa theo luật; mã băm trong nhật ký đã được kiểm chứng" in page


def test_erased_papers_are_in_no_bundle_and_no_export_while_their_files_still_lie_there(
    app, take, walked, erased, tmp_path
):
    for digest in erased:
        file_store().open(digest).close()
    assert not [name for name in zipfile.ZipFile(take("--case", walked)).namelist() if "documents/" in name]
    whole = tmp_path / "whole"
    done = app.test_cli_runner().invoke(args=["audit", "export", str(whole), "--documents", "--private"])
    assert done.exit_code == 0, done.output
    assert list(whole.glob("documents/*"))  # of the campaign, which has the same file
    assert not [path.name for path in whole.glob("documents/*") if ERASED in path.name]
    assert Verification(whole).run().faults == []


def test_what_went_without_an_erasure_on_record_is_a_fault(take, walked):
    events = eventlog.read_stream(db.session(), f"case/{walked}")
    event = next(each for each in events if each.private and each.type == "task_completed")
    eventlog.erase_private(db.session(), event.id)
    db.session.commit()
    bundle = take("--case", walked)
    [fault] = Verification(bundle).run().faults
    assert (fault.code, fault.told(True)) == (
        "unsaid",
        f"The personal part of event {event.number} of case {walked} is missing, and the log tells of no erasure",
    )
    page = zipfile.ZipFile(bundle).read(f"case_files/{walked}.html").decode()
    assert "thiếu nội dung, nhật ký không ghi việc xóa nào" in page
    assert "nội dung đã được xóa theo luật" not in page


def test_what_was_erased_and_is_here_again_is_a_fault(office, take, walked, forge, proof):
    query = "SELECT event_id, salt, content FROM event_private JOIN event ON event.id = event_id"
    [row] = db.session.execute(
        text(f"{query} WHERE stream = :stream AND number = 1"), {"stream": f"case/{walked}"}
    ).mappings()
    stop_case(walked, "Xin rút", actor=office.actor("officer"), now=office.now)
    office.work()
    erase(office, walked)
    assert proof() == []
    forge("INSERT INTO event_private (event_id, salt, content) VALUES (:event_id, :salt, :content)", **row)
    assert ("returned", f"case/{walked} #1") in proof()
    [fault] = Verification(take("--case", walked)).run().faults
    assert (
        fault.told(False)
        == f"Phần riêng tư của sự kiện số 1 của hồ sơ {walked} đã được xóa theo luật, nay lại có"
    )


def test_a_paper_that_was_erased_and_is_here_again_is_a_fault(walked, erased, forge, proof):
    forge("UPDATE paper SET erased_at = NULL", guarded=True)
    assert {kind for kind, _place in proof()} == {"returned"}

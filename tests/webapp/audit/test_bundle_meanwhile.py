"""A bundle that is written while work goes on, does not fit, or cannot be written to its end."""

import json
import zipfile

import pytest

from tests.factories import CAMPAIGN
from tests.webapp.audit.forged import told
from webapp.audit.case_files import case_file
from webapp.extensions import db
from webapp.operations.bundles import write_bundle
from webapp.queries.bundles import Wanted
from webapp.queries.handed_out import document_path

MOST_BYTES = 255
TAKE = "form[action='/audit/bundles']:has(input[value=case])"


def test_what_is_done_meanwhile_is_in_all_of_it(office, walked, tmp_path):
    path = tmp_path / "bundle.zip"
    with path.open("w+b") as file:
        steps = write_bundle(
            Wanted("campaign", CAMPAIGN, None),
            lambda case: case_file(db.session(), case),
            file,
            now=office.now,
        )
        next(steps)  # the first case, that of the campaign itself
        office.do("officer", "record_meeting", walked)
        office.work()
        for _count in steps:
            pass
    assert told(path) == []
    bundle = zipfile.ZipFile(path)
    lines = [json.loads(line) for line in bundle.read("events.jsonl").decode().splitlines()]
    last = [line for line in lines if line["stream"] == f"case/{walked}"][-1]
    page = bundle.read(f"case_files/{walked}.html").decode()
    assert "“Ghi biên bản họp bình xét”" in page
    assert last["hash"] in page


def test_a_half_bundle_does_not_have_the_name_of_a_whole_one(app, walked, tmp_path, monkeypatch):
    whole = tmp_path / "bundle.zip"
    whole.write_text("the one of yesterday")

    def full(*_given):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("webapp.operations.bundles._write_events", full)
    arguments = ["audit", "export", str(whole), "--format", "bundle", "--case", walked]
    assert app.test_cli_runner().invoke(args=arguments).exit_code == 1
    assert whole.read_text() == "the one of yesterday"
    assert list(tmp_path.iterdir()) == [whole]


@pytest.mark.parametrize("out", [".", "nowhere/bundle.zip"])
def test_a_folder_is_refused_before_anything_is_written(app, office, walked, tmp_path, out):
    arguments = ["audit", "export", str(tmp_path / out), "--format", "bundle", "--case", walked]
    assert app.test_cli_runner().invoke(args=arguments).exit_code == 2
    assert office.access("bundle_exported") == []


def test_more_than_one_file_can_hold_is_refused_at_once(browser, office, walked, monkeypatch):
    browser.get(f"/audit/cases/{walked}")
    monkeypatch.setattr("webapp.audit.bundling.LARGEST", 10)
    page = browser.submit(TAKE, status=409)
    assert "vượt quá cỡ một tệp (500 MB)" in page.text
    assert office.access("bundle_exported") == []


def test_two_who_press_at_once_get_the_same_file(browser, office, walked, monkeypatch):
    """The second has looked before the first had begun."""
    browser.get(f"/audit/cases/{walked}")
    first = browser.submit(TAKE).answer.request.path
    monkeypatch.setattr("webapp.audit.bundling.under_way", lambda *_asked: None)
    browser.get(f"/audit/cases/{walked}")
    assert browser.submit(TAKE).answer.request.path == first
    assert len(browser.get("/exports").all("tbody tr")) == 1


@pytest.mark.parametrize(
    "name", ["ế" * 120 + ".pdf", "Báo cáo.docx", "../../etc/passwd", "CON.pdf", "tệp. ", "a" * 300 + ".xlsx"]
)
def test_a_paper_can_be_unpacked_under_any_system(name):
    path = document_path("ab" * 32, name)
    folder, _, file = path.partition("/")
    assert folder == "documents"
    assert file.startswith("abababababab-")
    assert len(file.encode()) < MOST_BYTES
    assert not set(file) & set('<>:"/\\|?*')
    assert file.rstrip(". ") == file

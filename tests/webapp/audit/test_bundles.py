"""A bundle of evidence: what is in it, and that it is checked without the program."""

import json
import subprocess
import sys
import zipfile

import pytest


def test_it_is_checked_in_an_empty_folder_without_the_program(bundle, tmp_path):
    empty = tmp_path / "elsewhere"
    empty.mkdir()
    (empty / "verify.py").write_bytes(zipfile.ZipFile(bundle).read("verify.py"))
    key = zipfile.ZipFile(bundle).read("keys.txt").decode().strip()
    command = [sys.executable, "-I", "verify.py", str(bundle), "--key", key, "--self-test"]
    done = subprocess.run(
        command, cwd=empty, env={"PYTHONUTF8": "1"}, capture_output=True, text=True, check=False
    )
    assert done.stdout.startswith("KHỚP: "), done.stdout + done.stderr
    assert "Tự kiểm tra: mọi bản giả đều bị phát hiện" in done.stdout
    assert "không" not in done.stderr
    assert done.returncode == 0


def test_it_holds_what_an_auditor_needs(bundle, walked):
    names = zipfile.ZipFile(bundle).namelist()
    assert {f"case_files/{walked}.pdf", f"case_files/{walked}.html", "README.txt", "verify.py"} <= set(names)
    assert {"MANIFEST.json", "MANIFEST.sig", "proof.json", "events.jsonl", "private.jsonl"} <= set(names)
    assert any(name.startswith("documents/") and name.endswith("bao-cao.pdf") for name in names)
    assert any(name.endswith("nomination.bpmn") for name in names)
    assert len(names) == len(set(names))


def test_its_streams_are_those_of_the_case(bundle, walked):
    lines = zipfile.ZipFile(bundle).read("events.jsonl").decode().splitlines()
    assert {json.loads(line)["stream"] for line in lines} == {f"case/{walked}", "deployment/nomination"}


def test_the_case_file_stands_alone_and_tells_every_step(bundle, walked):
    page = zipfile.ZipFile(bundle).read(f"case_files/{walked}.html").decode()
    assert "Văn Cán Bộ hoàn thành “Kiểm tra thành phần hồ sơ (lần 3)”: Hồ sơ đầy đủ." in page
    assert "Bước 9/9" in page
    assert "Chạy lại từ nhật ký: 8/8. Đã kiểm chứng: khớp." in page
    assert "Đã có chữ ký của ấp Ba Xoài" in page
    assert not [part for part in ("src=", "url(", "<script", "<link", "href=") if part in page]


def test_that_it_was_taken_is_in_the_log(office, bundle, walked):
    [event] = office.access("bundle_exported")
    assert event.fields == {"scope": "case", "of": walked, "cases": 1, "papers": event.fields["papers"]}
    assert event.fields["papers"] > 0


@pytest.mark.parametrize(
    "options", [(), ("--case", "X", "--campaign", "Y"), ("--case", "X", "--case", "Y"), ("--private",)]
)
def test_a_bundle_is_of_one_thing(take, options):
    take(*options, status=2)


def test_a_bundle_of_what_is_not_there_is_refused(take, walked):
    take("--case", "HS-1999-0001", status=2)
    take("--session", walked, status=2)
    take("--campaign", "no-such", status=2)

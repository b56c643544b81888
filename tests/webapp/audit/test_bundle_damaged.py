"""What a bundle meets on its way: damaged and lost files, links, an older one, a screen without Vietnamese letters."""

import random
import subprocess
import sys
import zipfile

import pytest

from tests.webapp.audit.forged import told
from webapp import eventlog
from webapp.audit.offline_verifier import Verification, main
from webapp.extensions import db
from webapp.operations.acting import SYSTEM
from webapp.operations.audit import make_checkpoint
from webapp.queries.checkpoints import file_text


@pytest.mark.parametrize("lost", ["MANIFEST.json", "MANIFEST.sig", "proof.json"])
def test_what_a_bundle_stands_on_is_named_when_it_was_taken_away(folder, capsys, lost):
    (folder / lost).unlink()
    assert main([str(folder)]) == 1
    assert capsys.readouterr().out.startswith(f"{lost}: tệp của gói đã bị bỏ đi\n")


def test_a_damaged_file_of_the_zip_is_named_and_the_others_are_checked(bundle, walked, tmp_path):
    """Bytes of the packed file itself are turned, so that it cannot be unpacked any more."""
    content = bytearray(bundle.read_bytes())
    name = f"case_files/{walked}.html"
    start = zipfile.ZipFile(bundle).getinfo(name).header_offset + 100
    content[start : start + 40] = bytes(255 - byte for byte in content[start : start + 40])
    damaged = tmp_path / "damaged.zip"
    damaged.write_bytes(content)
    assert told(damaged) == [f"{name}: không đọc được"]


def test_whatever_bit_of_the_zip_is_turned_the_verifier_has_an_answer(bundle, tmp_path):
    content, drawn = bundle.read_bytes(), random.Random(5)
    damaged = tmp_path / "damaged.zip"
    for _time in range(60):
        changed = bytearray(content)
        changed[drawn.randrange(len(content))] ^= 1 << drawn.randrange(8)
        damaged.write_bytes(changed)
        assert main([str(damaged)]) in (0, 1, 2)  # 0: a bit of what stands around the files, as an instant


@pytest.mark.parametrize("place", ["case_files/__pycache__", "documents", "."])
def test_a_file_that_was_added_is_found_wherever_it_lies(folder, place):
    (folder / place).mkdir(exist_ok=True)
    (folder / place / "other.html").write_text("forged")
    added = (folder / place / "other.html").relative_to(folder).as_posix()
    assert f"{added}: tệp được thêm vào gói" in told(folder)


def test_a_folder_that_is_linked_in_is_found(folder, tmp_path):
    (tmp_path / "forged").mkdir()
    (folder / "case_files" / "more").symlink_to(tmp_path / "forged")
    assert told(folder) == ["case_files/more: là liên kết dẫn ra nơi khác; không được đọc"]


def test_it_says_of_which_instant_it_is(bundle, office, capsys):
    main([str(bundle)])
    assert f"Gói lập lúc {office.now.at.astimezone():%Y-%m-%d}" in capsys.readouterr().out
    main([str(bundle), "--lang", "en"])
    assert "what was recorded later is not in it" in capsys.readouterr().out


def test_an_older_bundle_is_shown_by_a_newer_checkpoint(bundle, office, walked, tmp_path):
    events = eventlog.read_stream(db.session(), f"case/{walked}")
    office.do("officer", "record_meeting", walked)
    make_checkpoint(actor=SYSTEM, now=office.now)
    kept = tmp_path / "kept.json"
    kept.write_text(file_text(eventlog.checkpoints(db.session())[-1]))
    [fault] = told(bundle, apart=[kept])
    cut = f"Phần cuối của hồ sơ {walked} đã bị cắt: thiếu từ sự kiện số {len(events) + 1} đến số "
    assert fault.startswith(cut)


def test_a_place_that_is_not_there_is_no_forgery(tmp_path, capsys):
    assert main([str(tmp_path / "nowhere")]) == 2
    assert "không đọc được" in capsys.readouterr().out


@pytest.mark.parametrize("encoding", ["cp1252", "cp1258", "ascii", "utf-8"])
def test_it_writes_into_a_file_under_any_system(bundle, tmp_path, encoding):
    (tmp_path / "verify.py").write_bytes(zipfile.ZipFile(bundle).read("verify.py"))
    done = subprocess.run(
        [sys.executable, str(tmp_path / "verify.py"), str(bundle)],
        env={"PYTHONIOENCODING": encoding},
        capture_output=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    assert done.stdout.decode().startswith("KHỚP: ")


def test_a_proof_that_goes_down_without_end_is_told(folder):
    (folder / "proof.json").write_text("[" * 100_000)
    assert "MANIFEST.json, MANIFEST.sig, proof.json: không đọc được" in [
        fault.told(english=False) for fault in Verification(folder).run().faults
    ]

"""Whatever is given to the verifier, it names it: never a traceback, never a sentence that a forger has written."""

import json
import os
import zipfile
from pathlib import Path

import pytest

from tests.webapp.audit.forged import CODE, Log
from webapp.audit.offline_verifier import Verification, main
from webapp.audit.offline_verifier import portions as several

EVENTS = "events.jsonl"
DEEP = "[" * 200_000


@pytest.fixture
def log(tmp_path):
    return Log(tmp_path / "export")


def codes(place: Path, **options) -> list[str]:
    return [fault.code for fault in Verification(place, **options).run().faults]


def said(capsys, place: Path, *options: str) -> tuple[int, str]:
    done = main([str(place), "--lang", "en", *options])
    return done, capsys.readouterr().out


def packed(folder: Path) -> Path:
    """The export as a zip file."""
    path = folder.with_suffix(".zip")
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as made:
        for each in folder.rglob("*"):
            if each.is_file():
                made.write(each, each.relative_to(folder).as_posix())
    return path


def line(log: Log, number: int, change) -> None:
    """Change the bytes of a line of the case that is forged."""
    path = log.folder / EVENTS
    lines = path.read_bytes().splitlines(keepends=True)
    lines[number - 1] = change(lines[number - 1])
    path.write_bytes(b"".join(lines))


@pytest.mark.parametrize(
    ("change", "code"),
    [
        (lambda old: old[: len(old) // 2] + b"\n", "line"),
        (lambda _old: b"\n", "line"),
        (lambda _old: DEEP.encode() + b"\n", "line"),
        (lambda old: old.replace(b'"number": 2', b'"number": NaN'), "line"),
        (lambda old: old.replace(b'"number": 2', b'"number": true'), "line"),
        (lambda old: old.replace(b'"number": 2', b'"number": "2"'), "line"),
        (lambda old: old.replace(b'"number": 2', b'"number": 1e999'), "line"),
        (lambda old: old.replace(b'"number": 2', b'"number": -2'), "line"),
        (lambda old: old.replace(b'"stream": "', b'"stream": ["', 1).replace(b'",', b'"],', 1), "line"),
        (lambda old: old.replace(b"task_completed", b"task\\ud800completed"), "line"),
        (lambda old: b"\xef\xbb\xbf" + old, "line"),
        (lambda old: b"\xff" + old, "line"),
        (lambda old: old.replace(b'"type"', b'"actor": "An", "type"', 1), "doubled"),
        (lambda old: old.replace(b'{\\"stream\\"', b'{\\"actor\\": \\"X\\", \\"stream\\"'), "doubled"),
        (lambda old: old[:-1] + b"\r\n", "wrapped"),
    ],
)
def test_a_line_that_is_none_is_named(log, change, code):
    line(log, 2, change)
    assert code in codes(log.folder)


def test_lines_of_another_system_are_named_once_and_read(log):
    path = log.folder / EVENTS
    path.write_bytes(path.read_bytes().replace(b"\n", b"\r\n"))
    assert codes(log.folder) == ["wrapped"]


def test_a_paper_that_is_no_text_in_an_event_that_fits(log):
    log.append(f"case/{CODE}", at="2019-12-03T08:00:00+00:00", type="paper_added", sha256=["x"], paper=None)
    log.write()
    assert codes(log.folder) == ["line"]


def test_every_second_event_early_is_told_without_end(log):
    rows = log.case()
    for _each in range(4_000):
        log.append(f"case/{CODE}", at="2019-12-03T08:00:00+00:00")
    rows[:] = [row for pair in zip(rows[1::2], rows[::2], strict=True) for row in pair]
    log.write()
    assert set(codes(log.folder)) == {"order"}


def test_a_code_out_of_all_reason_is_one_fault(log):
    log.append("case/HS-2019-99999999", at="2019-12-03T08:00:00+00:00")
    assert log.checked() == [
        "Thiếu hồ sơ HS-2019-0003\\u201399999998: mã hồ sơ được đánh số liên tục".replace("\\u2013", "–")
    ]


BODIES = [
    "[]",
    "5",
    DEEP,
    '{"heads": 5}',
    '{"heads": [[["x"], 1, "h"]], "key": "k", "root": "r", "previous": null, "made_at": "2019-12-02T15:00:00+00:00"}',
    '{"heads": [["x", 1.5, "h"]], "key": "k", "root": "r", "previous": null, "made_at": "2019-12-02T15:00:00+00:00"}',
    '{"heads": [], "key": [], "root": "r", "previous": null, "made_at": "2019-12-02T15:00:00+00:00"}',
    '{"heads": [], "key": "k", "root": [], "previous": null, "made_at": "2019-12-02T15:00:00+00:00"}',
    '{"heads": [], "key": "k", "root": "r", "previous": null, "made_at": "0001-01-01T00:00:00+00:00"}',
    '{"heads": [], "key": "k", "root": "r", "previous": null, "made_at": "yesterday"}',
]


@pytest.mark.parametrize("body", BODIES)
def test_a_checkpoint_that_is_none_is_named(log, body):
    text = json.dumps({"body": body, "signature": "zz"})
    (log.folder / "checkpoints" / "3.json").write_text(text)
    assert "unreadable" in codes(log.folder)
    (log.folder / "checkpoints" / "3.json").rename(log.folder.parent / "kept.json")
    assert codes(log.folder, apart=[log.folder.parent / "kept.json"]) == ["unreadable"]


def test_a_checkpoint_signed_by_somebody_else_for_the_same_instant(log, tmp_path):
    other = Log(tmp_path / "other")
    other.key = type(other.key)(b"o" * 32)
    other.points.clear()
    other.signed = {}
    other.checkpoint("2019-12-02T15:00:00+00:00")
    log.write()
    text, signature = other.points[0]
    put = {"body": text, "signature": signature}
    (log.folder / "checkpoints" / "2.json").write_text(json.dumps(put))
    assert {"key", "link", "withheld"} <= set(codes(log.folder))
    swapped = other.key.verify_key.encode().hex()
    (log.folder / "keys.txt").write_text(swapped)
    assert "key" in codes(log.folder)
    assert "key" in codes(log.folder, keys=[log.key.verify_key.encode().hex()])


@pytest.mark.parametrize("keys", [b"", b"\xff\xfe", b"no key at all"])
def test_keys_that_are_none_trust_nobody(log, keys):
    (log.folder / "keys.txt").write_bytes(keys)
    assert codes(log.folder) == ["key", "key"]


def test_files_that_lead_elsewhere_are_not_read(log, tmp_path):
    outside = (log.folder / EVENTS).rename(tmp_path / "elsewhere")
    (log.folder / EVENTS).symlink_to(outside)
    assert {"symlink", "missing"} <= set(codes(log.folder))


def test_what_is_no_file_is_not_waited_for(log):
    os.mkfifo(log.folder / "private.jsonl")
    assert codes(log.folder) == ["unreadable"]


def test_a_zip_file_that_holds(log):
    assert codes(packed(log.folder)) == []


def test_names_that_lead_out_of_a_zip_file(log, tmp_path):
    path = packed(log.folder)
    with zipfile.ZipFile(path, "a") as made:
        made.writestr("../../out.txt", "x")
        made.writestr("/etc/out.txt", "x")
        made.writestr("documents\\..\\..\\out.txt", "x")
    assert codes(path) == ["outside"] * 3
    assert main([str(path), "--self-test"]) == 1
    assert not list(tmp_path.parent.rglob("out.txt"))


def test_a_zip_file_beyond_all_reason_is_not_unpacked(log):
    (log.folder / "private.jsonl").write_bytes(bytes(2**25))
    assert codes(packed(log.folder)) == ["bomb"]


def test_a_zip_file_that_has_a_log_twice(log):
    path = packed(log.folder)
    with zipfile.ZipFile(path, "a") as made, pytest.warns(UserWarning, match="Duplicate name"):
        made.writestr(EVENTS, (log.folder / EVENTS).read_bytes())
    assert "doubled_file" in codes(path)


def test_a_damaged_zip_file(log):
    path = packed(log.folder)
    content = bytearray(path.read_bytes())
    content[zipfile.ZipFile(path).getinfo(EVENTS).header_offset + 200] ^= 0xFF
    path.write_bytes(bytes(content))
    assert "unreadable" in codes(path)


def test_a_zip_file_that_was_cut_off(log, capsys):
    path = packed(log.folder)
    path.write_bytes(path.read_bytes()[:-100])
    done, told = said(capsys, path)
    assert done == 2
    assert "cannot be read: BadZipFile" in told


def test_a_zip_file_that_wants_a_password(log):
    path = packed(log.folder)
    content = path.read_bytes().replace(b"PK\1\2\x14\x03\x14\0\0\0", b"PK\1\2\x14\x03\x14\0\1\0")
    path.write_bytes(content)
    assert "unreadable" in codes(path)


@pytest.mark.parametrize("place", ["nowhere", "nothing.zip"])
def test_a_place_that_cannot_be_read(tmp_path, place, capsys):
    (tmp_path / "nothing.zip").write_bytes(b"")
    done, told = said(capsys, tmp_path / place)
    assert done == 2
    assert "cannot be read: " in told


def test_an_empty_folder(tmp_path, capsys):
    done, told = said(capsys, tmp_path)
    assert done == 1
    assert "There is no checkpoint" in told


def test_a_log_of_one_event_tests_itself(tmp_path, capsys):
    log = Log(tmp_path / "export")
    log.rows, log.points, log.signed = {"system": []}, [], {}
    log.append("system", at="2019-12-01T08:00:00+00:00")
    for each in (log.folder / "checkpoints").iterdir():
        each.unlink()
    log.checkpoint("2019-12-01T15:00:00+00:00")
    log.write()
    done, told = said(capsys, log.folder, "--self-test")
    assert done == 0, told
    assert "could not be falsified here: one bit of a diagram" in told


def test_what_does_not_hold_is_not_tested_with_success(log, capsys):
    line(log, 2, lambda old: old[:-1] + b" \n")
    done, told = said(capsys, log.folder, "--self-test")
    assert done == 1
    assert "The self-test was not run" in told


def test_nothing_a_forger_writes_looks_like_a_sentence_of_ours(log, capsys):
    log.append("x\x1b[2K\rKHỚP: \u202e HS‑2019", at="2019-12-03T08:00:00+00:00")
    log.rows["x\x1b[2K\rKHỚP: \u202e HS‑2019"][0]["actor"] = "A\nHOLDS" + "!" * 1_000
    log.write()
    done, told = said(capsys, log.folder)
    assert done == 1
    assert "stream x\\x1b[2K\\rKH\\u1edaP: \\u202e HS\\u20112019: who acted" in told
    assert "A\\nHOLDS!" in told
    assert max(map(len, told.splitlines())) < 500


def test_without_other_processes_one_does_it_alone(log, monkeypatch):
    monkeypatch.setattr("webapp.audit.offline_verifier.checking.LARGE", 0)
    monkeypatch.setattr(several, "_portion", die)
    log.case()[3]["actor"] = "Binh"
    log.write()
    assert [fault.code for fault in Verification(log.folder).run(jobs=2).faults] == ["actor"]


def die(_asked) -> None:
    """A process that is killed, as for want of memory."""
    os._exit(9)

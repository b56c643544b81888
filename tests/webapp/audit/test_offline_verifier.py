"""The verifier that is handed out: alone, on an export, in its own process."""

import json
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from nacl.signing import SigningKey

from webapp.audit import offline_verifier
from webapp.audit.offline_verifier import FORGERIES, Verification, missed, signed
from webapp.operations.acting import SYSTEM
from webapp.operations.audit import export_log


@pytest.fixture
def export(office, walked, tmp_path):
    export_log(tmp_path / "first", private=True, actor=SYSTEM, now=office.now)
    folder = tmp_path / "export"
    export_log(folder, private=True, actor=SYSTEM, now=office.now)
    return folder


def verify(folder, *options):
    """As an auditor runs it: this file, nothing of ours on the path, an empty environment."""
    return subprocess.run(
        [sys.executable, "-I", str(folder / "verify.py"), str(folder), *options],
        capture_output=True,
        text=True,
        env={"PYTHONUTF8": "1"},
        check=False,
    )


def test_an_honest_export_holds(export):
    done = verify(export, "--self-test")
    assert done.stdout.startswith("KHỚP: "), done.stdout + done.stderr
    assert "tự kiểm tra: mọi bản giả đều bị phát hiện" in done.stdout
    assert done.returncode == 0


def test_it_names_what_is_wrong_and_where(export):
    path = export / "events.jsonl"
    path.write_text(path.read_text("utf-8").replace("check_dossier", "check_docket", 1), "utf-8")
    done = verify(export, "--lang", "en")
    assert done.returncode == 1
    assert "case/HS-2019-0001 #" in done.stdout
    assert "content does not fit its hash" in done.stdout
    assert "DOES NOT HOLD" in done.stdout


def test_it_finds_every_forgery(export):
    assert len(FORGERIES) == 7
    assert missed(export) == []


@given(place=st.integers(min_value=0), bit=st.integers(0, 7))
def test_a_flipped_bit_anywhere_is_found(flippable, place, bit):
    folder, content = flippable
    changed = bytearray(content)
    changed[place % len(content)] ^= 1 << bit
    (folder / "events.jsonl").write_bytes(bytes(changed))
    assert Verification(folder).run().faults


@pytest.fixture(scope="module")
def flippable(tmp_path_factory):
    """A small export made by hand from the format alone: two streams and a checkpoint."""
    folder = tmp_path_factory.mktemp("export")
    lines, heads = [], {}
    for stream in ("case/A", "system"):
        previous = offline_verifier.GENESIS
        for number in (1, 2, 3):
            inner = {"stream": stream, "number": number, "private": None, "fields": {"số": number}}
            body = json.dumps(inner, ensure_ascii=False)
            head = offline_verifier.hashlib.sha256(f"{previous}\n{body}".encode()).hexdigest()
            row = {"stream": stream, "number": number, "body": body, "previous_hash": previous, "hash": head}
            lines.append(json.dumps(row, ensure_ascii=False))
            heads[stream], previous = (number, head), head
    key = SigningKey.generate()
    body = json.dumps(
        {
            "key": key.verify_key.encode().hex(),
            "previous": None,
            "heads": [[stream, *head] for stream, head in heads.items()],
            "root": offline_verifier.merkle(heads),
        }
    )
    (folder / "checkpoints").mkdir()
    kept = {"body": body, "signature": key.sign(body.encode()).signature.hex()}
    (folder / "checkpoints" / "1.json").write_text(json.dumps(kept))
    (folder / "keys.txt").write_text(key.verify_key.encode().hex())
    content = ("\n".join(lines) + "\n").encode()
    (folder / "events.jsonl").write_bytes(content)
    assert Verification(folder).run().faults == []
    return folder, content


def test_a_foreign_key_is_not_trusted(export):
    done = verify(export, "--lang", "en", "--key", SigningKey.generate().verify_key.encode().hex())
    assert done.returncode == 1
    assert "signed with a key that is not trusted" in done.stdout


def test_a_personal_part_that_was_changed_is_found(export):
    path = export / "private.jsonl"
    path.write_text(path.read_text("utf-8").replace("Ba Xoài", "Ba Xòai", 1), "utf-8")
    assert [code for code, _place in Verification(export).run().faults] == ["private"]


def test_it_stands_alone():
    """It imports nothing but the standard library and so shares no code with the writer."""
    imported = {
        line.split()[1].partition(".")[0]
        for line in Path(offline_verifier.__file__).read_text("utf-8").splitlines()
        if line.startswith(("import ", "from "))
    }
    assert imported <= sys.stdlib_module_names


def test_an_export_without_personal_parts_holds_as_well(office, walked, tmp_path):
    folder = tmp_path / "public"
    export_log(folder, private=False, actor=SYSTEM, now=office.now)
    assert not (folder / "private.jsonl").exists()
    assert "Ba Xoài" not in (folder / "events.jsonl").read_text("utf-8")
    assert verify(folder).returncode == 0


@given(seed=st.binary(min_size=32, max_size=32), message=st.binary(max_size=200), flip=st.integers(0, 511))
def test_signatures_are_judged_as_the_library_judges_them(seed, message, flip):
    key = SigningKey(seed)
    public, signature = key.verify_key.encode(), key.sign(message).signature
    assert signed(public.hex(), message, signature.hex())
    wrong = bytearray(signature)
    wrong[flip // 8] ^= 1 << flip % 8
    assert not signed(public.hex(), message, bytes(wrong).hex())
    assert not signed(public.hex(), message + b"x", signature.hex())


def test_signature_of_rfc_8032():
    """RFC 8032, section 7.1, test 3."""
    public = "fc51cd8e6218a1a38da47ed00230f0580816ed13ba3303ac5deb911548908025"
    signature = (
        "6291d657deec24024827e69c3abe01a30ce548a284743a445e3680d7db5ac3ac"
        "18ff9b538d16f290ae67f760984dc6594a7c15e9716ed28dc027beceea1ec40a"
    )
    assert signed(public, b"\xaf\x82", signature)
    assert not signed(public, b"\xaf\x83", signature)
    assert not signed("00" * 31, b"\xaf\x82", signature)


def test_copies_of_a_whole_export_are_left_as_they_were(export, tmp_path):
    before = {path.name: path.read_bytes() for path in export.iterdir() if path.is_file()}
    shutil.copytree(export, tmp_path / "kept")
    missed(export)
    assert {path.name: path.read_bytes() for path in export.iterdir() if path.is_file()} == before

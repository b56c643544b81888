"""The verifier that is handed out: alone, on an export, in its own process."""

import ast
import shutil
import subprocess
import sys

import pytest
from hypothesis import given
from hypothesis import strategies as st
from nacl.signing import SigningKey

from tests.webapp.audit.forged import Log
from webapp.audit.offline_verifier import FORGERIES, Verification, missed, signed
from webapp.operations.acting import SYSTEM
from webapp.operations.audit import export_log
from webapp.operations.handing_out import FOLDER, PARTS, verifier


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
    assert "Tự kiểm tra: mọi bản giả đều bị phát hiện" in done.stdout
    assert done.returncode == 0


def test_it_names_what_is_wrong_and_where(export):
    path = export / "events.jsonl"
    path.write_text(path.read_text("utf-8").replace("check_dossier", "check_docket", 1), "utf-8")
    done = verify(export, "--lang", "en")
    assert done.returncode == 1
    assert "of case HS-2019-0001: " in done.stdout
    assert "its content was changed after it was recorded" in done.stdout
    assert "DOES NOT HOLD" in done.stdout


def test_it_finds_every_forgery(export):
    assert len(FORGERIES) == 8
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
    log = Log(tmp_path_factory.mktemp("export"))
    assert log.checked() == []
    return log.folder, (log.folder / "events.jsonl").read_bytes()


def test_a_foreign_key_is_not_trusted(export):
    done = verify(export, "--lang", "en", "--key", SigningKey.generate().verify_key.encode().hex())
    assert done.returncode == 1
    assert "is signed with a key that is not trusted" in done.stdout


def test_a_personal_part_that_was_changed_is_found(export):
    path = export / "private.jsonl"
    path.write_text(path.read_text("utf-8").replace("Ba Xoài", "Ba Xòai", 1), "utf-8")
    assert [fault.code for fault in Verification(export).run().faults] == ["private"]


def test_it_stands_alone():
    """It imports nothing but the standard library and so shares no code with the writer."""
    nodes = list(ast.walk(ast.parse(verifier())))
    imported = {each.name for node in nodes if isinstance(node, ast.Import) for each in node.names}
    imported |= {node.module.partition(".")[0] for node in nodes if isinstance(node, ast.ImportFrom)}
    assert imported <= sys.stdlib_module_names


def test_it_is_one_file_that_old_pythons_read():
    compile(ast.parse(verifier(), feature_version=(3, 9)), "verify.py", "exec")
    assert "webapp" not in verifier()
    for part in PARTS:
        first = (FOLDER / f"{part}.py").read_text("utf-8").partition('"""')[2].partition('"""')[0]
        assert f"# --- {first} ---" in verifier()


def test_diagrams_and_documents_go_along(office, walked, tmp_path):
    folder = tmp_path / "whole"
    export_log(folder, private=False, documents=True, actor=SYSTEM, now=office.now)
    run = Verification(folder).run()
    assert run.faults == []
    assert run.documents == len(list((folder / "documents").iterdir())) > 0
    next((folder / "documents").iterdir()).write_bytes(b"another")
    assert [fault.code for fault in Verification(folder).run().faults] == ["document"]


def test_a_checkpoint_beside_the_database_alone_shows_an_old_backup(office, walked, tmp_path, forge):
    export_log(tmp_path / "before", private=False, actor=SYSTEM, now=office.now)
    last = "SELECT max(number) FROM event WHERE stream = 'system'"
    forge("DELETE FROM checkpoint", f"DELETE FROM event WHERE stream = 'system' AND number = ({last})")
    office.register()
    export_log(tmp_path / "after", private=False, actor=SYSTEM, now=office.now)
    codes = {fault.code for fault in Verification(tmp_path / "after").run().faults}
    assert {"backup", "link"} <= codes


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

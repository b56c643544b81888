"""Commands of signatures: a key for trials is made, papers are signed with it, and files are verified."""

from dataclasses import replace

import pytest

from tests.signing import LEADER, SECRET, file_key, other_title, root, signed_thrice, unsigned
from webapp.documents.signatures.authority import NO_VALUE
from webapp.signing_authority import KEPT, TRUST


@pytest.fixture
def run(app, tmp_path):
    """Runs a command of `flask document` in a folder with an unsigned decision and a key of an office."""
    (tmp_path / "decision.pdf").write_bytes(unsigned())
    (tmp_path / "office.p12").write_bytes(file_key().content)

    def run(*arguments):
        named = [str(tmp_path / each) if "." in each else each for each in arguments]
        return app.test_cli_runner().invoke(args=["document", *named])

    return run


def test_verifying_says_who_signed_and_that_nothing_was_changed(app, run, tmp_path):
    from cryptography.hazmat.primitives.serialization import Encoding

    trust = app.config["SETTINGS"].data_dir / TRUST
    trust.mkdir(parents=True)
    (trust / "office.pem").write_bytes(root()[0].public_bytes(Encoding.PEM))
    (tmp_path / "signed.pdf").write_bytes(signed_thrice())
    said = run("verify", "signed.pdf")
    assert said.exit_code == 0, said.output
    assert said.output.startswith("Tệp còn nguyên như khi ký\n")
    assert f"1. {LEADER}\n" in said.output
    assert "Từ đó đến nay: chỉ có thêm chữ ký khác" in said.output


def test_a_changed_file_is_told_and_ends_with_a_fault(run, tmp_path):
    (tmp_path / "changed.pdf").write_bytes(other_title(signed_thrice()))
    said = run("verify", "changed.pdf")
    assert said.exit_code == 1
    assert "Đừng căn cứ vào tệp này" in said.output


def test_what_is_no_pdf_is_told(run):
    said = run("verify", "office.p12")
    assert said.exit_code == 2
    assert "no PDF that can be read" in said.output


def test_a_key_for_trials_signs_and_has_no_value(app, run):
    made = run("development-key", LEADER, "trial.p12", "--organization", "UBND huyện", "--secret", SECRET)
    assert made.exit_code == 0, made.output
    kept = app.config["SETTINGS"].data_dir / "keys" / KEPT
    assert kept.stat().st_mode & 0o077 == 0
    assert run("sign", "decision.pdf", "one.pdf", "--key", "trial.p12", "--secret", SECRET).exit_code == 0
    sealed = run("sign", "one.pdf", "two.pdf", "--key", "trial.p12", "--secret", SECRET, "--place", "ConDau")
    assert sealed.exit_code == 0, sealed.output
    said = run("verify", "two.pdf")
    assert said.exit_code == 1
    assert said.output.startswith("Không có giá trị: ký bằng khóa thử nghiệm\n")
    assert said.output.count(f"2. {LEADER} ({NO_VALUE})") == 1


def test_without_a_time_stamp_only_who_says_so_signs(app, run, tmp_path):
    app.config["SETTINGS"] = replace(app.config["SETTINGS"], tsa_url="http://127.0.0.1:9/")
    key = ("--key", "office.p12", "--secret", SECRET)
    refused = run("sign", "decision.pdf", "out.pdf", *key)
    assert (refused.exit_code, refused.output) == (1, "not signed: no_time_stamp\n")
    assert not (tmp_path / "out.pdf").exists()
    assert run("sign", "decision.pdf", "out.pdf", *key, "--without-time-stamp").exit_code == 0


@pytest.mark.parametrize(
    ("arguments", "fault"),
    [
        (("--key", "office.p12", "--secret", "sai"), "wrong_secret"),
        (("--token", "driver.so", "token", "label", "--secret", "1"), "no_token"),
        (("--secret", "1"), "either --key or --token"),
    ],
)
def test_why_nothing_was_signed_is_told(run, tmp_path, arguments, fault):
    said = run("sign", "decision.pdf", "out.pdf", *arguments)
    assert said.exit_code != 0
    assert fault in said.output
    assert not (tmp_path / "out.pdf").exists()

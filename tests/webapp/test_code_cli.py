"""`document verify-code` proves a paper from the public key alone."""

import os
import subprocess
import sys
from pathlib import Path

import pytest
from sqlalchemy import select

from tests.decided import decision
from tests.seated import council, database
from webapp.documents import drawing
from webapp.extensions import db
from webapp.models import Paper
from webapp.operations.papers import file_store
from webapp.verification_key import verification_key_of

__all__ = ["council", "database", "decision"]
COUNCIL = "concluded"
ROOT = Path(drawing.__file__).parents[2]
NO_DATABASE = """
import sys
sys.modules["sqlalchemy"] = sys.modules["flask"] = None
from workflows.paper_codes import is_proved, keys_in, read_address
paper = read_address(sys.argv[1])
print(is_proved(paper, paper.kind, paper.fields, keys_in(open(sys.argv[2], "rb").read())))
"""


@pytest.fixture
def papers(decision):
    """Facts and file of the decision, facts of the certificates."""
    found = {
        paper.document_type: paper
        for paper in db.session.scalars(select(Paper).where(Paper.facts.is_not(None)))
    }
    return found["decision"].facts["code"]["url"], found


@pytest.fixture
def key(settings, decision, tmp_path):
    file = tmp_path / "verification-key.pem"
    file.write_bytes(b"".join(verification_key_of(settings.data_dir).trusted().values()))
    return file


@pytest.fixture
def run(app):
    return lambda *given: app.test_cli_runner().invoke(args=["document", *map(str, given)])


def test_without_database_and_data_folder(papers, key, tmp_path):
    url, _papers = papers
    environment = os.environ | {
        "DATA_DIR": str(tmp_path / "nothing"),
        "DATABASE_URL": "postgresql+psycopg://nobody@127.0.0.1:1/nothing",
        "PYTHONPATH": str(ROOT),
    }
    command = [
        sys.executable,
        "-m",
        "flask",
        "--app",
        "wsgi",
        "document",
        "verify-code",
        url,
        "--key",
        str(key),
    ]
    said = subprocess.run(command, env=environment, cwd=tmp_path, capture_output=True, text=True)
    assert said.returncode == 0, said.stderr
    assert "number: 09/QĐ-UBND" in said.stdout
    assert said.stdout.splitlines()[-1].startswith("PROVED: decision with code ")


def test_where_neither_sqlalchemy_nor_flask_can_be_loaded(papers, key, tmp_path):
    command = [sys.executable, "-c", NO_DATABASE, papers[0], str(key)]
    said = subprocess.run(
        command, env=os.environ | {"PYTHONPATH": str(ROOT)}, cwd=tmp_path, capture_output=True, text=True
    )
    assert said.stdout == "True\n", said.stderr


def test_certificate_and_old_key(papers, run, settings, key):
    url = papers[1]["certificate"].facts["certificates"][1]["code"]["url"]
    verification_key_of(settings.data_dir).rotate()
    said = run("verify-code", url)
    assert said.exit_code == 0
    assert "bearer: Bà Nguyễn Thị Ượng" in said.output
    assert run("verify-code", url, "--key", key).exit_code == 0


def test_what_was_changed_is_not_proved(papers, run, key, tmp_path):
    url, found = papers
    other = found["certificate"].facts["certificates"][0]["code"]["url"]
    mixed = url.partition("#")[0] + "#" + other.partition("#")[2]
    for wrong in (
        mixed,
        url.replace("/v/", "/v/2", 1),
        url[:-40] + ("A" if url[-40] != "A" else "B") + url[-39:],
        url.partition("#")[0],
        "https://example.gov.vn/",
    ):
        assert run("verify-code", wrong, "--key", key).exit_code == 1, wrong
    stranger = tmp_path / "stranger.pem"
    stranger.write_bytes(verification_key_of(tmp_path / "other").signer().public)
    said = run("verify-code", url, "--key", stranger)
    assert said.exit_code == 1
    assert "NOT PROVED" in said.output


def test_the_data_of_a_pdf_have_to_fit_its_code(papers, run, key, tmp_path):
    url, found = papers
    path = file_store().path(found["decision"].sha256)
    assert run("verify-code", url, "--key", key, "--pdf", path).exit_code == 0
    assert run("verify-code", url.partition("#")[0], "--key", key, "--pdf", path).exit_code == 0
    changed = tmp_path / "changed.pdf"
    facts = found["decision"].facts
    changed.write_bytes(drawn(facts | {"reason": "vì lý do khác"}))
    said = run("verify-code", url, "--key", key, "--pdf", changed)
    assert said.exit_code == 1
    assert "otherwise" in said.output
    certificates = file_store().path(found["certificate"].sha256)
    assert "no data of a decision" in run("verify-code", url, "--key", key, "--pdf", certificates).output


def drawn(facts):
    from webapp.documents import render

    return render("decision", facts).pdf


def test_a_new_key_says_its_name(run, settings):
    said = run("new-code-key")
    assert said.exit_code == 0
    assert verification_key_of(settings.data_dir).signer().id in said.output

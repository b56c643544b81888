"""Kept papers are drawn again from their facts: the same bytes, or it is said why not."""

import os
import subprocess
import sys
from pathlib import Path

import pytest
from sqlalchemy import select

from tests.decided import decision
from webapp.documents import drawing
from webapp.extensions import db
from webapp.models import Paper
from webapp.operations.papers import file_store
from workflows.record import digest

__all__ = ["decision"]
COUNCIL = "concluded"
ROOT = Path(drawing.__file__).parents[2]


@pytest.fixture
def redraw(app):
    return lambda code: app.test_cli_runner().invoke(args=["document", "redraw", code])


def kept(document):
    return db.session.scalars(select(Paper).where(Paper.document_type == document)).one()


def test_another_process_on_another_day_draws_the_same_bytes(council, decision, settings, tmp_path):
    environment = os.environ | {
        "DATA_DIR": str(settings.data_dir),
        "DATABASE_URL": settings.database_url,
        "PYTHONHASHSEED": "17",
        "PYTHONPATH": str(ROOT),
        "TZ": "America/Lima",
    }
    command = [sys.executable, "-m", "flask", "--app", "wsgi", "document", "redraw", decision]
    run = subprocess.run(command, env=environment, cwd=tmp_path, capture_output=True, text=True)
    assert run.stdout.splitlines()[-1] == "2 of 2 papers drawn again as they are kept", (
        run.stdout + run.stderr
    )
    assert run.returncode == 0
    assert kept("decision").facts_digest == digest(kept("decision").facts)


def test_facts_that_were_changed_are_found(council, decision, redraw):
    paper = kept("decision")
    paper.facts = paper.facts | {"reason": "vì lý do khác"}
    db.session.commit()
    said = redraw(decision)
    assert said.exit_code == 1
    assert f"{paper.filename}: OTHER BYTES" in said.output


def test_what_another_version_drew_is_not_called_wrong(council, decision, redraw):
    paper = kept("decision")
    paper.facts, paper.type_digest = paper.facts | {"reason": "vì lý do khác"}, "0" * 64
    db.session.commit()
    said = redraw(decision)
    assert said.exit_code == 0
    assert f"{paper.filename}: drawn by another version of the program" in said.output
    assert "1 of 2 papers drawn again as they are kept" in said.output


def test_certificates_of_the_facts_of_another_version_are_not_called_wrong(council, decision, redraw):
    paper = kept("certificate")
    paper.facts = {"page": "A4", "certificates": [{"nominee": {"name": "Bà Nguyễn Thị Ượng"}}]}
    db.session.commit()
    said = redraw(decision)
    assert (said.exit_code, "another version" in said.output) == (0, True)


def test_a_file_that_is_gone_is_found(council, decision, redraw):
    file_store().remove([kept("certificate").sha256])
    said = redraw(decision)
    assert said.exit_code == 1
    assert "THE FILE IS NOT THERE" in said.output


def test_papers_of_before_are_left_out_and_unknown_cases_named(council, decision, redraw):
    for paper in db.session.scalars(select(Paper)):
        paper.facts = paper.type_digest = None
    db.session.commit()
    assert redraw(decision).output == "0 of 0 papers drawn again as they are kept\n"
    assert redraw("QD-1999-0001").exit_code == 1

"""Commands of the codes on papers: `flask document verify-code URL`, `flask document new-code-key`."""

from __future__ import annotations

import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any, NoReturn

import click
from flask import Flask, current_app

from webapp.document_cli import document
from webapp.documents import FactsError, check_facts
from webapp.documents.attachments import read_data
from webapp.documents.codes import decision_fields
from webapp.verification_key import VerificationKey, verification_key_of
from workflows.paper_codes import NoPaperCode, PaperCode, is_proved, keys_in, read_address

DECISIONS = ("decision", "correction_decision", "revocation_decision")
"""Types of document whose data stand inside of their PDF."""
File = click.Path(exists=True, dir_okay=False, path_type=Path)


def init_app(_app: Flask) -> None:
    """The commands belong to the group `document`, which is added where it is made."""


@document.command("verify-code")
@click.argument("url")
@click.option("--key", type=File, help="Public keys as they were downloaded; without it those of DATA_DIR.")
@click.option("--pdf", type=File, help="The decision as a PDF: its data have to fit the code.")
def verify_code(url: str, key: Path | None, pdf: Path | None) -> None:
    """Prove what the square of a paper says, without the database; exit code 1 when it is not proved.

    URL is what a phone reads, with all that stands behind #.
    """
    publics = keys_in(key.read_bytes()) if key else list(_keys().trusted().values())
    try:
        paper = read_address(url)
        kind, fields = _fields(paper, pdf)
    except NoPaperCode:
        _refuse("not the address of a code")
    except NothingToProveError as fault:
        _refuse(str(fault))
    if not is_proved(paper, kind, fields, publics):
        _refuse("NOT PROVED: the signature fits neither these fields nor these keys")
    for name, text in fields.items():
        click.echo(f"{name}: {text}")
    click.echo(f"PROVED: {kind} with code {paper.code}")


@document.command("new-code-key")
def new_code_key() -> None:
    """From now on a new key signs the codes of papers; what the old one signed stays trusted."""
    click.echo(f"key {_keys().rotate().id} signs from now on")


class NothingToProveError(Exception):
    """There are no fields, or two accounts of them."""


def _fields(paper: PaperCode, pdf: Path | None) -> tuple[str, Mapping[str, str]]:
    """Kind and fields to be proved: those of the address, or of the data inside of a decision; both have to agree."""
    if pdf is None:
        if paper.kind is None or paper.fields is None:
            raise NothingToProveError("the address takes no fields along: give the decision with --pdf")
        return paper.kind, paper.fields
    facts = read_data(pdf.read_bytes()) or {}
    if not any(_is(kind, facts) for kind in DECISIONS):
        raise NothingToProveError("the PDF has no data of a decision inside")
    found = decision_fields(facts)
    if paper.fields not in (None, found):
        raise NothingToProveError("NOT PROVED: the PDF says otherwise than its code")
    return "decision", found


def _is(kind: str, facts: Mapping[str, Any]) -> bool:
    try:
        check_facts(kind, facts)
    except FactsError:
        return False
    return True


def _refuse(text: str) -> NoReturn:
    click.echo(text, err=True)
    sys.exit(1)


def _keys() -> VerificationKey:
    return verification_key_of(current_app.config["SETTINGS"].data_dir)

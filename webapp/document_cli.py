"""Commands of papers: `flask document redraw CODE`; those of signatures stand in `webapp/signature_cli.py`."""

from __future__ import annotations

import sys

import click
from flask import Flask
from flask.cli import AppGroup
from sqlalchemy import select

from webapp.extensions import db
from webapp.models import Case
from webapp.operations.papers import file_store
from webapp.queries.redraws import redraws
from webapp.signature_cli import SIGNATURE_COMMANDS

document = AppGroup("document", help="Papers that were drawn, and what can be shown of them.")

SAID = {
    "same": "the same bytes",
    "other_version": "drawn by another version of the program, cannot be compared",
    "differs": "OTHER BYTES",
    "lost": "THE FILE IS NOT THERE",
}


def init_app(app: Flask) -> None:
    """Add the commands to ``flask``."""
    for command in SIGNATURE_COMMANDS:
        document.add_command(command)
    app.cli.add_command(document)


@document.command("redraw")
@click.argument("code")
def redraw(code: str) -> None:
    """Draw the papers of the case CODE again from their kept facts; exit code 1 when one is not the file we keep."""
    case = db.session.scalar(select(Case).where(Case.code == code))
    if case is None:
        click.echo(f"no case {code}", err=True)
        sys.exit(1)
    if case.erased_at is not None:
        click.echo("the personal data of this case were erased by law, and its papers with them")
        return
    found = list(redraws(db.session(), file_store(), case))
    for each in found:
        click.echo(f"{each.paper.filename}: {SAID[each.verdict]}")
    same = sum(each.verdict == "same" for each in found)
    click.echo(f"{same} of {len(found)} papers drawn again as they are kept")
    sys.exit(any(each.verdict in ("differs", "lost") for each in found))

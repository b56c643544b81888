"""Commands of erasures: `flask erasure returned`, `flask erasure repeat`."""

from __future__ import annotations

import sys

import click
from flask.cli import AppGroup

from webapp.clock import now
from webapp.extensions import db
from webapp.operations.erasure_records import repeat_erasure, returned_erasures

erasure = AppGroup("erasure", help="Erase again what an older backup has brought back.")


@erasure.command("returned")
def returned() -> None:
    """Name the cases whose erased data are here again; exit code 1 when there are any."""
    found = returned_erasures()
    for record in found:
        click.echo(f"{record['case']}: erased on {record['decided_at'][:10]}, and its data are here again")
    click.echo(f"{len(found)} cases")
    sys.exit(bool(found))


@erasure.command("repeat")
def repeat() -> None:
    """Erase again what the records beside the database say was erased; exit code 1 when something is in the way."""
    hindered = 0
    for record in returned_erasures():
        fault = repeat_erasure(record, now(db.session()))
        hindered += fault is not None
        click.echo(f"{record['case']}: {f'NOT ERASED, in the way: {fault}' if fault else 'erased again'}")
    sys.exit(bool(hindered))

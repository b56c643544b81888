"""Commands: `flask demo build`, `flask demo keys` and `flask demo accounts`."""

from __future__ import annotations

import datetime as dt
import gc
import sys
import time

import click
from flask import current_app
from flask.cli import AppGroup

from webapp.config import Settings
from webapp.demo.script import people

demo = AppGroup("demo", help="The demo: people, campaigns and cases that are made up.")


@demo.command("build")
@click.option("--at", "day", type=click.DateTime(["%Y-%m-%d"]), default="2019-12-10", show_default=True)
def build_demo(day: dt.datetime) -> None:
    """Make the demo in an empty database, as it stands in the morning of a date. Made already, nothing is done."""
    from webapp.demo.build import CannotBuild, build, is_built

    settings: Settings = current_app.config["SETTINGS"]
    if not settings.demo:
        _fail("DEMO=1 is not set: this installation is not a demo.")
    if is_built():
        click.echo("The demo is there already.")
        return
    begun = time.monotonic()
    gc.set_threshold(20_000, 20, 50)  # looking for garbage takes a twentieth of the time otherwise
    try:
        build(day.date(), settings.demo_password, lambda line: click.echo(f"  {line}"))
    except CannotBuild as fault:
        _fail(str(fault))
    click.echo(f"The demo is made ({time.monotonic() - begun:.0f} s).")


@demo.command("keys")
def make_keys() -> None:
    """Give those who sign decisions in the demo their keys, where they have none. What they sign has no legal value."""
    from webapp.clock import now
    from webapp.demo.keys import give_keys
    from webapp.extensions import db

    settings: Settings = current_app.config["SETTINGS"]
    if not settings.demo:
        _fail("DEMO=1 is not set: this installation is not a demo.")
    click.echo(f"{give_keys(settings.demo_password, now(db.session()))} keys made, none of legal value")


@demo.command("accounts")
def list_accounts() -> None:
    """Print the accounts of the demo and their password."""
    settings: Settings = current_app.config["SETTINGS"]
    click.echo(f"\n  Accounts (password of all: {settings.demo_password}):")
    for account in people().accounts:
        click.echo(f"    {account.username:15}{account.title} – {account.name}")


def _fail(message: str) -> None:
    click.echo(message, err=True)
    sys.exit(1)

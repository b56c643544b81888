"""Commands of the office's machine: `flask plan …`, `law …`, `criteria …`, `deploy`, `user …`, `token …`."""

from __future__ import annotations

import secrets
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import click
from flask import Flask
from flask.cli import AppGroup
from sqlalchemy import select

from webapp.clock import now
from webapp.extensions import db
from webapp.models import Person, Unit
from webapp.operations import award_recording, imports, people, tokens
from webapp.operations.acting import SYSTEM, Now
from webapp.operations.criteria import import_criteria
from webapp.operations.refusals import NotNow
from webapp.operations.stage_visits import read_visits
from webapp.passwords import LONGEST, SHORTEST, hash_password
from workflows.criteria import SHIPPED_CRITERIA, CriteriaFaults
from workflows.law import SHIPPED_LAW, LawFaults
from workflows.plan import PlanFaults, parse_plan
from workflows.units import UnitFaults, parse_units
from workflows.values import local_day
from workflows.vote_profile import ProfileFaults, parse_profile

plan = AppGroup("plan", help="Plans of campaigns.")
law = AppGroup("law", help="Legal rule sets.")
units = AppGroup("units", help="The register of units.")
user = AppGroup("user", help="People with accounts.")
criteria = AppGroup("criteria", help="Criteria tables of clusters and blocks.")
token = AppGroup("token", help="Personal tokens of the API.")
council = AppGroup("council", help="Rules of councils.")
history = AppGroup("history", help="The history of awards.")
stages = AppGroup("stages", help="The stages that cases went through.")

File = click.Path(exists=True, dir_okay=False, path_type=Path)


def init_app(app: Flask) -> None:
    """Add the commands to ``flask``."""
    for group in (plan, law, criteria, units, user, token, council, history, stages):
        app.cli.add_command(group)
    app.cli.add_command(deploy)


def _now() -> Now:
    return now(db.session())


def _fail(fault: Exception) -> None:
    click.echo(str(fault), err=True)
    sys.exit(1)


@plan.command("validate")
@click.argument("file", type=File)
def validate_plan(file: Path) -> None:
    """Check FILE and name the line of every fault."""
    codes = set(db.session.scalars(select(Unit.code)))
    try:
        parse_plan(file.read_text("utf-8"), codes or None)
    except PlanFaults as fault:
        _fail(fault)
    click.echo(f"{file.name}: no faults")


@plan.command("load")
@click.argument("file", type=File)
def load_plan(file: Path) -> None:
    """Import FILE as a version of its plan; loading the same again changes nothing."""
    try:
        new = imports.import_plan(file.read_text("utf-8"), actor=SYSTEM, now=_now())
    except (PlanFaults, NotNow) as fault:
        _fail(fault)
    click.echo(f"{file.name}: {'imported' if new else 'unchanged'}")


@law.command("load")
@click.argument("files", nargs=-1, type=File)
def load_law(files: tuple[Path, ...]) -> None:
    """Import rule sets; without FILES those that ship."""
    for file in files or sorted(SHIPPED_LAW.glob("*.yaml")):
        try:
            new = imports.import_rule_set(file.read_text("utf-8"), actor=SYSTEM, now=_now())
        except LawFaults as fault:
            _fail(fault)
        click.echo(f"{file.name}: {'imported' if new else 'unchanged'}")


@criteria.command("load")
@click.argument("files", nargs=-1, type=File)
def load_criteria(files: tuple[Path, ...]) -> None:
    """Import criteria tables; without FILES the examples that ship."""
    for file in files or sorted(SHIPPED_CRITERIA.glob("*.yaml")):
        try:
            new = import_criteria(file.read_text("utf-8"), actor=SYSTEM, now=_now())
        except CriteriaFaults as fault:
            _fail(fault)
        click.echo(f"{file.name}: {'imported' if new else 'unchanged'}")


@units.command("load")
@click.argument("file", type=File)
def load_units(file: Path) -> None:
    """Enter the units of FILE that are not there yet."""
    try:
        count = imports.import_units(parse_units(file.read_text("utf-8")), actor=SYSTEM, now=_now())
    except UnitFaults as fault:
        _fail(fault)
    click.echo(f"{file.name}: {count} new")


@council.command("check-profile")
@click.argument("file", type=File)
def check_profile(file: Path) -> None:
    """Check the vote profile in FILE, and name the line of every fault."""
    try:
        profile = parse_profile(file.read_text("utf-8"))
    except ProfileFaults as fault:
        _fail(fault)
    click.echo(f"{file.name}: {profile.name}, no faults")


@click.command("deploy")
def deploy() -> None:
    """Lint and deploy the shipped diagrams and forms; a faulty one is refused with each fault named."""
    try:
        count = imports.deploy_shipped(actor=SYSTEM, now=_now())
    except imports.FaultyDeployment as fault:
        _fail(fault)
    click.echo(f"{count} deployed")


@user.command("create-admin")
@click.argument("username")
@click.option("--name", help="Full name.")
@click.option("--unit", help="Code of the unit, such as an-giang/tinh-bien.")
@click.option(
    "--password", help=f"At least {SHORTEST} characters; asked for without being shown if it is left out."
)
def create_admin(username: str, name: str | None, unit: str | None, password: str | None) -> None:
    """Create the first administrator of a unit that is in the register."""
    if db.session.scalar(select(Person.id).where(Person.username == username)):
        _fail(
            ValueError(f"the user name {username!r} is taken: choose another, or give the role on the pages")
        )
    unit = _given(unit, _known_unit, "Unit code (e.g. an-giang/tinh-bien)")
    name = name or click.prompt("Full name")
    password = _given(password, _good_password, "Password", hide_input=True, confirmation_prompt=True)
    first = people.NewRole("admin", unit, local_day(_now().at))
    new = people.NewPerson(name, username, hash_password(password))
    people.add_person(new, first, actor=SYSTEM, now=_now())
    click.echo(f"{username} may sign in")


def _given(value: str | None, check: Callable[[str], str], question: str, **asking: Any) -> str:
    """What was given, checked; without it the person at the machine is asked until it is right."""
    if value is None:
        return str(click.prompt(question, value_proc=check, **asking))
    try:
        return check(value)
    except click.BadParameter as fault:
        _fail(fault)
        raise


def _known_unit(code: str) -> str:
    if db.session.scalar(select(Unit.id).where(Unit.code == code)) is None:
        raise click.BadParameter(
            f"no unit {code!r}; enter the register of units first: flask units load FILE"
        )
    return code


def _good_password(password: str) -> str:
    if not SHORTEST <= len(password) <= LONGEST:
        raise click.BadParameter(f"a password has {SHORTEST} to {LONGEST} characters")
    return password


@token.command("create")
@click.argument("username")
@click.option("--label", default="flask token create", show_default=True)
@click.option("--days", type=click.IntRange(1), help="How long it is good; without it, until revoked.")
def create_token(username: str, label: str, days: int | None) -> None:
    """Print a new token of USERNAME; it is stored only as a hash and never shown again."""
    person = db.session.scalar(select(Person).where(Person.username == username))
    if person is None:
        _fail(LookupError(f"no account {username!r}"))
        return
    plain = secrets.token_urlsafe(32)
    try:
        tokens.add_token(person.id, plain, label, days, actor=SYSTEM, now=_now())
    except NotNow:
        _fail(PermissionError(f"{username} has a one-time password: they sign in and choose their own first"))
    click.echo(plain)


@history.command("fill")
def fill_history() -> None:
    """Enter what was awarded before there was a history; doing it again changes nothing."""
    entered, known = award_recording.fill_history(actor=SYSTEM, now=_now())
    click.echo(f"{entered} entered, {known} on record already by a list")


@stages.command("read")
def read_stages() -> None:
    """Read out of the log which stages cases of an older version went through; doing it again changes nothing."""
    read, left = read_visits(_now())
    click.echo(f"{read} read" + (f", {left} whose log does not give the recorded states" if left else ""))

"""The command `flask audit flags`: makes red flags anew and compares them with what is kept."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator

import click
from flask.cli import with_appcontext
from sqlalchemy import select
from sqlalchemy.orm import Session

from webapp.extensions import db
from webapp.models import Case
from webapp.operations.papers import file_store
from webapp.queries.flag_facts import record_of
from webapp.queries.red_flags import kept_flags
from webapp.queries.replays import UnknownCase, case_codes
from workflows.red_flags import Flag
from workflows.rules.red_flags import red_flags

DIFFER = "differs from what is kept"


@click.command("flags")
@click.option("--case", "codes", multiple=True, help="Code of a case; may be repeated.")
@click.option("--all", "whole", is_flag=True, help="All cases; so it is without --case, too.")
@with_appcontext
def flags(codes: tuple[str, ...], whole: bool) -> None:
    """Make red flags anew from the log and the rules, and name those that are kept otherwise; exit code 1 then."""
    if whole and codes:
        raise click.UsageError("Give --all or --case, not both.")
    session = db.session()
    cases = total = faults = 0
    try:
        for code, now, kept in _compared(session, list(codes) or case_codes(session)):
            cases, total = cases + 1, total + len(now)
            for flag in now:
                other = "" if flag in kept else f"  [{DIFFER}]"
                click.echo(f"{_line(code, flag)}{other}")
            gone = [flag for flag in kept if flag not in now]
            for flag in gone:
                click.echo(f"{_line(code, flag)}  [kept, but does not hold]")
            faults += len(gone) + sum(flag not in kept for flag in now)
    except UnknownCase as fault:
        click.echo(f"no case {fault}")
        sys.exit(1)
    click.echo(
        f"{total} flags in {cases} cases: {f'{faults} differ from what is kept' if faults else 'as kept'}"
    )
    sys.exit(1 if faults else 0)


def _line(code: str, flag: Flag) -> str:
    return f"{code} #{flag.event} {flag.kind} {json.dumps(flag.facts, ensure_ascii=False)}"


def _compared(session: Session, codes: list[str]) -> Iterator[tuple[str, list[Flag], list[Flag]]]:
    """The flags of each case as they come out now, and as they are kept. Raises UnknownCase."""
    for code in codes:
        case = session.scalar(select(Case).where(Case.code == code))
        if case is None:
            raise UnknownCase(code)
        yield code, red_flags(record_of(session, case, file_store())), kept_flags(session, case)
        session.expunge_all()

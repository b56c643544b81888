"""`flask audit tamper-demo`: falsifies copies of the record, and says what was done and where it was found."""

from __future__ import annotations

import datetime as dt
import sys

import click
from flask import current_app
from flask_babel import force_locale
from flask_babel import gettext as _
from sqlalchemy.orm import Session

from webapp.clock import now
from webapp.extensions import db
from webapp.operations.papers import file_store
from webapp.tampering.copies import Original, copied, sample
from webapp.tampering.scenes import NothingToFalsify, sound_aim
from webapp.tampering.trials import tried, verified
from webapp.tampering.ways import WAYS
from webapp.ui.proof_words import WAYS as WORDS
from webapp.ui.proof_words import finding_text, place_text

MOST = 20_000
"""Events of a copy; of a larger record streams are drawn at random."""


@click.command("tamper-demo")
@click.option(
    "--way", "names", multiple=True, type=click.Choice(list(WAYS)), help="This one; may be repeated."
)
@click.option("--lang", type=click.Choice(["vi", "en"]), default="vi", show_default=True)
def tamper_demo(names: tuple[str, ...], lang: str) -> None:
    """Falsify copies of the record in all twelve ways and verify them; exit code 1 when something is not found.

    What did not hold in the record before is named first, and is no success of the test.
    """
    made_at, data_dir = now(db.session()).wall, current_app.config["SETTINGS"].data_dir
    streams = sample(db.session(), MOST)
    with force_locale(lang), copied(db.engine, data_dir, file_store(), made_at, streams) as original:
        whole, aim = _untouched(original)
        if aim is None:
            click.echo(_("There is nothing in the record yet that could be falsified."))
        outcomes = [_found(original, name, aim, made_at) for name in names or WAYS] if aim else []
        click.echo(_("%(found)s of %(ways)s found.", found=sum(outcomes), ways=len(outcomes)))
    sys.exit(0 if whole and all(outcomes) else 1)


def _untouched(original: Original) -> tuple[bool, tuple[str, int] | None]:
    """Whether the copy holds before anything is done to it, and what to aim at in it."""
    with original.again() as copy, Session(copy.engine) as reading:
        faults = verified(copy)
        for finding in faults:
            click.echo(f"! {place_text(finding)}: {finding_text(finding)}")
        return not faults, sound_aim(reading, faults)


def _found(original: Original, name: str, aim: tuple[str, int], made_at: dt.datetime) -> bool:
    """Do one, say what was done and what was found; true when it was found, or there was nothing to be done."""
    title, told = WORDS[name]
    click.echo(f"{title} ({name})\n  {told}")
    try:
        trial = tried(original, WAYS[name], aim, made_at)
    except NothingToFalsify:
        click.echo("  " + _("There is nothing in the record yet that could be falsified."))
        return True
    if trial.found is None:
        click.echo("  " + _("NOT FOUND"))
        return False
    where = f"{place_text(trial.found)}: {finding_text(trial.found)}."
    click.echo("  → " + _("Found out") + f": {where}")
    return True

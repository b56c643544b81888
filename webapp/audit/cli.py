"""Commands of proof: `flask audit verify | replay | checkpoint | export`."""

from __future__ import annotations

import sys
from pathlib import Path

import click
from flask import current_app
from flask.cli import AppGroup

from webapp.clock import now
from webapp.extensions import db
from webapp.operations.acting import SYSTEM
from webapp.operations.audit import export_log, make_checkpoint
from webapp.operations.papers import file_store
from webapp.queries.proof import Proof
from webapp.queries.replays import UnknownCase, Verdict, verdicts

audit = AppGroup("audit", help="Prove the log: chains, signatures, files, and running every case again.")


@audit.command("verify")
def verify() -> None:
    """Check every chain, guard, checkpoint, paper and number; exit code 1 when something does not hold."""
    proof = Proof(db.session(), current_app.config["SETTINGS"].data_dir, file_store())
    faults = 0
    for finding in proof.findings():
        faults += 1
        click.echo(f"{finding.kind}: {finding.place} {finding.detail}".rstrip())
    click.echo(
        f"{proof.events} events in {len(proof.streams)} streams, {proof.checkpoints} checkpoints,"
        f" {len(proof.papers)} papers: {f'{faults} faults' if faults else 'everything holds'}"
    )
    sys.exit(1 if faults else 0)


@audit.command("replay")
@click.option(
    "--case", "codes", multiple=True, help="Code of a case; may be repeated. Without it: all cases."
)
def replay(codes: tuple[str, ...]) -> None:
    """Run cases again from their recorded inputs and compare every state; exit code 1 on a difference."""
    reproduced = total = erased = faults = 0
    try:
        for code, verdict in verdicts(db.session(), codes):
            reproduced, total = reproduced + verdict.reproduced, total + verdict.total
            erased += verdict.erased
            if not verdict.holds:
                faults += 1
                click.echo(f"{code}: {_said(verdict)}")
    except UnknownCase as fault:
        click.echo(f"no case {fault}")
        sys.exit(1)
    note = f", {erased} erased, hash verified" if erased else ""
    click.echo(f"{reproduced} of {total} steps reproduced{note}")
    sys.exit(1 if faults else 0)


def _said(verdict: Verdict) -> str:
    """What is wrong with one case."""
    parts = []
    if verdict.broken is not None:
        parts.append(f"{verdict.broken.kind} at {verdict.broken.place}")
    if verdict.step is not None:
        parts.append(f"step {verdict.step} differs: {', '.join(verdict.keys)}")
    if verdict.deviations:
        parts.append(f"rows differ from the log: {', '.join(verdict.deviations)}")
    return "; ".join(parts)


@audit.command("checkpoint")
def checkpoint() -> None:
    """Sign the heads of all streams and keep the checkpoint in and outside the database."""
    made = make_checkpoint(actor=SYSTEM, now=now(db.session()))
    click.echo(f"{made.events} events in {made.streams} streams, root {made.root}")


@audit.command("export")
@click.argument("folder", type=click.Path(file_okay=False, path_type=Path))
@click.option(
    "--private", is_flag=True, help="With the personal parts; keep the export like the cases' files."
)
def export(folder: Path, private: bool) -> None:
    """Write the log, its checkpoints, the public keys and `verify.py` into FOLDER."""
    events = export_log(folder, private=private, actor=SYSTEM, now=now(db.session()))
    click.echo(f"{events} events in {folder}; check them with: python3 {folder / 'verify.py'} {folder}")

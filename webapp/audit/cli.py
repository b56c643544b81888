"""Commands of proof: `flask audit verify | replay | checkpoint | export | tamper-demo`."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any, TypeVar

import click
from flask import current_app
from flask.cli import AppGroup

from webapp.audit.against import OtherEngine, OtherEngineFailed
from webapp.audit.case_files import case_file
from webapp.audit.rerunning import verdicts_by
from webapp.audit.tampering import tamper_demo
from webapp.clock import now
from webapp.extensions import db
from webapp.operations.acting import SYSTEM
from webapp.operations.audit import export_log, make_checkpoint
from webapp.operations.bundles import record_bundle, write_bundle
from webapp.operations.event_logs import FORMS, MOST_ROWS, TooManyRows, diagrams, export_event_log
from webapp.operations.papers import file_store
from webapp.queries.bundles import Scope, Wanted
from webapp.queries.proof import Proof
from webapp.queries.replays import UnknownCase, Verdict, case_codes, verdicts
from webapp.queries.snapshots import snapshot
from workflows.engine import ENGINE_VERSION

V = TypeVar("V")
PROGRESS = 500
"""After so many cases a line says how far it has come."""

audit = AppGroup("audit", help="Prove the log: chains, signatures, files, and running every case again.")
audit.add_command(tamper_demo)


@audit.command("verify")
def verify() -> None:
    """Check every chain, guard, checkpoint, paper and number; exit code 1 when something does not hold."""
    settings = current_app.config["SETTINGS"]
    faults = 0
    with snapshot(db.engine) as reading:
        proof = Proof(reading, settings.data_dir, file_store(), settings.checkpoint_dir)
        for finding in proof.findings():
            faults += 1
            click.echo(f"{finding.kind}: {finding.place} {finding.detail}".rstrip())
    click.echo(
        f"{proof.events} events in {len(proof.streams)} streams, {proof.checkpoints} checkpoints,"
        f" {len(proof.papers)} papers: {f'{faults} faults' if faults else 'everything holds'}"
    )
    sys.exit(1 if faults else 0)


@audit.command("replay")
@click.option("--case", "codes", multiple=True, help="Code of a case; may be repeated.")
@click.option("--all", "whole", is_flag=True, help="All cases; so it is without --case, too.")
@click.option(
    "--jobs", type=click.IntRange(1), default=1, show_default=True, help="Processes that run them at once."
)
@click.option(
    "--against",
    type=click.Path(path_type=Path, exists=True),
    help="The Python of another environment, or its folder: its engine runs them.",
)
def replay(codes: tuple[str, ...], whole: bool, jobs: int, against: Path | None) -> None:
    """Run cases again from their recorded inputs and compare every state; exit code 1 on a difference."""
    if whole and codes:
        raise click.UsageError("Give --all or --case, not both.")
    wanted = list(codes) or case_codes(db.session())
    try:
        holds = _replay_against(against, wanted, jobs) if against else _replay(wanted, jobs)
    except UnknownCase as fault:
        click.echo(f"no case {fault}")
        sys.exit(1)
    except OtherEngineFailed as fault:
        click.echo(f"the other environment failed: {fault}")
        sys.exit(1)
    sys.exit(0 if holds else 1)


def _replay(wanted: list[str], jobs: int) -> bool:
    reproduced = total = erased = faults = 0
    for code, verdict in _counted(_verdicts(wanted, jobs), len(wanted)):
        reproduced, total = reproduced + verdict.reproduced, total + verdict.total
        erased += verdict.erased_steps
        if not verdict.holds:
            faults += 1
            click.echo(f"{code}: {_said(verdict)}")
    note = f", {erased} erased, hash verified" if erased else ""
    click.echo(f"{reproduced} of {total} steps reproduced{note}")
    return not faults


def _replay_against(environment: Path, wanted: list[str], jobs: int) -> bool:
    python = environment / "bin" / "python" if environment.is_dir() else environment
    other = OtherEngine(python, jobs)
    click.echo(f"SpiffWorkflow {ENGINE_VERSION} here, {other.version} in {environment}")
    reproduced = total = faults = 0
    try:
        for code, verdict in _counted(other.verdicts(db.session(), wanted), len(wanted)):
            reproduced, total = reproduced + verdict.reproduced, total + verdict.total
            if verdict.step is not None:
                faults += 1
                what = (
                    "by the engine here, too; see audit replay" if verdict.here else ", ".join(verdict.keys)
                )
                click.echo(f"{code}: step {verdict.step} differs: {what}")
    finally:
        other.close()
    click.echo(f"{reproduced} of {total} steps reproduced by SpiffWorkflow {other.version}")
    return not faults


def _counted(judged: Iterable[tuple[str, V]], total: int) -> Iterator[tuple[str, V]]:
    """The verdicts as they come; now and then a line says how far it has come."""
    for done, one in enumerate(judged, 1):
        yield one
        if not done % PROGRESS:
            click.echo(f"{done} of {total} cases", err=True)


def _verdicts(codes: list[str], jobs: int) -> Iterator[tuple[str, Verdict]]:
    if jobs == 1:
        return verdicts(db.session(), codes)
    return verdicts_by(jobs, current_app.config["SETTINGS"], codes)


def _said(verdict: Verdict) -> str:
    """What is wrong with one case."""
    parts = []
    if verdict.broken is not None:
        parts.append(f"{verdict.broken.kind} at {verdict.broken.place}")
    if verdict.step is not None:
        parts.append(f"step {verdict.step} differs: {', '.join((*verdict.keys, *map(str, verdict.places)))}")
    if verdict.lost:
        numbers = ", ".join(f"#{number}" for number in verdict.lost)
        parts.append(f"personal part missing and no erasure on record: {numbers}")
    if verdict.deviations:
        parts.append(f"rows differ from the log: {', '.join(verdict.deviations)}")
    return "; ".join(parts)


@audit.command("checkpoint")
def checkpoint() -> None:
    """Sign the heads of all streams and keep the checkpoint in and outside the database."""
    made = make_checkpoint(actor=SYSTEM, now=now(db.session()))
    click.echo(f"{made.events} events in {made.streams} streams, root {made.root}")


@audit.command("export")
@click.argument("out", type=click.Path(path_type=Path))
@click.option(
    "--format",
    "form",
    type=click.Choice(["log", "bundle", *FORMS]),
    default="log",
    show_default=True,
    help="log: a folder that proves itself; bundle: a signed zip file that does, of a case, a session, a campaign or a"
    " sample; xes, ocel (.json or .sqlite), csv and xlsx: a file for process mining.",
)
@click.option("--campaign", help="Only cases of the campaign of this code.")
@click.option("--case", "codes", multiple=True, help="Only the case of this code; may be repeated.")
@click.option("--session", "session_code", help="A bundle of the council session whose case has this code.")
@click.option("--sample", help="A bundle of the random sample of this seed.")
@click.option("--private", is_flag=True, help="A log with the personal parts; keep it like the cases' files.")
@click.option("--documents", is_flag=True, help="A log with the papers; keep it like the cases' files.")
def export(out: Path, form: str, codes: tuple[str, ...], **chosen: Any) -> None:
    """Write the log to OUT: whole or as a bundle, each with its `verify.py`, or for programs of process mining."""
    scopes: dict[Scope, Any] = {
        "campaign": chosen["campaign"],
        "session": chosen["session_code"],
        "sample": chosen["sample"],
        "case": codes,
    }
    if form != "log" and (chosen["private"] or chosen["documents"]):
        raise click.UsageError("--private goes with --format log, and so does --documents.")
    try:
        if form == "log":
            _export_log(out, scopes, chosen["private"], chosen["documents"])
        elif form == "bundle":
            _export_bundle(out, scopes)
        else:
            _export_mined(out, form, scopes)
    except UnknownCase as fault:
        raise click.UsageError(f"There is no case or campaign {fault}, or it holds no case.") from fault
    except OSError as fault:
        raise click.ClickException(f"It cannot be written: {fault}") from fault
    except TooManyRows as fault:
        raise click.UsageError(f"A sheet holds {MOST_ROWS} events; take csv, or a campaign.") from fault


def _export_log(out: Path, scopes: Mapping[Scope, Any], private: bool, documents: bool) -> None:
    if any(scopes.values()):
        raise click.UsageError("The log is exported whole; the other options go with another --format.")
    at = now(db.session())
    events = export_log(out, private=private, documents=documents, actor=SYSTEM, now=at)
    click.echo(f"{events} events in {out}; check them with: python3 {out / 'verify.py'} {out}")


def _export_bundle(out: Path, scopes: Mapping[Scope, Any]) -> None:
    given = [(scope, code) for scope, code in scopes.items() if code]
    if len(given) != 1 or (given[0][0] == "case" and len(given[0][1]) != 1):
        raise click.UsageError("A bundle is of one --case, one --session, one --campaign or one --sample.")
    if out.is_dir() or not out.absolute().parent.is_dir():
        raise click.UsageError(f"{out} is a folder, or the folder it should lie in is not there.")
    (scope, code), at = given[0], now(db.session())
    wanted = Wanted(scope, code if isinstance(code, str) else code[0], None)
    cases = record_bundle(wanted, actor=SYSTEM, now=at)
    part = out.with_name(f"{out.name}.part")  # a half bundle never has the name of a whole one
    try:
        with part.open("w+b") as file:
            for done in write_bundle(wanted, lambda case: case_file(db.session(), case), file, now=at):
                click.echo(f"{done} of {cases} cases", err=True)
        part.replace(out)
    finally:
        part.unlink(missing_ok=True)
    click.echo(f"{cases} cases in {out}; check them with its verify.py")


def _export_mined(out: Path, form: str, scopes: Mapping[Scope, Any]) -> None:
    if scopes["session"] or scopes["sample"]:
        raise click.UsageError("--session and --sample go with --format bundle.")
    at = now(db.session())
    made = export_event_log(out, form, scopes["campaign"], scopes["case"], actor=SYSTEM, now=at)
    beside = len(list(diagrams(sorted(made.seen))))
    click.echo(f"{made.events} events of {made.cases} cases in {out}, {beside} diagrams beside it")

"""The page of the proof: a verification now, the line of checkpoints, the self-tests, the public key."""

from __future__ import annotations

import time
from dataclasses import dataclass

from flask import current_app, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from webapp import eventlog
from webapp.checkpoint_key import key_of
from webapp.extensions import db
from webapp.operations.checkpoints import checkpoint_on_demand
from webapp.operations.papers import file_store
from webapp.queries.chains import Finding
from webapp.queries.checkpoint_lines import CheckpointLine, checkpoint_lines
from webapp.queries.proof import Proof
from webapp.queries.self_tests import passed, self_tests
from webapp.queries.session_seals import short
from webapp.ui import proof_words
from webapp.ui.acting import actor_and_now

PER_PAGE, TESTS = 12, 7
MOST = 100_000
"""Events that are verified while somebody waits; more than these are for the command."""


@dataclass(frozen=True)
class Verified:
    """A verification: what does not hold, of how much, in how many seconds."""

    findings: list[Finding]
    proof: Proof
    seconds: float


@dataclass(frozen=True)
class Line:
    """The checkpoints of a page, and its place among the pages; ``signed`` events are covered by the newest."""

    rows: list[CheckpointLine]
    total: int
    page: int
    pages: int
    newest: int
    signed: int


def proof_page() -> str:
    """The page; sent, the record is verified while one waits, where it is not too long for that."""
    settings, session = current_app.config["SETTINGS"], db.session()
    events = sum(number for _stream, number, _head in eventlog.streams(session))
    too_long = events > MOST
    return render_template(
        "audit/show_proof.html",
        line=_line(),
        tests=self_tests(session, TESTS),
        passed=passed,
        verified=_verified() if request.method == "POST" and not too_long else None,
        too_long=too_long,
        events=events,
        keys=sorted(key_of(settings.data_dir).trusted()),
        witness=settings.checkpoint_dir is not None,
        mailed=bool(settings.mail_url),
        words=proof_words,
        short=short,
    )


def sign_now() -> Response:
    """Sign a checkpoint, once for each page that was shown."""
    actor, now = actor_and_now()
    after = request.form.get("after", type=int)
    made = checkpoint_on_demand(-1 if after is None else after, actor=actor, now=now)
    if made is None:
        flash(_("A checkpoint has been signed since this page was opened; it stands below."), "info")
    else:
        flash(_("Checkpoint signed: %(fingerprint)s.", fingerprint=short(made.fingerprint)), "success")
    return redirect(url_for("audit.show_proof", _anchor="checkpoints-title"))


def _verified() -> Verified:
    settings = current_app.config["SETTINGS"]
    proof = Proof(db.session(), settings.data_dir, file_store(), settings.checkpoint_dir)
    begun = time.monotonic()
    return Verified(list(proof.findings()), proof, time.monotonic() - begun)


def _line() -> Line:
    settings = current_app.config["SETTINGS"]
    lines = checkpoint_lines(db.session(), settings.data_dir, settings.checkpoint_dir)
    pages = max(1, -(-len(lines) // PER_PAGE))
    page = min(max(1, request.args.get("page", 1, type=int)), pages)
    rows = lines[(page - 1) * PER_PAGE : page * PER_PAGE]
    newest, signed = (lines[0].id, lines[0].events) if lines else (0, 0)
    return Line(rows, len(lines), page, pages, newest, signed)

"""The page of the proof: a verification, the line of checkpoints, the self-tests, the public key."""

from __future__ import annotations

from flask import current_app, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from webapp import eventlog
from webapp.checkpoint_key import key_of
from webapp.extensions import db
from webapp.operations.checkpoints import checkpoint_on_demand
from webapp.operations.log_verifications import begin_verification
from webapp.queries.checkpoint_lines import CheckpointPage, checkpoint_lines
from webapp.queries.log_verifications import newest_verification
from webapp.queries.self_tests import passed, self_tests
from webapp.queries.session_seals import short
from webapp.ui import proof_words
from webapp.ui.acting import actor_and_now

PER_PAGE, TESTS = 12, 7


def proof_page() -> str:
    """The page; asked by a script, only how far the newest verification has come."""
    settings, session = current_app.config["SETTINGS"], db.session()
    verification = newest_verification(session)
    if request.headers.get("HX-Request"):
        return render_template("audit/parts/verification.html", verification=verification, words=proof_words)
    line, page, pages = _line()
    return render_template(
        "audit/show_proof.html",
        line=line,
        page=page,
        pages=pages,
        tests=self_tests(session, TESTS),
        passed=passed,
        verification=verification,
        events=sum(number for _stream, number, _head in eventlog.streams(session)),
        keys=sorted(key_of(settings.data_dir).trusted()),
        witness=settings.checkpoint_dir is not None,
        mailed=bool(settings.mail_url),
        words=proof_words,
        short=short,
    )


def verify_now() -> Response:
    """Let the worker verify the record."""
    actor, now = actor_and_now()
    begin_verification(actor=actor, now=now)
    return redirect(url_for("audit.show_proof", _anchor="now-title"))


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


def _line() -> tuple[CheckpointPage, int, int]:
    """The checkpoints of a page, its number, and how many pages there are."""
    settings, page = current_app.config["SETTINGS"], max(1, request.args.get("page", 1, type=int))

    def lines(page: int) -> CheckpointPage:
        first = (page - 1) * PER_PAGE
        return checkpoint_lines(db.session(), settings.data_dir, settings.checkpoint_dir, first, PER_PAGE)

    line = lines(page)
    pages = max(1, -(-line.total // PER_PAGE))
    return (line, page, pages) if page <= pages else (lines(pages), pages, pages)

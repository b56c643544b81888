"""The page with the form that opens a case, and where its case begins."""

from __future__ import annotations

import hashlib
import secrets
from collections.abc import Iterable, Mapping
from typing import Any

from flask import abort, flash, render_template, request, url_for
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from webapp.extensions import db
from webapp.inbox.filling import store_files
from webapp.inbox.lists import Run, task_url
from webapp.inbox.start_values import first_values
from webapp.operations.refusals import NotNow, Refused
from webapp.operations.start_papers import add_start_paper
from webapp.operations.starts import STARTERS, Opened, may_start, refuse_stopped, start_once
from webapp.operations.tasks import take_task
from webapp.queries.inbox import Wanted
from webapp.queries.nominees import own_registered
from webapp.queries.papers import waiting_papers
from webapp.queries.start_page import StartPage, first_task, start_page
from webapp.ui.access import record_refusal, standing
from webapp.ui.acting import actor_and_now
from webapp.ui.choice_texts import spoken
from webapp.ui.entries import paper_finder
from webapp.ui.fields import build_form
from webapp.ui.form_data import Submission
from webapp.ui.refusal_texts import refusal_text
from workflows.forms import Fault, offered, with_choices

ONCE = "_once"
"""The hidden field with the key that makes a form open one case, however often it is sent."""

SEND_LABELS = {
    "campaign": _l("Open the campaign"),
    "exemplar": _l("Send the proposal"),
    "registration": _l("Go on to the form"),
    "award_correction": _l("Go on to the form"),
    "award_revocation": _l("Go on to the form"),
}
"""What the button says where opening a case is called otherwise."""


def start_or_refuse(code: str, process: str) -> StartPage:
    """The start form; 404 when there is none, 403 for somebody whose roles do not open such cases."""
    page = start_page(db.session(), standing(), code, process) if process in STARTERS else None
    if page is None:
        record_refusal("visible")
        abort(404)
    if not may_start(standing(), process, page.organiser):
        record_refusal(f"start_{process}")
        abort(403)
    return page


def start_form(
    page: StartPage,
    values: Mapping[str, Any] | None = None,
    faults: Iterable[Fault] = (),
    refusal: str = "",
) -> str:
    """The page with what was typed, or with the defaults at first."""
    schema = offered(with_choices(page.schema, spoken(page.choices)))
    find = paper_finder(waiting_papers(db.session(), standing()))
    form = build_form(schema, first_values(page) if values is None else values, faults, find)
    return render_template(
        "inbox/show_start.html",
        page=page,
        form=form,
        refusal=refusal,
        registrations=own_registered(db.session(), page.campaign, standing())
        if page.process == "nomination"
        else (),
        send_label=SEND_LABELS.get(page.process, _("Open the dossier")),
        once_field=ONCE,
        once_key=secrets.token_urlsafe(16),
    )


def keep_files(page: StartPage, submission: Submission) -> list[Fault]:
    """Store what was chosen, so that no file is chosen twice, whatever else is wrong; faults of files not taken.

    Raises the refusals of the operation.
    """
    actor, now = actor_and_now()
    return store_files(
        submission,
        lambda upload: add_start_paper(page.process, page.campaign, upload, actor=actor, now=now),
    )


def open_from_form(page: StartPage, data: Mapping[str, Any]) -> Opened:
    """Open the case once under the key of the form that was sent; a form without one opens it each time.

    Raises the refusals of the operation, among them NotNow("key_reused") when the form was sent before with other data.
    """
    sent = request.form.get(ONCE, "")
    key = "form/" + hashlib.sha256(sent.encode("utf-8", "replace")).hexdigest() if sent else ""
    actor, now = actor_and_now()
    return start_once(key, page.process, page.campaign, data, actor=actor, now=now)


def first_refusal(page: StartPage) -> str:
    """Why no case can be opened here whatever is typed; empty when one can."""
    try:
        refuse_stopped(page.process, page.state)
    except NotNow as refusal:
        return refusal_text(refusal)
    return ""


def start_refusal(refusal: NotNow) -> str:
    """Why no case was opened."""
    if refusal.code == "key_reused":
        return _(
            "This form has opened a dossier already. To open another one with what stands here, send it again."
        )
    return refusal_text(refusal)


def first_page(opened: Opened) -> str:
    """Where a case just opened goes on: at its first task, taken, for whoever may act on it; else on its page.

    A form sent again leads there, too, and takes nothing.
    """
    said = _("Dossier %(code)s has been opened.", code=opened.code)
    flash(said, "info" if opened.again else "success")
    first = first_task(db.session(), standing(), opened.code)
    run = Run(Wanted("mine"))
    if first is None:
        return url_for("tracking.show_case", code=opened.code)
    if first.to_take and not opened.again:
        _take(first.task_id)
    return task_url(first.task_id, run)


def _take(task_id: str) -> None:
    """Take the task; where a colleague was faster its page says so."""
    actor, now = actor_and_now()
    try:
        take_task(task_id, actor=actor, now=now)
    except Refused:
        return

"""The page with the form that opens a case, and where its case begins."""

from __future__ import annotations

import hashlib
import secrets
from collections.abc import Iterable, Mapping
from typing import Any

from flask import abort, flash, render_template, request, url_for
from flask_babel import gettext as _

from webapp.extensions import db
from webapp.inbox.filling import store_files
from webapp.inbox.lists import Run, task_url
from webapp.operations.refusals import NotNow, Refused
from webapp.operations.start_papers import add_start_paper
from webapp.operations.starts import STARTERS, Opened, may_start, refuse_stopped, start_once
from webapp.operations.tasks import take_task
from webapp.queries.cluster_scores import result_of
from webapp.queries.exemplar_choices import nominated
from webapp.queries.inbox import Wanted
from webapp.queries.papers import waiting_papers
from webapp.queries.start_page import StartPage, first_task, start_page
from webapp.ui.access import record_refusal, standing
from webapp.ui.acting import actor_and_now
from webapp.ui.choice_texts import spoken
from webapp.ui.entries import paper_finder
from webapp.ui.fields import build_form
from webapp.ui.form_data import Submission, defaults
from webapp.ui.refusal_texts import refusal_text
from workflows.forms import Fault, offered, with_choices

ONCE = "_once"
"""The hidden field with the key that makes a form open one case, however often it is sent."""


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
    form = build_form(schema, _first_values(page) if values is None else values, faults, find)
    return render_template(
        "inbox/show_start.html",
        page=page,
        form=form,
        refusal=refusal,
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


def _first_values(page: StartPage) -> dict[str, Any]:
    """The defaults, the choice of every field that leaves none, what the plan of a campaign or the result of a cluster
    fills in, and choices that the address names."""
    fields = page.schema["properties"]
    only = {
        name: page.choices[fields[name]["x-options"]][0][0]
        for name in page.schema.get("required", ())
        if fields[name].get("type") == "string"
        and len(page.choices.get(fields[name].get("x-options", ""), ())) == 1
    }
    asked = {
        name: request.args[name]
        for name, part in fields.items()
        if request.args.get(name) in dict(page.choices.get(part.get("x-options", ""), ()))
    }
    known = _from_plan(page) if page.process == "campaign" else {}
    return {**defaults(page.schema), **only, **known, **_from_cluster(page), **_from_exemplar(page), **asked}


def _from_plan(page: StartPage) -> dict[str, Any]:
    """Days and addressed units as the plan has them, to be changed where the office has decided otherwise."""
    plan, units = page.plan, dict(page.choices["receiving_units"])
    return {
        "registration_opens": plan.registration.opens.isoformat(),
        "registration_closes": plan.registration.closes.isoformat(),
        "addressed_units": [each.unit for each in plan.addressed_units if each.unit in units],
        "acknowledge_by": plan.acknowledgement.due.isoformat(),
    }


def _from_cluster(page: StartPage) -> dict[str, Any]:
    """The unit with the result of a cluster that the address names, where it is offered here."""
    offered = dict(page.choices.get("cluster_results", ()))
    asked = request.args.get("cluster_result", "")
    result = result_of(db.session(), asked) if asked in offered else None
    if result is None:
        return {}
    kind = "commune" if result.unit.kind == "committee" and result.unit.level == "commune" else "collective"
    wanted = {
        "nominee_kind": (kind, "nominee_kinds"),
        "submitting_unit": (result.unit.code, "units"),
    }
    found = {name: value for name, (value, source) in wanted.items() if value in dict(page.choices[source])}
    return {**found, "nominee_name": result.unit.name, "cluster_result": asked}


def _from_exemplar(page: StartPage) -> dict[str, Any]:
    """The exemplar the address names, where a unit can apply it here; with the nominee it is, where it is nominated."""
    asked = request.args.get("exemplar", "")
    if asked in dict(page.choices.get("introduced_exemplars", ())):
        return {"exemplar": asked}
    if asked not in dict(page.choices.get("recognised_exemplars", ())):
        return {}
    found = nominated(db.session(), asked)
    named = {"nominee_name": found.name, "exemplar": asked}
    unit_field = "nominee_unit" if page.process == "extraordinary" else "submitting_unit"
    kinds, units = dict(page.choices["nominee_kinds"]), dict(page.choices["units"])
    return (
        named
        | ({"nominee_kind": found.kind} if found.kind in kinds else {})
        | ({unit_field: found.unit} if found.unit in units else {})
    )


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

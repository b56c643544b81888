"""Pages: the lists of tasks, a task, a form that opens a case, a paper, a draft."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from webapp.documents.catalogue import document_type
from webapp.extensions import db
from webapp.i18n import content
from webapp.inbox.filling import COMPLETE_NEXT, SKIP, Filled, fill, typed
from webapp.inbox.importing import (
    cancelled,
    failed_text,
    import_form,
    imported,
    list_template,
    retried,
    shown_progress,
)
from webapp.inbox.lists import Run, first_tab, list_url, run_of_request, shown_list, task_url
from webapp.inbox.marking import note_opened
from webapp.inbox.showing import shown_task
from webapp.inbox.starting import (
    first_page,
    first_refusal,
    keep_files,
    open_from_form,
    start_form,
    start_or_refuse,
    start_refusal,
)
from webapp.operations import tasks
from webapp.operations.access import record_access
from webapp.operations.procedures.documents import draw_draft, file_name
from webapp.operations.refusals import Forbidden, InvalidForm, NotFound, NotNow, Refused
from webapp.pictures import NoPicture
from webapp.queries.drafts import case_with_draft, final_paper
from webapp.queries.inbox import Tab
from webapp.queries.papers import readable_paper, waiting_paper
from webapp.queries.task_page import TaskForm, TaskPage, task_form, task_page
from webapp.ui.access import hidden, signed_in, standing
from webapp.ui.acting import actor_and_now
from webapp.ui.guesses import limit_guesses, note_guesses
from webapp.ui.paper_files import drawn_response, opened_paper, paper_response, thumbnail_response
from webapp.ui.refusal_texts import refusal_text, status_of
from workflows.events import DossierRead

blueprint = Blueprint("inbox", __name__, template_folder="templates")

Answer = Response | str | tuple[str, int]


@blueprint.get("/", defaults={"tab": None})
@blueprint.get("/inbox/<any(mine, common, delegated, done):tab>")
@signed_in
def show_inbox(tab: Tab | None) -> Answer:
    """A list of tasks. The page asks again every half minute and is answered only when something changed."""
    shown = shown_list(tab or first_tab())
    if "HX-Request" not in request.headers:
        return render_template("inbox/show_inbox.html", shown=shown)
    if request.args.get("seen") == shown.mark:
        return "", 204
    return render_template("inbox/parts/news.html", shown=shown)


@blueprint.get("/tasks/<task_id>")
@signed_in
def show_task(task_id: str) -> Answer:
    """A task: to fill in for whoever holds it, to read for others; reading somebody else's is noted."""
    page = _page_or_404(task_id)
    if not page.may_act:
        actor, now = actor_and_now()
        record_access(DossierRead(case=page.task.code), actor=actor, now=now)
    note_opened(page)
    return render_template("inbox/show_task.html", shown=shown_task(page, run_of_request()))


@blueprint.post("/tasks/<task_id>")
@signed_in
@limit_guesses
def complete_task(task_id: str) -> Answer:
    """Complete the task, or keep what was typed: the pressed button says which."""
    form = _form_or_404(task_id)
    run = run_of_request()
    try:
        filled = fill(form)
    except (NotFound, Forbidden):
        raise
    except Refused as refusal:
        return _refused(task_id, run, refusal, typed(form.schema).data)
    if filled.faults:
        note_guesses(filled.faults)
        shown = shown_task(_page_or_404(task_id), run, filled.data, filled.faults)
        return render_template("inbox/show_task.html", shown=shown), 422
    return redirect(_after(form, run, filled))


@blueprint.post("/tasks/<task_id>/take")
@signed_in
def take_task(task_id: str) -> Answer:
    """Take a task from the common list and go to its page."""
    actor, now = actor_and_now()
    run = run_of_request()
    return _tried(
        task_id,
        run,
        lambda: tasks.take_task(task_id, actor=actor, now=now),
        task_url(task_id, run),
    )


@blueprint.post("/tasks/<task_id>/give-back")
@signed_in
def give_back_task(task_id: str) -> Answer:
    """Put a task back on the common list."""
    actor, now = actor_and_now()
    run = run_of_request()
    answer = _tried(
        task_id,
        run,
        lambda: tasks.give_back_task(task_id, actor=actor, now=now),
        list_url(run),
    )
    if isinstance(answer, Response):
        flash(_("The task is on the common list again. What you typed stays as your draft."), "success")
    return answer


@blueprint.post("/tasks/<task_id>/draft")
@signed_in
def save_draft(task_id: str) -> Answer:
    """Keep what has been typed so far; the page sends it on its own."""
    form = _form_or_404(task_id)
    actor, now = actor_and_now()
    try:
        tasks.save_draft(task_id, typed(form.schema).data, actor=actor, now=now)
    except (NotFound, Forbidden):
        raise
    except Refused as refusal:
        return render_template("inbox/parts/draft_state.html", refusal=refusal_text(refusal))
    return render_template("inbox/parts/draft_state.html", saved_at=now.at)


@blueprint.get("/campaigns/<code>/start/<process>")
@signed_in
def show_start(code: str, process: str) -> Answer:
    """The form that opens a case of a process in a campaign; why not, when that is known already."""
    page = start_or_refuse(code, process)
    return start_form(page, refusal=first_refusal(page))


@blueprint.post("/campaigns/<code>/start/<process>")
@signed_in
def start_case(code: str, process: str) -> Answer:
    """Open a case and go to its first task; the same form sent again leads to the case it opened."""
    page = start_or_refuse(code, process)
    submission = typed(page.schema)
    try:
        faults = keep_files(page, submission)
        if submission.editing or faults:
            return start_form(page, submission.data, faults), 422 if faults else 200
        opened = open_from_form(page, submission.data)
    except InvalidForm as refusal:
        return start_form(page, submission.data, refusal.faults), 422
    except NotNow as refusal:
        return start_form(page, submission.data, refusal=start_refusal(refusal)), 409
    return redirect(first_page(opened))


@blueprint.get("/papers/<paper_id>")
@signed_in
def show_paper(paper_id: str) -> Answer:
    """A paper of a dossier, for whoever may know of it; one that waits for a dossier, for whoever chose it."""
    if waits := waiting_paper(db.session(), standing(), paper_id):
        return paper_response(waits)
    return opened_paper(readable_paper(db.session(), standing(), paper_id) or hidden())


@blueprint.get("/papers/<paper_id>/thumbnail")
@signed_in
def show_thumbnail(paper_id: str) -> Answer:
    """A small copy of a picture for whoever may read it; 404 for a paper of another kind."""
    waits = waiting_paper(db.session(), standing(), paper_id)
    try:
        return thumbnail_response(waits or readable_paper(db.session(), standing(), paper_id) or hidden())
    except NoPicture:
        hidden()


@blueprint.get("/cases/<code>/drafts/<document>.<any(pdf, docx):form>")
@signed_in
def show_draft(code: str, document: str, form: str) -> Answer:
    """A document as it will be signed, drawn for this answer and not kept; that it was read is noted."""
    case = case_with_draft(db.session(), standing(), code, document)
    if case is None:  # drawn up for good meanwhile: that one is read instead
        final = final_paper(db.session(), standing(), code, document) or hidden()
        return redirect(url_for("inbox.show_paper", paper_id=final))
    if form == "docx" and not document_type(document).in_word:
        hidden()
    actor, now = actor_and_now()
    record_access(DossierRead(case=code), actor=actor, now=now)
    return drawn_response(draw_draft(db.session(), case, document, form), file_name(document, code, form))


def _form_or_404(task_id: str) -> TaskForm:
    return task_form(db.session(), standing(), task_id) or hidden()


def _page_or_404(task_id: str) -> TaskPage:
    return task_page(db.session(), standing(), task_id) or hidden()


def _tried(task_id: str, run: Run, act: Callable[[], None], target: str) -> Answer:
    """Do an act and go on to its target, or show the task as it stands with why it was refused."""
    try:
        act()
    except (NotFound, Forbidden):
        raise
    except Refused as refusal:
        return _refused(task_id, run, refusal)
    return redirect(target)


def _refused(task_id: str, run: Run, refusal: Refused, values: dict[str, object] | None = None) -> Answer:
    page = _page_or_404(task_id)
    shown = shown_task(page, run, values, refusal=refusal_text(refusal))
    return render_template("inbox/show_task.html", shown=shown), status_of(refusal)


def _after(form: TaskForm, run: Run, filled: Filled) -> str:
    """Where the pressed button leads once it has done its work."""
    if filled.completed is not None:
        flash(_("Done: “%(task)s”, %(code)s.", task=content(form.name), code=form.code), "success")
    elif filled.act != SKIP:
        flash(_("Draft saved."), "success")
        return task_url(form.task_id, run) + (f"#{filled.place}" if filled.place else "")
    if filled.act not in (COMPLETE_NEXT, SKIP):
        return list_url(run)
    left = filled.completed is not None or run.wanted.tab == "common"
    return _next(form, replace(run, done=run.done + left, shown=True))


def _next(form: TaskForm, run: Run) -> str:
    """The next task of the list, or the list when this was its last."""
    found = run.open_next(form.position)
    if found is not None:
        return task_url(found, run)
    flash(_("That was the end of the list."), "info")
    return list_url(run)


@blueprint.get("/campaigns/<code>/import/<any(registration, nomination):process>")
@signed_in
def show_import_form(code: str, process: str) -> Answer:
    """Takes a list of registrations or nominations over."""
    return import_form(code, process)


@blueprint.post("/campaigns/<code>/import/<any(registration, nomination):process>")
@signed_in
def import_list(code: str, process: str) -> Answer:
    """Check the whole list and take it in, or name every fault."""
    return imported(code, process)


@blueprint.get("/campaigns/<code>/import/<any(registration, nomination):process>/template")
@signed_in
def show_template(code: str, process: str) -> Response:
    """The empty list as an Excel file."""
    return list_template(code, process)


@blueprint.get("/imports/<public_id>")
@signed_in
def show_import(public_id: str) -> Answer:
    """How far a list has come; while it runs the page asks again every few seconds."""
    part = "HX-Request" in request.headers
    page = "inbox/parts/import_progress.html" if part else "inbox/show_import.html"
    return render_template(page, shown=shown_progress(public_id), row_fault=failed_text)


@blueprint.post("/imports/<public_id>/cancel")
@signed_in
def cancel_import(public_id: str) -> Response:
    """Open no more rows."""
    return cancelled(public_id)


@blueprint.post("/imports/<public_id>/retry")
@signed_in
def retry_import(public_id: str) -> Response:
    """Try the rows again that failed."""
    return retried(public_id)

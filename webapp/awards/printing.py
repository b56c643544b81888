"""Print runs and letters of thanks as their pages draw them, and the acts behind those pages."""

from __future__ import annotations

from dataclasses import dataclass

from flask import abort, flash, redirect, render_template, request, url_for
from flask_babel import LazyString
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from werkzeug.wrappers import Response

from webapp.awards.print_forms import (
    arrangement_name,
    first_choice,
    letter_form,
    new_letter,
    new_run,
    ordering_name,
    print_form,
)
from webapp.documents.certificates import certificate_type, certificate_types
from webapp.extensions import db
from webapp.i18n import content
from webapp.models import PrintRun
from webapp.operations import print_runs, thanks_letters
from webapp.operations.access import record_access
from webapp.operations.refusals import NotNow
from webapp.queries.print_runs import ISSUE, FailedPortion, Printable, RunPage, printable, run_page
from webapp.queries.thanks_letters import letters_of
from webapp.ui.access import standing
from webapp.ui.acting import actor_and_now
from webapp.ui.fields import Form
from webapp.ui.filling import Answer, Typed, fill
from webapp.ui.paper_files import kept_response
from webapp.ui.refusal_texts import refusal_text
from workflows.award_events import PrintTaken

ARCHIVE = "application/zip"
PDF = "application/pdf"
FAULTS: dict[str, LazyString] = {
    "too_long_to_print": _l(
        "%(bearer)s: “%(field)s” does not fit its place, even in the smallest letters. On a larger sheet it may."
    ),
    "letter_missing": _l("%(bearer)s: “%(field)s” has a letter that the fonts of the papers do not have."),
    "not_read_back": _l("%(bearer)s: “%(field)s” was printed and is not found in the file."),
    "portions_failed": _l("The file is put together when all certificates are printed."),
}
STATES: dict[str, LazyString] = {
    "waiting": _l("Being printed"),
    "running": _l("Being printed"),
    "done": _l("The certificates are printed"),
    "cancelled": _l("Cancelled"),
    "failed": _l("Some could not be printed"),
    "expired": _l("The file has been removed"),
}


def run_name(run: PrintRun) -> str:
    """What a run is called in a list."""
    if run.purpose == ISSUE:
        return _("Issued with the decision")
    kind = content(certificate_type(run.type).title) if run.type else _("All certificates")
    sheet = run.blank["name"] if run.blank else _("Plain sheets")
    return f"{kind} · {sheet}"


def run_state(run: PrintRun) -> str:
    """How it stands."""
    unfinished = run.state == "done" and run.sha256 is None
    return str(STATES["failed" if unfinished else run.state])


@dataclass(frozen=True)
class ShownRun:
    """A run with its words."""

    page: RunPage

    @property
    def run(self) -> PrintRun:
        return self.page.run

    @property
    def title(self) -> str:
        """How far it has come."""
        return _("Being put together") if self.page.binding else str(STATES[self.page.progress.state])

    @property
    def about(self) -> str:
        """What is printed, on what, in which order and form."""
        run = self.run
        return " · ".join([run_name(run), ordering_name(run.ordering), arrangement_name(run.arrangement)])

    @property
    def is_issue(self) -> bool:
        return self.run.purpose == ISSUE

    def why(self, portion: FailedPortion) -> str:
        """Why a portion could not be printed."""
        code = portion.fault.get("refusal", "")
        if code not in FAULTS:
            return _("Something went wrong with the machine. Try again; if it stays, tell the administrator.")
        params = {"field": _label(portion.fault.get("field", "")), "bearer": portion.fault.get("bearer", "")}
        return str(FAULTS[code]) % params


def _label(name: str) -> str:
    """What a field of certificates is called."""
    fields = (field for kind in certificate_types().values() for field in kind.fields)
    return next((content(field.label) for field in fields if field.name == name), name)


def chosen(code: str) -> Answer:
    """The form of what is to be printed; sent, a run begins."""
    found = _printable(code)

    def begin(typed: Typed) -> Answer:
        actor, now = actor_and_now()
        public_id = print_runs.begin_run(code, new_run(typed), actor=actor, now=now)
        return redirect(url_for("prints.show_run", public_id=public_id))

    def show(form: Form) -> str:
        return render_template("awards/print_decision.html", found=found, form=form)

    return fill(print_form(found), first_choice(found), show, begin)


def shown_run(public_id: str) -> str:
    """How far a run has come; the part alone for the page that asks again."""
    part = "HX-Request" in request.headers
    template = "awards/parts/print_run.html" if part else "awards/show_run.html"
    return render_template(template, shown=ShownRun(_page(public_id)))


def run_file(public_id: str) -> Response:
    """What a run has printed, while it is kept; that it was taken is noted."""
    run = _page(public_id).run
    if run.sha256 is None:
        abort(404)
    actor, now = actor_and_now()
    record_access(PrintTaken(run=public_id, decision=run.decision.case.code), actor=actor, now=now)
    media_type = ARCHIVE if run.arrangement == "zip" else PDF
    return kept_response(run.sha256, run.size or 0, media_type, run.file_name)


def cancelled(public_id: str) -> Response:
    """Print no more of it."""
    actor, now = actor_and_now()
    print_runs.cancel_run(public_id, actor=actor, now=now)
    flash(_("No more is printed. It can be gone on with here."), "success")
    return redirect(url_for("prints.show_run", public_id=public_id))


def retried(public_id: str) -> Response:
    """Go on with it."""
    actor, now = actor_and_now()
    print_runs.retry_run(public_id, actor=actor, now=now)
    return redirect(url_for("prints.show_run", public_id=public_id))


def letters(code: str) -> Answer:
    """The letters of thanks beside a decision and the form of a new one; sent, it is made."""
    found = _printable(code)

    def make(typed: Typed) -> Answer:
        actor, now = actor_and_now()
        try:
            thanks_letters.enter_letter(code, new_letter(typed), actor=actor, now=now)
        except NotNow as refusal:
            flash(refusal_text(refusal), "error")
        else:
            flash(_("The letter of thanks to %(name)s is made.", name=typed["name"]), "success")
        return redirect(url_for("prints.list_letters", code=code))

    def show(form: Form) -> str:
        rows = letters_of(db.session(), found.decision.id)
        return render_template("awards/list_letters.html", found=found, rows=rows, form=form)

    return fill(letter_form(), {}, show, make)


def letter_taken_back(public_id: str) -> Response:
    """Let a letter of thanks hold no more."""
    actor, now = actor_and_now()
    code = thanks_letters.take_letter_back(public_id, actor=actor, now=now)
    flash(_("The letter of thanks is taken back: it is printed no more, and its code says so."), "success")
    return redirect(url_for("prints.list_letters", code=code))


def _printable(code: str) -> Printable:
    return printable(db.session(), standing(), code) or abort(404)


def _page(public_id: str) -> RunPage:
    return run_page(db.session(), standing(), public_id) or abort(404)

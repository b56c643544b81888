"""What is done on the pages of inspections: begin, change, end, note, raise, withdraw."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any, NoReturn, cast

from flask import abort, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _

from webapp.eventlog import case_stream, read_stream
from webapp.extensions import db
from webapp.inspections.forms import (
    SCAN,
    end_form,
    first_values,
    mandate_form,
    mandate_of,
    note_form,
    reason_form,
)
from webapp.models import Case
from webapp.operations import inspections
from webapp.operations.inspection_findings import raise_finding
from webapp.operations.inspection_scans import DECISION_SCAN
from webapp.operations.interventions import may_stop, stop_case
from webapp.operations.papers import LIMIT, PaperRefused, Upload
from webapp.operations.refusals import InvalidForm
from webapp.queries.deployments import current_deployment, form_schema
from webapp.queries.history import described
from webapp.queries.inspecting import FINDING
from webapp.queries.inspections import InspectionPage, covering, inspection_choices, inspection_page
from webapp.queries.instances import visible_case
from webapp.ui.access import hidden, record_refusal, standing
from webapp.ui.acting import actor_and_now
from webapp.ui.clock import today
from webapp.ui.filling import Answer, Typed, fill
from webapp.ui.form_data import FILE
from webapp.ui.formats import instant
from webapp.ui.sentences import sentence
from workflows.forms import Fault, Schema


def page_or_404(code: str) -> InspectionPage:
    """An inspection the reader may know of."""
    return inspection_page(db.session(), standing(), code, today()) or hidden()


def begin() -> Answer:
    """The form that begins an inspection."""

    def act(typed: Typed) -> Answer:
        actor, now = actor_and_now()
        with _scan_fits() as scan:
            code = inspections.begin_inspection(mandate_of(dict(typed)), scan, actor=actor, now=now)
        flash(_("The inspection %(code)s has begun.", code=code), "success")
        return redirect(url_for("inspections.show_inspection", code=code))

    first = {name: today().isoformat() for name in ("decision_date", "begins_on")}
    title = _("New inspection")
    lead = _("Its members read the cases it covers while it lasts, write notes and raise findings.")
    return _sheet(title, lead, _("Begin the inspection"), _list_url(), _mandate(), first, act)


def change(code: str) -> Answer:
    """The form that changes what an inspection covers and who inspects."""
    page = page_or_404(code)
    if not page.changes:
        _refuse("change_inspection")

    def act(typed: Typed) -> Answer:
        actor, now = actor_and_now()
        with _scan_fits() as scan:
            inspections.change_inspection(code, mandate_of(dict(typed)), scan, actor=actor, now=now)
        flash(_("The inspection has been changed."), "success")
        return redirect(_url(code))

    title = _("Change the inspection %(code)s", code=code)
    lead = _("What it was before stays in the log.")
    values = first_values(page.inspection)
    return _sheet(title, lead, _("Save"), _url(code), _mandate(), values, act)


def end(code: str) -> Answer:
    """The form that ends an inspection."""
    page = page_or_404(code)
    if not page.head or page.inspection.ended_at is not None:
        _refuse("end_inspection")

    def act(typed: Typed) -> Answer:
        actor, now = actor_and_now()
        inspections.end_inspection(code, typed["conclusion"], actor=actor, now=now)
        flash(_("The inspection has ended."), "success")
        return redirect(_url(code))

    title = _("End the inspection %(code)s", code=code)
    lead = _(
        "Its members see the cases by it no more. Findings that are open are still answered and concluded."
    )
    return _sheet(title, lead, _("End the inspection"), _url(code), end_form(), {}, act)


def note(code: str) -> Answer:
    """The form of a note about a step."""
    case, event = _place(code)

    def act(typed: Typed) -> Answer:
        actor, now = actor_and_now()
        inspections.write_note(code, case.code, event, typed["text"], actor=actor, now=now)
        flash(_("The note has been kept."), "success")
        return redirect(_step_url(case, event))

    title = _("Note on %(case)s", case=case.code)
    return _sheet(
        title, _step_told(case, event), _("Keep the note"), _step_url(case, event), note_form(), {}, act
    )


def raise_(code: str) -> Answer:
    """The form that raises a finding about a step."""
    case, event = _place(code)

    def act(typed: Typed) -> Answer:
        actor, now = actor_and_now()
        finding = raise_finding(code, case.code, event, typed, actor=actor, now=now)
        flash(_("The finding %(code)s has been raised.", code=finding), "success")
        return redirect(url_for("inspections.show_finding", code=finding))

    title = _("Finding about %(code)s", code=case.code)
    asked = _("The unit that organises it is asked to answer. What is sent cannot be changed any more.")
    lead = f"{_step_told(case, event)} {asked}"
    schema = form_schema(current_deployment(db.session(), FINDING), FINDING, "start")
    return _sheet(title, lead, _("Raise the finding"), _step_url(case, event), schema, {}, act)


def withdraw(code: str) -> Answer:
    """The form with which who raised a finding takes it back."""
    case = visible_case(db.session(), standing(), code)
    if case is None or case.process != FINDING:
        hidden()
    if not may_stop(standing(), case):
        _refuse("withdraw_finding")
    back = url_for("inspections.show_finding", code=code)

    def act(typed: Typed) -> Answer:
        actor, now = actor_and_now()
        stop_case(code, typed["reason"], actor=actor, now=now)
        flash(_("The finding has been withdrawn."), "success")
        return redirect(back)

    title = _("Withdraw the finding %(code)s", code=code)
    lead = _(
        "Nobody is asked to answer it any more. It stays in the log and in the minutes, with the reason."
    )
    return _sheet(title, lead, _("Withdraw the finding"), back, reason_form(), {}, act)


def _place(code: str) -> tuple[Case, int]:
    """The case and the event that an address names, when the reader inspects there."""
    case = visible_case(db.session(), standing(), request.args.get("case", ""))
    event = request.args.get("event", type=int) or 0
    if case is None or not 0 < event < 2**31:
        hidden()
    if not read_stream(db.session(), case_stream(case.code), after=event - 1, limit=1):
        hidden()
    if code not in {row.code for row in covering(db.session(), standing(), case)}:
        hidden()
    return case, event


def _step_told(case: Case, event: int) -> str:
    """What happened there, as a sentence with its instant."""
    session = db.session()
    events = read_stream(session, case_stream(case.code), after=event - 1, limit=1)
    return " ".join(f"{instant(line.event.at)}: {sentence(line)}" for line in described(session, events))


def _refuse(rule: str) -> NoReturn:
    record_refusal(rule)
    abort(403)


@contextmanager
def _scan_fits() -> Iterator[Upload | None]:
    """The scan that was handed in; one that cannot be taken is a fault of its field."""
    file = request.files.get(f"{SCAN}-{FILE}")
    scan = Upload(file.filename, cast(Any, file.stream), DECISION_SCAN) if file and file.filename else None
    try:
        yield scan
    except PaperRefused as refusal:
        raise InvalidForm([Fault(f"/{SCAN}", f"paper_{refusal.code}", {"limit": LIMIT})]) from refusal


def _mandate() -> Schema:
    return mandate_form(inspection_choices(db.session(), standing(), today()))


def _list_url() -> str:
    return url_for("inspections.list_inspections")


def _url(code: str) -> str:
    return url_for("inspections.show_inspection", code=code)


def _step_url(case: Case, event: int) -> str:
    return url_for("audit.show_case", code=case.code, event=event)


def _sheet(
    title: str,
    lead: str,
    button: str,
    back: str,
    schema: Schema,
    first: Typed,
    act: Callable[[Typed], Answer],
) -> Answer:
    """A form on a page of its own."""
    return fill(
        schema,
        first,
        lambda form: render_template(
            "inspections/fill_sheet.html", form=form, title=title, lead=lead, button=button, back=back
        ),
        act,
    )

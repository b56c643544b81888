"""Pages that take over a list of registrations or nominations, and show how far it has come."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from flask import abort, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.datastructures import FileStorage
from werkzeug.wrappers import Response

from webapp.extensions import db
from webapp.i18n import language
from webapp.inbox.filling import store_files
from webapp.inbox.import_rows import Forms, example, forms_of, read_lines
from webapp.inbox.starting import start_or_refuse
from webapp.models import Campaign, RowImportLine
from webapp.operations import long_work, row_imports
from webapp.operations.row_imports import FILLING, ROWS, NewImport, Scan
from webapp.operations.start_papers import add_start_paper
from webapp.queries.papers import waiting_paper, waiting_papers
from webapp.queries.row_imports import ImportPage, campaign_by_code, import_page
from webapp.row_files import UnreadableFile, template
from webapp.ui.access import standing
from webapp.ui.acting import actor_and_now
from webapp.ui.clock import today
from webapp.ui.entries import paper_finder
from webapp.ui.fields import Form, build_form
from webapp.ui.form_data import Submission, read
from webapp.ui.formats import zone
from webapp.ui.item_faults import item_fault
from webapp.ui.paper_files import drawn_response
from webapp.ui.row_faults import FaultyList, faulty_list, unreadable_text
from workflows.forms import Fault, validate

Answer = Response | str | tuple[str, int]
FILE = "list"
"""The field with the Excel file."""
SCAN = "signed_scan"


@dataclass(frozen=True)
class ShownImport:
    """The page that takes a list over; ``found`` says why it was not."""

    campaign: Campaign
    process: str
    form: Form
    found: FaultyList | None = None


def _asked(code: str, process: str) -> tuple[Campaign, Forms]:
    """The campaign and the forms, for who may open such cases for others: 404, 403."""
    start_or_refuse(code, process)
    if process not in FILLING:
        abort(404)
    if not standing().holds("officer", "specialist"):
        abort(403)
    campaign = campaign_by_code(db.session(), code)
    return campaign, forms_of(db.session(), campaign, standing(), process)


def import_form(code: str, process: str) -> str:
    """The page, with nothing typed yet."""
    campaign, forms = _asked(code, process)
    return _show(campaign, forms, {}, (), None)


def _show(
    campaign: Campaign,
    forms: Forms,
    typed: Mapping[str, Any],
    faults: tuple[Fault, ...],
    found: FaultyList | None,
) -> str:
    form = build_form(forms.shared(), typed, faults, paper_finder(waiting_papers(db.session(), standing())))
    shown = ShownImport(campaign, forms.process, form, found)
    return render_template("inbox/import_list.html", shown=shown)


def list_template(code: str, process: str) -> Response:
    """The empty list to be filled."""
    _campaign, forms = _asked(code, process)
    names = {"registration": "danh-sach-dang-ky.xlsx", "nomination": "danh-sach-de-nghi.xlsx"}
    title = _("Registrations") if process == "registration" else _("Nominations")
    return drawn_response(template(forms.row(), title, example(forms)), names[process])


def imported(code: str, process: str) -> Answer:
    """Check the whole list and take it in, or name every fault."""
    campaign, forms = _asked(code, process)
    sent = read(forms.shared(), request.form, request.files, language(), zone())
    unkept = _kept(forms, campaign, sent)
    faults = (*unkept, *_shared_faults(forms, sent, unkept))
    file = request.files.get(FILE)
    if file is None or not file.filename:
        return _show(
            campaign, forms, sent.data, faults, FaultyList(_("Choose the Excel file with the list."))
        ), 422
    if faults:
        return _show(campaign, forms, sent.data, faults, None), 422
    data = file.read()
    try:
        lines, faulty = read_lines(db.session(), campaign, forms, sent.data, data, today())
    except UnreadableFile as fault:
        return _show(campaign, forms, sent.data, (), FaultyList(unreadable_text(fault))), 422
    if faulty:
        found = faulty_list(faulty, len(faulty) + len(lines), forms.row(), "nominee_name")
        return _show(campaign, forms, sent.data, (), found), 422
    return _begun(campaign, forms, sent, NewList(file, data, lines, _scan(sent)))


@dataclass(frozen=True)
class NewList:
    """A list that has passed its check, with the file it came in."""

    file: FileStorage
    data: bytes
    lines: list[row_imports.NewLine]
    scan: Scan | None


def _begun(campaign: Campaign, forms: Forms, sent: Submission, new: NewList) -> Response:
    actor, now = actor_and_now()
    shared = {name: value for name, value in sent.data.items() if name not in (SCAN, "round")}
    public_id = row_imports.begin_import(
        NewImport(
            forms.process,
            campaign.code,
            new.file.filename or "",
            hashlib.sha256(new.data).hexdigest(),
            shared,
            new.lines,
            new.scan,
        ),
        actor=actor,
        now=now,
    )
    return redirect(url_for("inbox.show_import", public_id=public_id))


def _kept(forms: Forms, campaign: Campaign, sent: Submission) -> list[Fault]:
    """Keep the signed list, whatever else is wrong: nobody chooses it twice. Faults of a file that is not taken."""
    actor, now = actor_and_now()
    return store_files(
        sent, lambda upload: add_start_paper(forms.process, campaign.code, upload, actor=actor, now=now)
    )


def _shared_faults(forms: Forms, sent: Submission, unkept: list[Fault]) -> list[Fault]:
    """What is wrong with what holds for every row; a paper that is not the sender's waiting one is none."""
    data = dict(sent.data)
    if SCAN in data and _scan(sent) is None:
        del data[SCAN]
    known = {fault.pointer for fault in unkept}
    return [fault for fault in validate(forms.shared(), data, today()) if fault.pointer not in known]


def _scan(sent: Submission) -> Scan | None:
    """The signed list that waits; None for a list without one."""
    kept = waiting_paper(db.session(), standing(), str(sent.data.get(SCAN, "")))
    return Scan(kept.filename, kept.media_type, kept.size, kept.sha256) if kept else None


def shown_progress(public_id: str) -> ImportPage:
    """How far a list of the reader has come, or 404."""
    return import_page(db.session(), standing(), public_id) or abort(404)


def cancelled(public_id: str) -> Response:
    """Open no more rows of it."""
    actor, now = actor_and_now()
    long_work.cancel(ROWS, public_id, actor=actor, now=now)
    flash(_("No more rows are opened; what has been opened stays."), "success")
    return redirect(url_for("inbox.show_import", public_id=public_id))


def retried(public_id: str) -> Response:
    """Try the rows again that failed."""
    actor, now = actor_and_now()
    long_work.retry(ROWS, public_id, actor=actor, now=now)
    return redirect(url_for("inbox.show_import", public_id=public_id))


def failed_text(line: RowImportLine) -> str:
    """Why a row could not be opened."""
    return item_fault(line.fault, _("Row %(number)s", number=line.number), _("You may not open it any more."))

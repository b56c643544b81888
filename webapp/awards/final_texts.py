"""The text of a decision that was edited in Word: brought back, compared with our list, accepted or refused."""

from __future__ import annotations

from typing import Any, BinaryIO, cast

from flask import abort, flash, redirect, render_template, request, url_for
from flask_babel import LazyString
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from webapp.documents.errors import UnreadableTextError
from webapp.documents.text_changes import parts
from webapp.extensions import db
from webapp.models import FinalText
from webapp.operations import final_texts
from webapp.operations.papers import PaperRefused, Upload
from webapp.operations.refusals import InvalidForm, NotNow, Refused
from webapp.queries.decision_versions import final_texts as texts_of
from webapp.queries.decision_versions import may_edit, takes_texts
from webapp.queries.papers import FINAL_TEXT, case_papers
from webapp.ui.access import hidden, standing
from webapp.ui.acting import actor_and_now
from webapp.ui.filling import Answer
from webapp.ui.refusal_texts import refusal_text, status_of
from webapp.ui.shown_cases import shown_case

PROCESS = "award_issuance"
SORTS: dict[str, LazyString] = {
    "missing": _l("Missing there"),
    "added": _l("Only there"),
    "name": _l("Name"),
    "address": _l("Position, unit or address"),
    "award": _l("Award"),
    "amount": _l("Prize money"),
    "count": _l("Number of lines"),
    "total": _l("Sum"),
    "words": _l("Sum in words"),
}
STATES: dict[str, tuple[str, LazyString]] = {
    "waiting": ("due_soon", _l("To be decided")),
    "accepted": ("done", _l("The final text")),
    "refused": ("withdrawn", _l("Text refused")),
    "replaced": ("open", _l("Another one came after it")),
}
UNREADABLE = {
    "broken": _l("The file cannot be read. Save it in Word as .docx and choose it again."),
    "no_list": _l("The file has no list: a table with a column STT, as in the decision."),
    "wrong_type": _l("Choose a Word file (.docx)."),
    "empty": _l("The file is empty."),
    "too_large": _l("The file is too large."),
}


def text_form(code: str, fault: str = "") -> str:
    """The page that takes a text back."""
    shown = shown_case(code, PROCESS)
    if not may_edit(standing(), shown.page.case) or not takes_texts(db.session(), shown.page.case):
        hidden()
    return render_template("awards/new_final_text.html", case=shown, fault=fault)


def taken_back(code: str) -> Answer:
    """Compare the file that was sent with our list and keep it; or say why it was not taken."""
    shown_case(code, PROCESS)
    file = request.files.get("file")
    if file is None or not file.filename:
        return text_form(code, _("Choose the Word file.")), 422
    actor, now = actor_and_now()
    try:
        upload = Upload(file.filename, cast(BinaryIO, file.stream), FINAL_TEXT)
        public_id = final_texts.take_back(code, upload, actor=actor, now=now)
    except (UnreadableTextError, PaperRefused) as fault:
        return text_form(code, str(UNREADABLE.get(fault.code, UNREADABLE["broken"]))), 422
    except NotNow as refusal:
        flash(refusal_text(refusal), "error")
        return redirect(url_for("awards.show_decision", code=code))
    return redirect(url_for("decisions.show_final_text", code=code, public_id=public_id))


def shown_text(code: str, public_id: str, fault: str = "") -> str:
    """A text that came back, with its differences and what was decided on them."""
    shown = shown_case(code, PROCESS)
    text = _text(code, public_id)
    found: list[dict[str, Any]] = text.found
    papers = case_papers(db.session(), shown.page.case.id, standing())
    return render_template(
        "awards/show_final_text.html",
        case=shown,
        text=text,
        paper=next((each for each in papers if each.public_id == text.paper.public_id), None),
        rows=[(SORTS[each["sort"]], each) for each in found if each["sort"] in SORTS],
        wording=[tuple(parts(each["ours"], each["theirs"])) for each in found if each["sort"] == "wording"],
        state=STATES[text.state],
        may_decide=text.state == "waiting" and may_edit(standing(), shown.page.case),
        fault=fault,
        reason=request.form.get("reason", ""),
    )


def decided(code: str, public_id: str) -> Answer:
    """Accept the differences, or refuse the text."""
    shown_case(code, PROCESS)
    _text(code, public_id)
    accept = request.form.get("act") == "accept"
    actor, now = actor_and_now()
    try:
        final_texts.decide(
            public_id, accept=accept, reason=request.form.get("reason", ""), actor=actor, now=now
        )
    except InvalidForm:
        return shown_text(code, public_id, _("Give the reason, in at most 2000 letters.")), 422
    except Refused as refusal:
        return shown_text(code, public_id, refusal_text(refusal)), status_of(refusal)
    flash(_("The text is accepted.") if accept else _("The text is refused."), "success")
    return redirect(url_for("awards.show_decision", code=code))


def _text(code: str, public_id: str) -> FinalText:
    case = shown_case(code, PROCESS).page.case
    return next(
        (each for each in texts_of(db.session(), case) if each.public_id == public_id), None
    ) or abort(404)

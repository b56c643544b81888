"""Pages: what was sent to whom; the calendar of deadlines."""

from __future__ import annotations

from flask import flash, redirect, render_template, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from webapp.operations import sent_messages
from webapp.operations.refusals import NotNow
from webapp.tracking.calendar_file import calendar_file
from webapp.tracking.deadline_calendar import shown_month
from webapp.tracking.sent_messages import message_text, sentence, shown_sent
from webapp.tracking.views import blueprint
from webapp.ui.access import permission, signed_in
from webapp.ui.acting import actor_and_now
from webapp.ui.refusal_texts import refusal_text
from webapp.ui.targets import previous_page


@blueprint.get("/messages")
@permission("ask_for_owed")
def list_sent() -> str:
    """Notices and e-mails about the cases of the unit: to whom, what, read or not, sent or not."""
    return render_template(
        "tracking/list_sent.html", shown=shown_sent(), sentence=sentence, message_text=message_text
    )


@blueprint.post("/messages/<int(max=2147483647):item_id>/retry")
@permission("ask_for_owed")
def retry_mail(item_id: int) -> Response:
    """Try an e-mail that failed again."""
    actor, now = actor_and_now()
    try:
        sent_messages.retry_mail(item_id, actor=actor, now=now)
        flash(_("The e-mail is tried again."), "success")
    except NotNow as refusal:
        flash(refusal_text(refusal), "info")
    return redirect(previous_page(url_for("tracking.list_sent")))


@blueprint.get("/deadlines")
@signed_in
def show_deadlines() -> str:
    """A month of deadlines, one's own or all one may know of."""
    return render_template("tracking/show_deadlines.html", shown=shown_month())


@blueprint.get("/deadlines.ics")
@signed_in
def download_deadlines() -> Response:
    """One's own deadlines for the calendar of a phone or an office program."""
    return calendar_file()

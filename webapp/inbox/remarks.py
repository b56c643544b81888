"""Acts on the exchange of a case: write a remark, take one's own back."""

from flask import flash, redirect, request
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from webapp.inbox.views import blueprint
from webapp.operations import remarks
from webapp.operations.refusals import Forbidden, InvalidForm, NotFound, Refused
from webapp.ui.access import hidden, signed_in
from webapp.ui.acting import actor_and_now
from webapp.ui.formats import number
from webapp.ui.refusal_texts import refusal_text
from webapp.ui.targets import safe_target


@blueprint.post("/cases/<code>/remarks")
@signed_in
def write_remark(code: str) -> Response:
    """Write a remark on a case and go back to where it was written."""
    form, (actor, now) = request.form, actor_and_now()
    side, text, key = form.get("side", ""), form.get("text", ""), form.get("key", "")
    try:
        remarks.write_remark(code, side, text, key, form.getlist("mention"), actor=actor, now=now)
    except (NotFound, Forbidden):
        hidden()
    except InvalidForm:
        return _refused(_("A remark has 1 to %(limit)s letters.", limit=number(remarks.LIMIT)))
    except Refused as refusal:
        return _refused(refusal_text(refusal))
    return _back()


@blueprint.post("/remarks/<public_id>/withdraw")
@signed_in
def withdraw_remark(public_id: str) -> Response:
    """Take back what one has written oneself."""
    actor, now = actor_and_now()
    try:
        remarks.withdraw_remark(public_id, actor=actor, now=now)
    except NotFound:
        hidden()
    flash(_("Your remark is taken back; its words are erased."), "success")
    return _back()


def _back() -> Response:
    return redirect(safe_target(request.form.get("back")) + "#exchange")


def _refused(text: str) -> Response:
    flash(text, "warning")
    return redirect(safe_target(request.form.get("back")))

"""A form that a page asks for outside any case: shown, filled in, shown again with what is wrong, acted upon."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from flask import request
from werkzeug.datastructures import MultiDict
from werkzeug.wrappers import Response

from webapp.i18n import language
from webapp.operations.refusals import InvalidForm
from webapp.ui.fields import Form, build_form
from webapp.ui.form_data import Submission, read
from webapp.ui.formats import zone
from webapp.ui.kept_forms import take_form
from workflows.forms import Schema, validate

Answer = Response | str | tuple[str, int]
Typed = Mapping[str, Any]


def fill(schema: Schema, first: Typed, show: Callable[[Form], str], act: Callable[[Typed], Answer]) -> Answer:
    """Show the form with its first values; when it was sent, do what it asks.

    With faults, of the schema or of the operation, and when a row was added or removed, it is shown with what was
    typed. Files stay in the request: ``act`` takes them from there. What was sent when the sign-in had expired is
    filled in.
    """
    if request.method != "POST":
        kept = take_form(request.full_path.rstrip("?"))
        return show(build_form(schema, first if kept is None else _read(schema, kept).data))
    sent = _read(schema, request.form)
    if sent.editing:
        return show(build_form(schema, sent.data))
    named = {str(each.place[0]): each.file.filename for each in sent.uploads}
    faults = tuple(validate(schema, {**sent.data, **named}))
    if not faults:
        try:
            return act(sent.data)
        except InvalidForm as refusal:
            faults = refusal.faults
    return show(build_form(schema, sent.data, faults)), 422


def _read(schema: Schema, form: MultiDict[str, str]) -> Submission:
    return read(schema, form, request.files, language(), zone())

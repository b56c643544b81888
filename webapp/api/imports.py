"""``/api/v1/imports``: lists of registrations or nominations that were sent as a workbook; to be read only."""

from __future__ import annotations

from typing import Any

from marshmallow import fields, validate

from webapp.api.campaigns import campaign_or_404
from webapp.api.description import Part
from webapp.api.shapes import Answer, Asked
from webapp.extensions import db
from webapp.models import RowImport, RowImportLine
from webapp.queries.row_imports import import_page, own_imports
from webapp.ui.access import hidden, signed_in, standing

part = Part("imports", "/imports", "Lists that the owner of the token has sent, row by row.")


class ImportFilter(Asked):
    """The campaign, by its code."""

    campaign = fields.String(required=True, validate=validate.Length(max=200))


class ImportLine(Answer):
    """A list; ``process`` is what its rows open, ``state``: running, done or cancelled."""

    id = fields.String(attribute="public_id")
    process = fields.String()
    campaign = fields.String()
    file_name = fields.String()
    sha256 = fields.String()
    state = fields.String()
    started_at = fields.DateTime()
    ended_at = fields.DateTime(allow_none=True)


class ImportList(Answer):
    """The latest lists, the newest first; at most ten."""

    items = fields.List(fields.Nested(ImportLine))


class RowShape(Answer):
    """A row: its number in the workbook, and the code of what it opened or why it could not be opened.

    ``fault``: the ``refusal`` as a code, or the place in the form (``pointer``) with a ``code`` and its ``params``.
    """

    number = fields.Integer()
    name = fields.String()
    instance = fields.String(attribute="case_code", allow_none=True)
    fault = fields.Dict(allow_none=True)


class ImportShape(ImportLine):
    """A list with its counts, and the first 200 rows that were opened or could not be."""

    waiting = fields.Integer()
    done = fields.Integer()
    failed = fields.Integer()
    opened = fields.List(fields.Nested(RowShape))
    faulty = fields.List(fields.Nested(RowShape))


@part.get("")
@signed_in
@part.arguments(ImportFilter, location="query")
@part.response(200, ImportList)
def list_imports(wanted: dict[str, Any]) -> dict[str, Any]:
    """One's own lists in a campaign."""
    campaign = campaign_or_404(wanted["campaign"])
    return {"items": [_line(made) for made in own_imports(db.session(), standing(), campaign.id)]}


@part.get("/<list_id>")
@signed_in
@part.response(200, ImportShape)
def show_import(list_id: str) -> dict[str, Any]:
    """How far a list of one's own has come, and which rows could not be opened."""
    page = import_page(db.session(), standing(), list_id) or hidden()
    return {
        **_line(page.made),
        "waiting": page.progress.waiting,
        "done": page.progress.done,
        "failed": page.progress.failed,
        "opened": [_row(line) for line in page.opened],
        "faulty": [_row(line) for line in page.failed],
    }


def _line(made: RowImport) -> dict[str, Any]:
    own = ("public_id", "process", "file_name", "sha256", "state", "started_at", "ended_at")
    return {**{name: getattr(made, name) for name in own}, "campaign": made.campaign.code}


def _row(line: RowImportLine) -> dict[str, Any]:
    own = ("number", "name", "case_code")
    return {**{name: getattr(line, name) for name in own}, "fault": line.fault or None}

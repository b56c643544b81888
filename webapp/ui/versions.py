"""Versions of rule sets and criteria tables on pages: what their states are called, and each as its file."""

from __future__ import annotations

from flask import Response
from flask_babel import LazyString
from flask_babel import lazy_gettext as _l

from webapp.models import CriteriaVersion, RuleSetVersion

STATUS: dict[str, tuple[str, LazyString]] = {
    "draft": ("open", _l("Draft")),
    "submitted": ("due_soon", _l("Sent for approval")),
    "approved": ("done", _l("Approved")),
    "discarded": ("withdrawn", _l("Discarded")),
    "replaced": ("withdrawn", _l("Earlier state of a draft")),
}


def file_of(version: RuleSetVersion | CriteriaVersion) -> Response:
    """A version as the file it is kept as."""
    headers = {"Content-Disposition": f"attachment; filename={version.code}.yaml"}
    return Response(version.content, mimetype="application/yaml", headers=headers)

"""``/api/v1/registrations``: what a registration has said, version by version; to be read only."""

from __future__ import annotations

from typing import Any

from marshmallow import fields

from webapp.api.cases import case_or_404
from webapp.api.description import Part
from webapp.api.shapes import Answer
from webapp.extensions import db
from webapp.queries.registration_versions import Version, differences, versions_of
from webapp.queries.registrations import registration_page
from webapp.ui.access import signed_in, standing

part = Part(
    "registrations", "/registrations", "Registrations, as far as the owner of the token may know of them."
)


class RegistrationVersionShape(Answer):
    """A version, in force until the next one. ``instance`` made it; ``changed``: what the one before said otherwise."""

    number = fields.Integer()
    instance = fields.String()
    in_force_from = fields.DateTime()
    name = fields.String()
    title_aimed = fields.String(allow_none=True)
    targets = fields.List(fields.Dict())
    commitment = fields.String()
    changed = fields.List(fields.String())


class RegistrationVersionList(Answer):
    """The versions, the first one first; none before the registration is accepted."""

    items = fields.List(fields.Nested(RegistrationVersionShape))


@part.get("/<code>/versions")
@signed_in
@part.response(200, RegistrationVersionList)
def list_registration_versions(code: str) -> dict[str, Any]:
    """What was registered, and what was changed later."""
    case = case_or_404(code, "registration")
    facts = registration_page(db.session(), standing(), case.id).facts
    versions = versions_of(db.session(), facts.id)
    return {
        "items": [
            _version(version, before) for before, version in zip((None, *versions), versions, strict=False)
        ]
    }


def _version(version: Version, before: Version | None) -> dict[str, Any]:
    content = version.content
    changed = differences(before.content, content) if before else ()
    return {
        "number": version.number,
        "instance": version.case,
        "in_force_from": version.since,
        **{name: getattr(content, name) for name in ("name", "title_aimed", "targets", "commitment")},
        "changed": [each.part for each in changed],
    }

"""``/api/v1/me``: who the token belongs to."""

from __future__ import annotations

from typing import Any

from marshmallow import fields

from webapp.api.description import Part
from webapp.api.shapes import Answer
from webapp.ui.access import holdings, person, signed_in

part = Part("account", "/me", "Who the token belongs to.")


class RoleShape(Answer):
    """A role held in a unit."""

    role = fields.String()
    unit = fields.String()


class MeShape(Answer):
    """A person with the roles held today."""

    id = fields.String()
    username = fields.String()
    name = fields.String()
    roles = fields.List(fields.Nested(RoleShape))


@part.get("")
@signed_in
@part.response(200, MeShape)
def show_me() -> dict[str, Any]:
    """The person of the token with the roles held today."""
    me = person()
    roles = [{"role": held.role, "unit": held.unit.code} for held in holdings()]
    return {"id": me.public_id, "username": me.username, "name": me.name, "roles": roles}

"""Keys that sign papers, and pictures of seals, as the administration brings them."""

from __future__ import annotations

from typing import Any

from flask import abort, current_app, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from webapp.admin.choosing import people_choices
from webapp.admin.forms import Choices, choice, form
from webapp.admin.sheets import Sheet, fill_sheet
from webapp.extensions import db
from webapp.i18n import content
from webapp.operations import signing_keys
from webapp.operations.papers import file_store
from webapp.operations.refusals import InvalidForm
from webapp.operations.signing_keys import NewKey, Token
from webapp.queries.administration import administered_units
from webapp.queries.signing_keys import key_rows, seal_pictures
from webapp.ui.access import standing
from webapp.ui.acting import actor_and_now
from webapp.ui.clock import wall_now
from webapp.ui.filling import Answer, Typed
from webapp.ui.paper_files import drawn_response
from workflows.forms import Fault, Schema

FILE, PICTURE = "file", "picture"
LONGEST = 2 * 1024 * 1024
NARROWEST, WIDEST = 15, 60
"""Millimetres of a seal."""


def shown_keys() -> str:
    """Keys and seals of the units administered."""
    session = db.session()
    rows, seals = key_rows(session, standing()), seal_pictures(session, standing())
    return render_template("admin/list_keys.html", rows=rows, seals=seals, wall=wall_now())


def new_key() -> Answer:
    """The form that adds a key."""
    libraries = current_app.config["SETTINGS"].token_libraries
    lead = _("What opens the key is used this once to read its certificate; it is not kept.")
    sheet = _sheet(_("Add a signing key"), lead, _("Add the key"))
    return fill_sheet(sheet, key_form(_units(), libraries), {"purpose": "signature", "kind": FILE}, _added)


def _added(typed: Typed) -> Answer:
    token = None
    if typed.get("kind") == "token":
        token = Token(typed["library"], typed["token"], typed["label"])
    hand = _sent(PICTURE, needed=False) if typed["purpose"] == "signature" else b""
    new = NewKey(typed["unit"], typed.get("person"), b"" if token else _sent(), token, hand)
    actor, now = actor_and_now()
    signing_keys.add_key(new, typed["secret"], actor=actor, now=now)
    flash(_("The key has been added. It can be chosen where decisions are signed."), "success")
    return redirect(url_for("admin.list_keys"))


def deactivated_key(public_id: str) -> Response:
    """A key nothing more is signed with."""
    actor, now = actor_and_now()
    signing_keys.deactivate_key(public_id, actor=actor, now=now)
    flash(_("The key has been switched off. What it has signed stays as it is."), "success")
    return redirect(url_for("admin.list_keys"))


def new_seal() -> Answer:
    """The form that brings the picture of a seal."""
    lead = _("It is put on decisions that are signed here, as large as the seal itself.")
    sheet = _sheet(_("Picture of a seal"), lead, _("Keep the picture"))
    return fill_sheet(sheet, seal_form(_units()), {}, _kept)


def _kept(typed: Typed) -> Answer:
    actor, now = actor_and_now()
    signing_keys.keep_seal(typed["unit"], _sent(), typed["width"], actor=actor, now=now)
    flash(_("The picture of the seal is kept."), "success")
    return redirect(url_for("admin.list_keys"))


def seal_response(unit: str) -> Response:
    """The picture of the seal of a unit administered."""
    kept = next((each for each in seal_pictures(db.session(), standing()) if each.unit.code == unit), None)
    if kept is None:
        abort(404)
    with file_store().open(kept.sha256) as file:
        return drawn_response(file.read(), "con-dau.png")


def key_form(units: Choices, libraries: tuple[str, ...]) -> Schema:
    """A key to add; of a token where the installation names drivers."""
    purposes = [("signature", _("Signature of a person")), ("seal", _("Seal of the unit"))]
    file = _file(
        _("Key file"), _("A PKCS#12 file, .p12 or .pfx, as the certification service gave it."), ".p12,.pfx"
    )
    fields: dict[str, Any] = {
        "unit": choice(_("Unit"), units),
        "purpose": {**choice(_("What it is for"), purposes), "x-widget": "radio"},
        "person": {**choice(_("Person"), people_choices()), "x-when": {"purpose": ["signature"]}},
        FILE: file,
    }
    if libraries:
        fields |= _token_fields(libraries)
        fields[FILE] = {**file, "x-when": {"kind": [FILE]}}
    secret = {"type": "string", "title": _("Password or PIN of the key"), "minLength": 1, "maxLength": 200}
    hand = _file(
        _("Picture of the signature"), _("A PNG with a see-through ground; it may be left out."), "image/png"
    )
    fields[PICTURE] = {**hand, "x-when": {"purpose": ["signature"]}}
    fields["secret"] = {**secret, "x-secret": True, "x-autocomplete": "off"}
    rules = [_needs("purpose", "signature", ["person"])]
    if libraries:
        rules += [_needs("kind", FILE, [FILE]), _needs("kind", "token", ["library", "token", "label"])]
    asked = ["unit", "purpose", "kind" if libraries else FILE, "secret"]
    return {**form(fields, asked), "allOf": rules}


def seal_form(units: Choices) -> Schema:
    """The picture of a seal."""
    fields = {
        "unit": choice(_("Unit"), units),
        FILE: _file(_("Picture"), _("A PNG with a see-through ground."), "image/png"),
        "width": {
            "type": "number",
            "title": _("Width of the seal in mm"),
            "description": _("Measured on paper: the picture is put on decisions in this size."),
            "minimum": NARROWEST,
            "maximum": WIDEST,
        },
    }
    return form(fields, ["unit", FILE, "width"])


def _token_fields(libraries: tuple[str, ...]) -> dict[str, Any]:
    kinds = [(FILE, _("Key file")), ("token", _("Token plugged into the server"))]
    shown = {"x-when": {"kind": ["token"]}}
    text = {"type": "string", "minLength": 1, "maxLength": 120, **shown}
    return {
        "kind": {**choice(_("Where the key is"), kinds), "x-widget": "radio"},
        "library": {**choice(_("Driver"), [(each, each) for each in libraries]), **shown},
        "token": {**text, "title": _("Label of the token")},
        "label": {**text, "title": _("Label of the key")},
    }


def _file(title: str, hint: str, accept: str) -> dict[str, Any]:
    return {"type": "string", "format": "paper", "title": title, "x-hint": hint, "x-accept": accept}


def _needs(name: str, value: str, needed: list[str]) -> Schema:
    return {"if": {"properties": {name: {"const": value}}, "required": [name]}, "then": {"required": needed}}


def _sent(name: str = FILE, *, needed: bool = True) -> bytes:
    """A file of this request. Raises InvalidForm."""
    file = request.files.get(f"{name}-_file")
    sent = file.stream.read(LONGEST + 1) if file else b""
    if needed and not sent:
        raise InvalidForm([Fault(f"/{name}", "required")])
    if len(sent) > LONGEST:
        raise InvalidForm([Fault(f"/{name}", "paper_too_large", {"limit": LONGEST})])
    return sent


def _units() -> list[tuple[str, str]]:
    return [(code, content(name)) for code, name in administered_units(db.session(), standing(), "committee")]


def _sheet(title: str, lead: str, button: str) -> Sheet:
    return Sheet(title, lead, button, url_for("admin.list_keys"), _("Digital signing"), files=True)

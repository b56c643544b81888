"""What stands at first in the form that opens a case: what is known already, to be changed where it is otherwise."""

from __future__ import annotations

from typing import Any

from flask import request

from webapp.extensions import db
from webapp.queries.cluster_scores import result_of
from webapp.queries.exemplar_choices import nominated
from webapp.queries.nomination_choices import Nominated
from webapp.queries.nominees import registered
from webapp.queries.start_page import StartPage
from webapp.ui.access import standing
from webapp.ui.form_data import defaults
from workflows.forms import Schema


def first_values(page: StartPage) -> dict[str, Any]:
    """The defaults, the choice of every field that leaves none, what the plan of a campaign or the result of a cluster
    fills in, and choices that the address names."""
    fields = page.schema["properties"]
    offered = {name: _offered(page, fields[name]) for name in page.schema.get("required", ())}
    only = {name: values[0] for name, values in offered.items() if len(values) == 1}
    asked = {
        name: request.args[name]
        for name, part in fields.items()
        if request.args.get(name) in dict(page.choices.get(part.get("x-options", ""), ()))
    }
    known = _from_plan(page) if page.process == "campaign" else {}
    named = _from_registration(page) if page.process == "nomination" else {}
    named |= {**_from_cluster(page), **_from_exemplar(page)}
    return {**defaults(page.schema), **only, **known, **named, **asked}


def _offered(page: StartPage, part: Schema) -> list[str]:
    """The values of a field that takes one of them."""
    if part.get("type") != "string":
        return []
    return [value for value, _name in page.choices.get(part.get("x-options", ""), ())] or [
        choice["const"] for choice in part.get("oneOf", ())
    ]


def _from_plan(page: StartPage) -> dict[str, Any]:
    """Days and addressed units as the plan has them, to be changed where the office has decided otherwise."""
    plan, units = page.plan, dict(page.choices["receiving_units"])
    return {
        "registration_opens": plan.registration.opens.isoformat(),
        "registration_closes": plan.registration.closes.isoformat(),
        "addressed_units": [each.unit for each in plan.addressed_units if each.unit in units],
        "acknowledge_by": plan.acknowledgement.due.isoformat(),
    }


def _from_cluster(page: StartPage) -> dict[str, Any]:
    """The unit with the result of a cluster that the address names, where it is offered here."""
    offered = dict(page.choices.get("cluster_results", ()))
    asked = request.args.get("cluster_result", "")
    result = result_of(db.session(), asked) if asked in offered else None
    if result is None:
        return {}
    kind = "commune" if result.unit.kind == "committee" and result.unit.level == "commune" else "collective"
    unit = Nominated(kind, result.unit.name, result.unit.code)
    return _named(page, unit, "submitting_unit") | {"cluster_result": asked}


def _from_exemplar(page: StartPage) -> dict[str, Any]:
    """The exemplar the address names, where a unit can apply it here; with the nominee it is, where it is nominated."""
    asked = request.args.get("exemplar", "")
    if asked in dict(page.choices.get("introduced_exemplars", ())):
        return {"exemplar": asked}
    if asked not in dict(page.choices.get("recognised_exemplars", ())):
        return {}
    unit_field = "nominee_unit" if page.process == "extraordinary" else "submitting_unit"
    return _named(page, nominated(db.session(), asked), unit_field) | {"exemplar": asked}


def _from_registration(page: StartPage) -> dict[str, Any]:
    """Who is registered under the code the address names, where the reader may know of it."""
    found = registered(db.session(), page.campaign, request.args.get("registration", ""), standing())
    return _named(page, found, "submitting_unit") if found else {}


def _named(page: StartPage, found: Nominated, unit_field: str) -> dict[str, Any]:
    """A nominee who is known already, as far as the form offers what they are."""
    offered = {
        "nominee_kind": (found.kind, "nominee_kinds"),
        unit_field: (found.unit, "units"),
        "strand": (found.strand, "strands"),
    }
    known = {name: value for name, (value, source) in offered.items() if value in dict(page.choices[source])}
    return {"nominee_name": found.name, **known}

"""The forms of clusters and blocks as schemas, with the words of the reader's language."""

from __future__ import annotations

from flask_babel import gettext as _

from webapp.admin.forms import Choices, choice, day, form
from workflows.forms import Schema

FIRST_YEAR, LAST_YEAR = 1900, 2199


def cluster_form(units: Choices) -> Schema:
    """A cluster or block to found."""
    kinds = [("cluster", _("Cluster (of places)")), ("block", _("Block (of offices)"))]
    fields = {
        "unit": choice(_("Organiser"), units),
        "kind": {**choice(_("Cluster or block"), kinds), "x-widget": "radio"},
        "name": {
            "type": "string",
            "title": _("Name of the cluster or block"),
            "minLength": 1,
            "maxLength": 300,
        },
    }
    return form(fields, list(fields))


def unit_form(units: Choices) -> Schema:
    """A unit that joins."""
    fields = {"unit": choice(_("Unit"), units), "from_date": day(_("From"))}
    return form(fields, list(fields))


def year_form(members: Choices, criteria: Choices, campaigns: Choices) -> Schema:
    """A year to prepare."""
    members = list(members)
    fields = {
        "year": {"type": "integer", "title": _("Year"), "minimum": FIRST_YEAR, "maximum": LAST_YEAR},
        "leader": choice(_("Led by"), members),
        "deputy": choice(_("Deputy"), members),
        "criteria": choice(_("Criteria"), criteria),
        "campaign": choice(_("Campaign it belongs to"), campaigns),
    }
    return form(fields, ["year", "leader", "criteria"])

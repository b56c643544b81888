"""Signing by entering one's password again: an act of will, checked at the moment of the act."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from webapp.models import Person
from webapp.passwords import check_password
from workflows.forms import Fault, Schema


def signature_faults(person: Person, schema: Schema, data: Mapping[str, Any]) -> list[Fault]:
    """Faults of the signatures on a form that is valid otherwise. A signed scan is a signature by itself."""
    faults = []
    for name, value in data.items():
        fields = schema["properties"].get(name, {}).get("properties", {})
        if not fields.get("password", {}).get("x-secret") or value.get("method") != "password":
            continue
        if not check_password(value["password"], person.password_hash):
            faults.append(Fault(f"/{name}/password", "wrong_password"))
    return faults

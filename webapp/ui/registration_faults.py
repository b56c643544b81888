"""Faults of registrations, as sentences."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from flask_babel import gettext as _


def _title_not_for_kind(_label: str, _params: Mapping[str, Any]) -> str:
    return _("This title is not for this kind of nominee. Choose another title, or leave it out.")


REGISTRATIONS: dict[str, Callable[[str, Mapping[str, Any]], str]] = {
    "title_not_for_kind": _title_not_for_kind,
}

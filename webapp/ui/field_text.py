"""A JSON value as the text in a control, and as the text people read in a finished form."""

import datetime as dt
from typing import Any

from flask_babel import gettext as _

from webapp.i18n import content
from webapp.ui.form_data import choice_text
from webapp.ui.formats import day, instant, number
from webapp.ui.shapes import Kind, choices_of
from workflows.form_places import Schema

GROUPED_FROM = 10_000  # below stand years and numbers of documents, which nobody writes with a point


def typed_text(kind: Kind, value: Any) -> str:
    """The text to put into the control; what could not be read before is shown as it was typed."""
    if value is None or kind in ("secret", "group", "rows", "paper", "papers", "choices"):
        return ""
    if kind == "lines":
        return "\n".join(map(str, value)) if isinstance(value, list) else str(value)
    if isinstance(value, bool) or kind == "choice":
        return choice_text(value)
    if kind in ("number", "integer") and isinstance(value, int | float):
        return number(value, grouped=abs(value) >= GROUPED_FROM)
    if kind in ("day", "instant"):
        return _moment(kind, str(value))
    return str(value)


def shown_text(kind: Kind, value: Any, schema: Schema) -> str:
    """The text to read in a finished form; empty for rows, groups, papers, and never a secret."""
    if value is None:
        return ""
    if kind in ("choice", "choices"):
        titles = {choice_text(each): content(title) for each, title in choices_of(schema)}
        chosen = value if isinstance(value, list) else [value]
        return "; ".join(titles.get(choice_text(each), str(each)) for each in chosen)
    if isinstance(value, bool):
        return _("Yes") if value else _("No")
    return typed_text(kind, value)


def _moment(kind: Kind, text: str) -> str:
    try:
        if kind == "day":
            return day(dt.date.fromisoformat(text))
        moment = dt.datetime.fromisoformat(text)
        return instant(moment) if moment.tzinfo else text
    except (ValueError, OverflowError):
        return text

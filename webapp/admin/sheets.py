"""The page of one form of the administration."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from flask import render_template

from webapp.ui.filling import Answer, Typed, fill
from workflows.forms import Schema


@dataclass(frozen=True)
class Sheet:
    """The words around a form, and where it leads back to; ``files``: some are sent with it."""

    title: str
    lead: str
    button: str
    back: str
    back_label: str
    files: bool = False


def fill_sheet(sheet: Sheet, schema: Schema, first: Typed, act: Callable[[Typed], Answer]) -> Answer:
    """Show the form on a page of its own, or do what it asks."""
    return fill(
        schema, first, lambda form: render_template("admin/fill_sheet.html", sheet=sheet, form=form), act
    )

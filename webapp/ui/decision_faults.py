"""Faults found when a decision is signed or comes back signed, as sentences."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from flask_babel import gettext as _
from flask_babel import ngettext


def _not_read(_label: str, params: Mapping[str, Any]) -> str:
    return ngettext(
        "%(num)s page is a scan without text. Read it beside our list, and tick that you have.",
        "%(num)s pages are scans without text. Read them beside our list, and tick that you have.",
        params["pages"],
    )


def _unexplained(_label: str, params: Mapping[str, Any]) -> str:
    return ngettext(
        "The file differs from our decision in %(num)s point. Choose the right file, or say why it is accepted.",
        "The file differs from our decision in %(num)s points. Choose the right file, or say why they are accepted.",
        params["count"],
    )


def _other_text(_label: str, params: Mapping[str, Any]) -> str:
    return ngettext(
        "The final text from Word differs from the text here in %(num)s place, and with the software the text here is "
        "signed. Choose signing outside of it, or return the decision to be drafted anew.",
        "The final text from Word differs from the text here in %(num)s places, and with the software the text here "
        "is signed. Choose signing outside of it, or return the decision to be drafted anew.",
        params["count"],
    )


DECISIONS: dict[str, Callable[[str, Mapping[str, Any]], str]] = {
    "not_read_by_eye": _not_read,
    "differences_unexplained": _unexplained,
    "none_handed_over": lambda _label, _params: _(
        "Enter the day for at least one of them; until then the task stays open."
    ),
    "not_all_handed_over": lambda _label, params: _(
        "There is no day yet for: %(names)s. Enter it, or choose that more is to be handed over.",
        names=params["names"],
    ),
    "other_final_text": _other_text,
    "received_by_self": lambda _label, _params: _(
        "Who receives it instead is named as somebody else; without a relation it is the awardee."
    ),
    "corrected_meanwhile": lambda _label, params: _(
        "Since the draft another decision has changed what is said of %(names)s. Return this one, to be drafted anew.",
        names=params["names"],
    ),
    "award_revoked": lambda _label, params: _(
        "The award of %(name)s was revoked: leave the day empty.", name=params["name"]
    ),
    "no_signed_paper": lambda _label, _params: _(
        "A signed decision is a PDF or a picture. Choose the scan or the signed PDF."
    ),
    "permit_missing": lambda _label, _params: _(
        "A deputy signs by a paper that allows it: name it, or add its file."
    ),
    "signs_as_deputy": lambda _label, _params: _(
        "Who signs is a deputy or acts by a delegation, and signs in the place of the chairman (KT.)."
    ),
}

"""Faults of who prints certificates or makes a letter of thanks, as sentences."""

from collections.abc import Callable, Mapping
from typing import Any

from flask_babel import gettext as _

PRINTING: dict[str, Callable[[str, Mapping[str, Any]], str]] = {
    "nothing_to_print": lambda _label, _params: _("There is nothing to print yet."),
    "blank_of_other_type": lambda _label, _params: _(
        "This blank is for other certificates. Choose a blank of these, or plain sheets."
    ),
    "two_up_on_blank": lambda _label, _params: _(
        "A blank holds one certificate. Choose one file or an archive, or print on plain sheets."
    ),
    "too_long_to_print": lambda label, _params: _(
        "“%(label)s” does not fit its place on the sheet, even in the smallest letters. Shorten it.",
        label=label,
    ),
    "letter_missing": lambda label, params: _(
        "“%(label)s” has a letter that the fonts of the papers do not have: %(letter)s. Write it otherwise.",
        label=label,
        letter=params["letter"],
    ),
}

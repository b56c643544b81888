"""Notices to those who were awarded, and to their units."""

from collections.abc import Callable

from flask_babel import gettext as _


def until_handed_over(told: str, day: str) -> str:
    """The notice with the day until which awards are handed over."""
    return _("%(told)s Handed over until %(day)s.", told=told, day=day)


AFTER: dict[str, Callable[[str, str], str]] = {
    "award_to_collect": lambda name, code: _(
        "The award of %(name)s (%(code)s) is ready: come for the certificate and the prize money, or send somebody "
        "with a paper that says so.",
        name=name,
        code=code,
    ),
    "award_waiting": lambda name, code: _(
        "Nobody has come yet for the award of %(name)s (%(code)s).", name=name, code=code
    ),
}

"""What is said when units of a campaign have been reminded."""

from __future__ import annotations

from collections.abc import Sequence

from flask_babel import ngettext

from webapp.campaigns.showing import shown_campaign


def reminded(told: Sequence[str], code: str, unit: str | None) -> tuple[str, str]:
    """The message for those told (codes of units) and how it is meant; ``unit`` is the one asked for, None: all.

    Who owed something, too, but had been reminded earlier today is counted.
    """
    said = ngettext("%(num)s unit was reminded.", "%(num)s units were reminded.", len(told))
    owing = [each for each in shown_campaign(code, "units").answers if each.owes and each.code not in told]
    earlier, unreached = (
        [each for each in owing if each.staffed],
        [each for each in owing if not each.staffed],
    )
    if unit is None and earlier:
        passed_over = ngettext(
            "%(num)s unit had been reminded today already.",
            "%(num)s units had been reminded today already.",
            len(earlier),
        )
        said = f"{said} {passed_over}"
    if unit is None and unreached:
        nobody = ngettext(
            "%(num)s unit has no officer and was not reached.",
            "%(num)s units have no officer and were not reached.",
            len(unreached),
        )
        said = f"{said} {nobody}"
    return said, "success"

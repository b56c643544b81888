"""How long the clocks of the rules run, in words."""

from __future__ import annotations

from flask_babel import ngettext

from workflows.law import Clock


def clock_span(clock: Clock) -> str:
    """Its days or minutes as it counts them."""
    if clock.day_kind == "working":
        return ngettext("%(num)s working day", "%(num)s working days", clock.days)
    if clock.day_kind == "minutes":
        return ngettext("%(num)s minute", "%(num)s minutes", clock.days)
    return ngettext("%(num)s calendar day", "%(num)s calendar days", clock.days)

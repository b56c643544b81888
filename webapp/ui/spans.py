"""How long the clocks of the rules run, and other spans of time, in words."""

from __future__ import annotations

from flask_babel import ngettext

from workflows.law import Clock

MINUTE = 60
HOUR = 60 * MINUTE
DAY = 24 * HOUR


def clock_span(clock: Clock) -> str:
    """Its days or minutes as it counts them."""
    if clock.day_kind == "working":
        return ngettext("%(num)s working day", "%(num)s working days", clock.days)
    if clock.day_kind == "minutes":
        return ngettext("%(num)s minute", "%(num)s minutes", clock.days)
    return ngettext("%(num)s calendar day", "%(num)s calendar days", clock.days)


def exact_span(seconds: int) -> str:
    """A span as its two largest parts: days and hours, hours and minutes, minutes and seconds."""
    days, rest = divmod(seconds, DAY)
    hours, rest = divmod(rest, HOUR)
    minutes, rest = divmod(rest, MINUTE)
    parts = [
        (days, ngettext("%(num)s day", "%(num)s days", days)),
        (hours, ngettext("%(num)s hour", "%(num)s hours", hours)),
        (minutes, ngettext("%(num)s minute", "%(num)s minutes", minutes)),
        (rest, ngettext("%(num)s second", "%(num)s seconds", rest)),
    ]
    first = next((index for index, (count, _text) in enumerate(parts) if count), len(parts) - 1)
    return " ".join(
        text for index, (count, text) in enumerate(parts[first : first + 2]) if count or not index
    )

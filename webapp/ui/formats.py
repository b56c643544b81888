"""Dates, amounts and sizes as people here write them."""

import datetime as dt
from collections.abc import Callable
from decimal import Decimal
from typing import Any
from zoneinfo import ZoneInfo

from babel.dates import format_date
from flask import Flask, current_app
from flask_babel import gettext as _
from flask_babel import ngettext
from jinja2 import pass_context
from jinja2.runtime import Context

from webapp.i18n import DEFAULT, language
from webapp.ui.clock import business_now

Number = int | float | Decimal
KIBI = 1024


def init_app(app: Flask) -> None:
    """Give templates the formats as filters."""
    for shape in (day, weekday, instant, clock, due, due_state, number, money, percent, size):
        app.jinja_env.filters[shape.__name__] = for_reader(shape)


def for_reader(shape: Callable[..., str]) -> Callable[..., str]:
    """A filter that Jinja applies at every reading; a constant would be shaped once, for its first reader."""

    @pass_context
    def applied(_context: Context, *values: Any, **options: Any) -> str:
        return shape(*values, **options)

    return applied


def zone() -> ZoneInfo:
    """The office's time zone."""
    found: ZoneInfo = current_app.config["SETTINGS"].zone
    return found


def day(value: dt.date | dt.datetime | None) -> str:
    """A day as dd/mm/yyyy; an instant is first taken to the office's time zone."""
    if value is None:
        return ""
    if isinstance(value, dt.datetime):
        value = value.astimezone(zone()).date()
    return f"{value.day:02}/{value.month:02}/{value.year:04}"


def weekday(value: dt.date) -> str:
    """The day of the week, as the reader's language begins a line with it."""
    name = format_date(value, "EEEE", locale=language())
    return name[:1].upper() + name[1:]


def clock(value: dt.datetime | None) -> str:
    """The time of day of an instant as hh:mm."""
    return "" if value is None else value.astimezone(zone()).strftime("%H:%M")


def instant(value: dt.datetime | None) -> str:
    """An instant as dd/mm/yyyy hh:mm in the office's time zone."""
    return "" if value is None else f"{day(value)} {clock(value)}"


def due(value: dt.datetime | None, now: dt.datetime | None = None) -> str:
    """How far a deadline is, in calendar days of the office: "còn 3 ngày", "hôm nay", "quá hạn 2 ngày"."""
    if value is None:
        return ""
    now = now or business_now()
    days = days_until(value, now)
    if value < now:
        late = -days
        return (
            ngettext("Over-due by %(num)d day", "Over-due by %(num)d days", late)
            if late
            else _("Over-due today")
        )
    if days == 0:
        return _("Due today at %(time)s", time=clock(value))
    return ngettext("%(num)d day left", "%(num)d days left", days)


def due_state(value: dt.datetime | None, now: dt.datetime | None = None, soon: int = 2) -> str:
    """Status of a deadline: `overdue`, `due_soon` (within `soon` days), `open`, or "" without one."""
    if value is None:
        return ""
    now = now or business_now()
    if value < now:
        return "overdue"
    return "due_soon" if days_until(value, now) <= soon else "open"


def days_until(value: dt.datetime, now: dt.datetime) -> int:
    """Calendar days of the office between two instants; negative when `value` is past."""
    return (value.astimezone(zone()).date() - now.astimezone(zone()).date()).days


def number(value: Number | None, digits: int | None = None, *, grouped: bool = True) -> str:
    """A number as the reader's language writes it: 1.234,5 or 1,234.5; `digits` fixes the decimals."""
    if value is None:
        return ""
    exact = Decimal(str(value))
    shape = ("," if grouped else "") + ("f" if digits is None else f".{digits}f")
    text = format(exact, shape)
    if digits is None and "." in text:
        text = text.rstrip("0").rstrip(".")
    return text.translate(str.maketrans(",.", ".,")) if language() == DEFAULT else text


def money(value: Number | None) -> str:
    """An amount in dong: 702.000 đ."""
    return "" if value is None else f"{number(value, 0)}\N{NO-BREAK SPACE}đ"


def percent(value: Number | None, digits: int = 1) -> str:
    """A share from 0 to 1 as per cent: 84,0 %."""
    return "" if value is None else f"{number(Decimal(str(value)) * 100, digits)}\N{NO-BREAK SPACE}%"


def size(value: int | None) -> str:
    """The size of a file: 532 B, 12,4 KB, 3,1 MB."""
    if value is None:
        return ""
    if value < KIBI:
        return f"{value}\N{NO-BREAK SPACE}B"
    if value < KIBI * KIBI:
        return f"{number(round(value / KIBI, 1))}\N{NO-BREAK SPACE}KB"
    return f"{number(round(value / KIBI / KIBI, 1))}\N{NO-BREAK SPACE}MB"

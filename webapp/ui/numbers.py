"""Numbers, days and instants as people type them, read into JSON values; what cannot be read stays text."""

import datetime as dt
import re
from zoneinfo import ZoneInfo

GROUPED = {"vi": (".", ","), "en": (",", ".")}
DAY = re.compile(r"(\d{1,2})[/.-](\d{1,2})[/.-](\d{4})")
ISO_DAY = re.compile(r"(\d{4})-(\d{2})-(\d{2})")
TIME = re.compile(r"(\d{1,2})(?::|h|g)(\d{2})(?::\d{2})?")
LARGEST = 15


def read_number(text: str, language: str, whole: bool) -> int | float | str:
    """1.234,5 in Vietnamese, 1,234.5 in English; the text itself when it is no number in that language.

    "1.5" is refused in Vietnamese instead of guessed: it could mean 15 or 1,5.
    """
    group, point = GROUPED.get(language, GROUPED["vi"])
    plain = text.replace("\N{NO-BREAK SPACE}", "").replace(" ", "").replace("\N{MINUS SIGN}", "-")
    pattern = rf"-?(\d+|\d{{1,3}}({re.escape(group)}\d{{3}})+)({re.escape(point)}\d+)?"
    if not plain.isascii() or not re.fullmatch(pattern, plain) or sum(map(str.isdigit, plain)) > LARGEST:
        return text
    plain = plain.replace(group, "").replace(point, ".")
    if "." not in plain:
        return int(plain)
    value = float(plain)
    return int(value) if whole and value.is_integer() else value


def read_day(text: str) -> str:
    """dd/mm/yyyy or yyyy-mm-dd as an ISO date; the text itself when it is no day of the calendar."""
    if found := DAY.fullmatch(text):
        year, month, day = found[3], found[2], found[1]
    elif found := ISO_DAY.fullmatch(text):
        year, month, day = found[1], found[2], found[3]
    else:
        return text
    try:
        return dt.date(int(year), int(month), int(day)).isoformat()
    except ValueError:
        return text


def read_instant(text: str, zone: ZoneInfo) -> str:
    """dd/mm/yyyy hh:mm or the browser's yyyy-mm-ddThh:mm in the office's zone, as RFC 3339 with offset."""
    first, _, second = text.replace("T", " ").partition(" ")
    found = TIME.fullmatch(second.strip())
    day = read_day(first)
    if not found or not ISO_DAY.fullmatch(day):
        return text
    try:
        local = dt.datetime.combine(dt.date.fromisoformat(day), dt.time(int(found[1]), int(found[2])), zone)
        local.astimezone(dt.UTC)
    except (ValueError, OverflowError):
        return text
    return local.isoformat()

"""How dates, numbers, money and lists are written on papers. Rules: Decree 30/2020, appendix I."""

import re
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime
from itertools import groupby
from typing import Any

from markupsafe import Markup

Line = Mapping[str, Any]

BLANK_DAY = "ngày \u2026\u2026 tháng \u2026\u2026 năm \u2026\u2026\u2026"
BLANK_NUMBER = "\u00a0" * 10
KINDS = {"collective": "tập thể", "individual": "cá nhân", "household": "hộ gia đình"}
ASSUMED = "(giả\u00a0định)"
OUTCOMES = {
    "passed": "Đạt",
    "not_passed": "Không đạt",
    "passed_higher": "Đạt, đề nghị khen cao",
    "deferred": "Hoãn xét",
    "withdrawn": "Đã rút hồ sơ",
}
_WITH_SLASH = re.compile(r"((?<!\S)\(?\d[\w.-]{0,9}(?:/[\w.-]{1,12})+)(?![\w/])")
_BODY = re.compile(
    r"^(Ủy ban nhân dân|Hội đồng nhân dân|Hội đồng(?= Thi đua))(?: (Thi đua [-–] Khen thưởng))?\b ?"
)


def padded(number: int) -> str:
    """A count or number as papers have it: below 10 with a leading zero."""
    return f"{number:02d}"


def day(text: str) -> str:
    """ISO date → ``05/02/2019``."""
    return f"{date.fromisoformat(text):%d/%m/%Y}"


def long_day(text: str | None) -> str:
    """ISO date → ``ngày 05 tháng 02 năm 2019``: a zero only for months 1 and 2. None → dots to fill."""
    if text is None:
        return BLANK_DAY
    on = date.fromisoformat(text)
    month = f"{on.month:02d}" if on.month < 3 else str(on.month)
    return f"ngày {on.day:02d} tháng {month} năm {on.year}"


def hour(text: str) -> str:
    """ISO local date and time → ``08 giờ 00 phút``."""
    at = datetime.fromisoformat(text)
    return f"{at:%H} giờ {at:%M} phút"


def closing_hour(session: Mapping[str, Any]) -> str:
    """When a session ended: ``10 giờ 30 phút cùng ngày``, or with its date if that is another one."""
    opened, closed = session["opened"], session["closed"]
    same = opened[:10] == closed[:10]
    return f"{hour(closed)} cùng ngày" if same else f"{hour(closed)}, {long_day(closed[:10])}"


def money(amount: int) -> str:
    """Đồng → ``447.000 đ``."""
    return f"{amount:,}".replace(",", ".") + "\u00a0đ"


def share(part: int, whole: int) -> str:
    """Percentage, two decimals at most: ``9, 11`` → ``81,82%``. Without a whole there is none: a dash."""
    if whole == 0:
        return "–"
    hundredths = (part * 20_000 + whole) // (2 * whole)
    return f"{hundredths / 100:.2f}".rstrip("0").rstrip(".").replace(".", ",") + "%"


def document_number(number: int | None, symbol: str) -> str:
    """``5, QĐ-UBND`` → ``05/QĐ-UBND``; not numbered yet: room for the clerk to write it."""
    return f"{BLANK_NUMBER if number is None else padded(number)}/{symbol}"


def lines_of(groups: Iterable[Mapping[str, Any]]) -> list[Line]:
    """All lines of all groups, in order."""
    return [line for group in groups for line in group["lines"]]


def counted(lines: Sequence[Line]) -> str:
    """``03 tập thể, 06 cá nhân``: how many nominees of which kind, kinds that do not occur left out."""
    return ", ".join(f"{padded(len(some))} {KINDS[kind]}" for kind, some in by_kind(lines))


def by_kind(lines: Sequence[Line]) -> list[tuple[str, list[Line]]]:
    """The lines of a list by kind of nominee, in the order lists have it; no empty kinds."""
    found = [(kind, [line for line in lines if line["nominee"]["kind"] == kind]) for kind in KINDS]
    return [(kind, some) for kind, some in found if some]


def by_part(lines: Sequence[Line]) -> list[tuple[str | None, list[Line]]]:
    """The lines as they stand, parted where the sub-heading changes; None where there is none."""
    return [(part, list(some)) for part, some in groupby(lines, key=lambda line: line.get("part"))]


def runs(lines: Sequence[Line]) -> list[tuple[str, list[Line]]]:
    """The lines as they stand, parted where the kind of nominee changes: numbers stay those of the agenda."""
    return [(kind, list(some)) for kind, some in groupby(lines, key=lambda line: line["nominee"]["kind"])]


def kinds_of(lines: Sequence[Line]) -> str:
    """``tập thể, cá nhân``: which kinds of nominee a list holds."""
    return ", ".join(KINDS[kind] for kind, _ in by_kind(lines))


def outcomes(lines: Sequence[Line]) -> list[tuple[str, list[Line]]]:
    """The lines of a count by outcome, in the order of `OUTCOMES`; no empty outcomes."""
    found = [(outcome, [line for line in lines if line["outcome"] == outcome]) for outcome in OUTCOMES]
    return [(outcome, some) for outcome, some in found if some]


def full_name(bearer: Mapping[str, Any]) -> str:
    """``Bà Nguyễn Thị Ượng``; collectives have no form of address."""
    return " ".join(part for part in (bearer["salutation"], bearer["name"]) if part)


def mentioned(nominee: Mapping[str, Any]) -> str:
    """A nominee inside a sentence: ``bà Nguyễn Thị Ượng, ấp Phú Hòa, xã An Phú``."""
    name = full_name(nominee)
    parts = (clause(name) if nominee["salutation"] else name, nominee["address"])
    return ", ".join(part for part in parts if part)


def described(line: Line) -> str:
    """Kind, year of birth and where a nominee belongs: ``Cá nhân, sinh năm 1964, ấp Phú Hòa``."""
    nominee = line["nominee"]
    born = f"sinh năm {line['born']}" if line["born"] else ""
    return ", ".join(part for part in (sentence(KINDS[nominee["kind"]]), born, nominee["address"]) if part)


def broken(body: str) -> Markup:
    """The name of a body for a narrow column: its place goes to a line of its own."""
    return Markup("<br>").join(pieces(body))


def pieces(body: str) -> list[str]:
    """The name of a body in the lines a narrow column gives it."""
    return [piece for piece in _BODY.split(body) if piece and piece != " "]


def prose(text: str) -> Markup:
    """Running text in which no number with its symbol (``02/BB-HĐTĐKT``) and no date is torn at its slash."""
    parts = _WITH_SLASH.split(text)
    span = Markup('<span class="whole">{}</span>')
    return Markup("").join(span.format(part) if place % 2 else part for place, part in enumerate(parts))


def listed(text: str, last: bool) -> Markup:
    """One entry of a list, ended as lists are, whatever dash and stop a person typed around it."""
    return prose(stripped(text)) + ("." if last else ";")


def stripped(text: str) -> str:
    """One entry of a list without the dash and the stop a person typed around it."""
    return text.strip().lstrip("-–•+ ").rstrip(" .;,/")


def clause(text: str) -> str:
    """First letter small: a sentence made to go on inside another; ``UBND`` stays as it is."""
    if text[1:2].isupper():
        return text
    return text[:1].lower() + text[1:]


def stated(cell: Mapping[str, Any]) -> str:
    """A text that says of itself when it is an assumption."""
    return assumption(cell["text"], cell["assumed"])


def assumption(text: str, assumed: bool) -> str:
    """A text, with the mark of an assumption where it is one."""
    return f"{text} {ASSUMED}" if assumed else text


def sentence(text: str) -> str:
    """First letter large, the rest untouched (``capitalize`` would make names small)."""
    return text[:1].upper() + text[1:]


def roman(number: int) -> str:
    """1 → ``I``, for the headings of a list (up to 39)."""
    return "X" * (number // 10) + ("", "I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX")[number % 10]

"""Vietnamese text at the door: one form of each letter, keys for sorting and searching.

SQLite has no Vietnamese collation and PostgreSQL's depends on the machine, so both keys are made here and stored.
"""

from __future__ import annotations

import re
import unicodedata

_ALPHABET = "aăâbcdđeêfghijklmnoôơpqrstuưvwxyz"
_JOINERS = "\u200c\u200d"
_TONES = "\u0300\u0309\u0303\u0301\u0323"
_END = "  "
"""Between letters and tones: a name stands before those that begin with it."""
_PARTS = re.compile(r"[0-9]+|[^0-9]")
_LONGEST_KEY, _MOST_DIGITS = 1000, 99
"""What columns hold, and the digits that two figures count."""
_ORDER = {letter: f"{position:02d}" for position, letter in enumerate(_ALPHABET, 1)}


def nfc(text: str) -> str:
    """Text with composed letters and single spaces, trimmed, without signs that control how others are shown."""
    return " ".join("".join(filter(_is_kept, unicodedata.normalize("NFC", text))).split())


def lines(text: str) -> str:
    """Text of several lines, each as :func:`nfc` makes it; no empty line at either end, never two in a row."""
    kept: list[str] = []
    for line in map(nfc, text.splitlines()):
        if line or (kept and kept[-1]):
            kept.append(line)
    return "\n".join(kept).strip("\n")


def _is_kept(sign: str) -> bool:
    """Neither a control nor a hidden format sign, such as those that turn the direction of writing."""
    return sign.isspace() or sign in _JOINERS or unicodedata.category(sign) not in ("Cc", "Cf")


def search_key(text: str) -> str:
    """Text without marks, in lower case, đ as d: what ``nguyen`` finds ``Nguyễn`` by."""
    plain = unicodedata.normalize("NFD", text.lower().replace("đ", "d"))
    return " ".join("".join(c for c in plain if not unicodedata.combining(c)).split())


def sort_key(text: str) -> str:
    """A key whose plain byte order is the Vietnamese one: letters first (a < ă < â < b … d < đ), then tones.

    Tones, in the order of dictionaries (level, huyền, hỏi, ngã, sắc, nặng), decide only between equal letters. Numbers
    stand before letters, by their value: cụm 2 before cụm 10.
    """
    letters, tones = [], []
    for word in nfc(text).lower().split():
        for part in _PARTS.findall(word):
            base, tone = _split(part)
            letters.append(_number(part) if _is_number(part) else _ORDER.get(base, "~"))
            tones.append(str(tone))
        letters.append(" ")
    return ("".join(letters).strip() + _END + "".join(tones))[:_LONGEST_KEY]


def _is_number(part: str) -> bool:
    return part.isascii() and part.isdigit()


def _number(digits: str) -> str:
    """A number as a key: before all letters, the one with fewer digits first."""
    value = digits.lstrip("0")
    return f"00{min(len(value), _MOST_DIGITS):02d}{value}"


def _split(letter: str) -> tuple[str, int]:
    """The letter without its tone, and the tone's rank (0 level … 5 nặng)."""
    parts = unicodedata.normalize("NFD", letter)
    tone = next((rank for rank, mark in enumerate(_TONES, 1) if mark in parts), 0)
    base = "".join(c for c in parts if c not in _TONES)
    return unicodedata.normalize("NFC", base), tone

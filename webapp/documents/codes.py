"""The codes of papers as papers show them: the square a phone reads, and the fields that are signed with it."""

from __future__ import annotations

import io
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import segno

from webapp.documents.formats import document_number, lines_of
from workflows.paper_codes import FIELDS
from workflows.record import digest

QUIET = 4
"""Empty modules around a square, as ISO/IEC 18004 wants them."""


@dataclass(frozen=True)
class Square:
    """A square to be drawn: modules along a side with the quiet zone, and its dark runs as an SVG path."""

    side: int
    path: str


@lru_cache(maxsize=8)
def square(url: str) -> Square:
    """The square of an address, the smallest that bears up to 7 % of damage (level L, more where it costs nothing)."""
    code = segno.make_qr(url, error="l", boost_error=True)
    runs: list[str] = []
    for y, row in enumerate(code.matrix, QUIET):
        x = 0
        while x < len(row):
            dark = x
            while x < len(row) and row[x]:
                x += 1
            if x > dark:
                runs.append(f"M{dark + QUIET} {y}h{x - dark}v1h{dark - x}z")
            x += 1
    return Square(len(code.matrix) + 2 * QUIET, "".join(runs))


def picture(url: str) -> bytes:
    """The same as a PNG of one bit, a module a pixel; equal addresses give equal bytes."""
    file = io.BytesIO()
    segno.make_qr(url, error="l", boost_error=True).save(file, kind="png", scale=1, border=QUIET)
    return file.getvalue()


def decision_fields(facts: Mapping[str, Any]) -> dict[str, str]:
    """What a decision's code signs: what names it, and the digest of all that it prints (its facts, no code)."""
    letterhead, signature = facts["letterhead"], facts["signature"]
    lines = lines_of(facts.get("groups", ()))  # what only corrects others has none
    return {
        "number": document_number(letterhead["number"], letterhead["symbol"]),
        "date": letterhead["date"] or "",
        "place": letterhead["place"],
        "body": letterhead["body"],
        "issuer": facts["issuer"],
        "abstract": facts["abstract"],
        **_signer(signature),
        "count": str(len(lines)),
        "total": str(sum(line["prize"] for line in lines)),
        "content": digest(without_code(facts)),
    }


def certificate_fields(printed: Mapping[str, str]) -> dict[str, str]:
    """What a certificate's code signs: every field of its sheet as it is printed, empty where it has none."""
    return {name: printed.get(name, "") for name in FIELDS[certificate_kind(printed)]}


def certificate_kind(printed: Mapping[str, str]) -> str:
    """As what a certificate is signed: a reissue says on its sheet which one it is."""
    return "reissue" if "copy" in printed else "certificate"


def _signer(signature: Mapping[str, Any]) -> dict[str, str]:
    position = " ".join([*signature["lead"], signature["position"]])
    return {"signer": signature["name"] or "", "position": position}


def without_code(facts: Mapping[str, Any]) -> dict[str, Any]:
    """Facts of a paper but its code, which is made of them."""
    return {key: value for key, value in facts.items() if key != "code"}

"""Facts of the register of commendations as a book, for each body and year."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from itertools import groupby
from typing import Any

from webapp.documents.formats import document_number
from webapp.models import Unit
from webapp.queries.facts import BODY_PREFIX, letterhead
from webapp.queries.register import RegisterEntry
from workflows.vocabulary import SINGLE_KINDS

SYMBOL = "SKT"


def register_book_facts(
    unit: Unit, entries: Iterable[RegisterEntry], told: str, on: dt.date
) -> dict[str, Any]:
    """Facts of these entries, the letterhead that of a unit; ``told`` says which they are."""
    books = groupby(entries, key=lambda entry: (entry.year, entry.body))
    return {
        "letterhead": letterhead(unit, SYMBOL, None, on),
        "told": told,
        "books": [
            {"body": f"{BODY_PREFIX} {body}", "year": year, "entries": [_entry(each) for each in some]}
            for (year, body), some in books
        ],
    }


def struck_text(entry: RegisterEntry) -> str | None:
    """Why an entry is struck: ``Hủy bỏ theo Quyết định số 12/QĐ-UBND ngày 05/03/2020``."""
    if entry.struck_on is None:
        return None
    day = f"ngày {entry.struck_on:%d/%m/%Y}"
    if entry.struck_number is None:
        return f"Hủy bỏ {day}"
    number = document_number(entry.struck_number, entry.struck_symbol or "")
    return f"Hủy bỏ theo Quyết định số {number} {day}"


def _entry(entry: RegisterEntry) -> dict[str, Any]:
    return {
        "number": entry.number,
        "nominee": {
            "kind": entry.kind if entry.kind in SINGLE_KINDS else "collective",
            "salutation": None,
            "name": entry.name,
            "address": entry.address or entry.unit,
        },
        "award": entry.award,
        "achievement": entry.achievement or entry.strand,
        "decision": document_number(entry.decision_number, entry.symbol or ""),
        "date": entry.dated_on.isoformat() if entry.dated_on else None,
        "prize": entry.prize or 0,
        "handed_over": entry.handed_over_on.isoformat() if entry.handed_over_on else None,
        "struck": struck_text(entry),
    }

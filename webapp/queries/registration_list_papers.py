"""Facts of a unit's aggregated list of registrations: counts by strand and kind, each line in its version."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from itertools import groupby
from typing import Any

from sqlalchemy.orm import Session

from webapp.models import Case, RegistrationListLine
from webapp.queries.facts import (
    award_names,
    campaign_title,
    committee_name,
    heads_signature,
    letterhead,
    nominee,
    recipients,
    signed_here,
)
from webapp.queries.latest_entries import latest_entries
from webapp.queries.law import all_rule_sets
from webapp.queries.pledge_papers import KINDS, amount
from webapp.queries.registration_lists import list_of
from workflows.vocabulary import SINGLE_KINDS

GATHER, SIGN = "registration_list/gather_registrations", "registration_list/sign_list"
SYMBOL = "TH-UBND"
COUNTED = {"collective": "tập thể", "individual": "cá nhân", "household": "hộ gia đình"}


def registration_list_facts(session: Session, case: Case) -> dict[str, Any]:
    """Facts of the list as gathered and signed."""
    found = list_of(session, case)
    entries = latest_entries(session, [case.id], [GATHER, SIGN])
    gathered = entries[case.id, GATHER].data
    signing = entries.get((case.id, SIGN)) if found.signed_at else None
    signed: Mapping[str, Any] = signing.data if signing else {}
    number, _, symbol = signed.get("document_number", "").partition("/")
    issued = signed.get("issued_on")
    totals = _counts(found.lines)
    body, above = committee_name(found.unit), committee_name(found.campaign.unit)
    return {
        "letterhead": letterhead(
            found.unit,
            symbol or SYMBOL,
            int(number) if number.isdecimal() and int(number) else None,
            dt.date.fromisoformat(issued) if issued else None,
        ),
        "addressee": above,
        "subject": campaign_title(found.campaign.title),
        "opening": f"{body} tổng hợp {totals['total']:02d} đăng ký thi đua ({_said(totals)}) như sau:",
        "groups": _groups(found.lines, _titles(session)),
        "totals": totals,
        "text": gathered.get("text") or None,
        "closing": f"Kính đề nghị {above} xem xét, xác nhận./.",
        "recipients": ["Như trên", *recipients(None)],
        "signature": heads_signature(
            found.unit, signing.name if signing else None, signed=signing is not None and signed_here(signed)
        ),
    }


def _said(totals: Mapping[str, int]) -> str:
    return ", ".join(f"{totals[kind]:02d} {name}" for kind, name in COUNTED.items() if totals[kind])


def _titles(session: Session) -> dict[str, str]:
    names: dict[str, str] = {}
    for rules in all_rule_sets(session):
        names |= award_names(rules)
    return names


def _counts(lines: Iterable[RegistrationListLine]) -> dict[str, int]:
    kinds = (line.version.registration.nominee.kind for line in lines)
    found: Counter[str] = Counter(kind if kind in SINGLE_KINDS else "collective" for kind in kinds)
    return {**{kind: found[kind] for kind in COUNTED}, "total": found.total()}


def _groups(lines: Sequence[RegistrationListLine], titles: Mapping[str, str]) -> list[dict[str, Any]]:
    """By strand, in the order of the plan; lines are numbered through."""
    ordered = sorted(lines, key=lambda line: line.version.registration.strand.position)
    numbered = list(enumerate(ordered, 1))
    groups = groupby(numbered, key=lambda pair: pair[1].version.registration.strand)
    return [_group(strand.title, list(pairs), titles) for strand, pairs in groups]


def _group(
    title: str, pairs: Sequence[tuple[int, RegistrationListLine]], titles: Mapping[str, str]
) -> dict[str, Any]:
    return {
        "title": title,
        "counts": _counts(line for _number, line in pairs),
        "lines": [_line(number, line, titles) for number, line in pairs],
    }


def _line(number: int, line: RegistrationListLine, titles: Mapping[str, str]) -> dict[str, Any]:
    version = line.version
    row = version.registration.nominee
    later = f", bản số {version.number}" if version.number > 1 else ""
    aimed = version.title_aimed
    return {
        "number": number,
        "code": f"{version.registration.case.code}{later}",
        "nominee": {**nominee(row, {}), "name": version.name},
        "kind": KINDS[row.kind].lower(),
        "targets": "\n".join(_target(each) for each in version.targets),
        "title_aimed": titles.get(aimed, aimed) if aimed else None,
    }


def _target(row: Mapping[str, Any]) -> str:
    measured, told = amount(row), f"{row['indicator']}: {row['pledge']}"
    said = measured is None or "".join(measured.split()) in "".join(told.split())
    return told if said else f"{told} ({measured})"

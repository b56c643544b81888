"""Parts of the facts that papers are made of (`documents/types/_base/facts.json`)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from itertools import groupby
from typing import Any

from webapp.documents.formats import clause
from webapp.models import Nomination, Nominee, Unit
from workflows.law import NoRule, RuleSet
from workflows.values import VIETNAM, local_day
from workflows.vocabulary import SINGLE_KINDS, Level, UnitKind

BODY_PREFIX = "Ủy ban nhân dân"
PLACES = ("thị trấn ", "thị xã ", "thành phố ", "huyện ", "quận ", "tỉnh ", "xã ", "phường ")
HONORIFICS = {"mr": "Ông", "ms": "Bà"}
CHAIRMAN = "Chủ tịch"
HEADS: dict[UnitKind, str] = {
    "committee": CHAIRMAN,
    "office": "Thủ trưởng cơ quan",
    "agency": "Thủ trưởng cơ quan",
    "front": CHAIRMAN,
    "mass_organisation": CHAIRMAN,
    "party": "Bí thư",
    "cluster": "Cụm trưởng",
    "block": "Khối trưởng",
    "hamlet": "Trưởng ấp",
    "enterprise": "Giám đốc",
    "co_operative": "Giám đốc",
}

OFFICE_HEADS: dict[Level, str] = {
    "commune": "Công chức phụ trách thi đua, khen thưởng",
    "district": "Trưởng phòng Nội vụ",
    "province": "Giám đốc Sở Nội vụ",
}
"""Who leads the standing office of the council of a level."""


def committee_name(unit: Unit) -> str:
    """The issuing body: for a place its People's Committee, for an office the office itself."""
    return f"{BODY_PREFIX} {unit.name}" if unit.kind == "committee" else unit.name


def seat_name(unit: Unit) -> str:
    """The place name papers are dated from: ``huyện Tịnh Biên`` → ``Tịnh Biên``."""
    place = unit if unit.kind == "committee" or unit.parent is None else unit.parent
    for prefix in PLACES:
        if place.name.startswith(prefix):
            return place.name.removeprefix(prefix)
    return place.name


def letterhead(unit: Unit, symbol: str, number: int | None, date: dt.date | None) -> dict[str, Any]:
    """Who issues, under which number, where and when; a date not known yet is left to be written."""
    parent = unit.parent if unit.kind != "committee" else None
    return {
        "parent": committee_name(parent) if parent is not None else None,
        "body": committee_name(unit),
        "number": number,
        "symbol": symbol,
        "place": seat_name(unit),
        "date": date.isoformat() if date else None,
    }


def signature(lead: Sequence[str], position: str, name: str | None, *, signed: bool) -> dict[str, Any]:
    """A signature block; ``signed`` where the signature is an act recorded here."""
    return {"lead": list(lead), "position": position, "name": name, "signed": signed}


def heads_signature(unit: Unit, name: str | None, *, signed: bool) -> dict[str, Any]:
    """The signature block of a unit's head; a committee's chairman signs for the committee."""
    lead = [f"TM. {BODY_PREFIX}"] if unit.kind == "committee" else []
    return signature(lead, HEADS[unit.kind], name, signed=signed)


def signed_here(entry: Mapping[str, Any]) -> bool:
    """True when a form was signed by an act; a signed scan carries its signature itself."""
    method: str | None = entry.get("signature", {}).get("method")
    return method == "password"


def nominee(row: Nominee, dossier: Mapping[str, Any]) -> dict[str, Any]:
    """The nominee as papers name it: form of address from the dossier, one line of where it belongs."""
    kind = row.kind if row.kind in SINGLE_KINDS else "collective"
    above = row.unit.parent if row.kind == "commune" and row.unit.parent else row.unit
    salutation = HONORIFICS.get(dossier.get("honorific", "")) if kind == "individual" else None
    name = dossier.get("name_on_paper", row.name)
    if salutation and name.startswith(f"{salutation} "):
        salutation = None  # it was typed before the name; once is enough
    return {
        "kind": kind,
        "salutation": salutation,
        "name": name,
        "address": dossier.get("position") or row.address or above.name,
    }


def by_strand(nominations: Iterable[tuple[Nomination, Any]]) -> list[tuple[str, Sequence[Any]]]:
    """(strand title, what came with its nominations), in the order of the plan."""
    ordered = sorted(nominations, key=lambda pair: pair[0].strand.position)
    groups = groupby(ordered, key=lambda pair: pair[0].strand)
    return [(strand_title(strand.title), [item for _, item in pairs]) for strand, pairs in groups]


def strand_title(title: str) -> str:
    """A strand as papers head its list."""
    return title if title.startswith("Phong trào") else f"Phong trào thi đua “{title}”"


def award_names(rules: RuleSet) -> dict[str, str]:
    """Names of awards by code."""
    return {award.code: award.name for award in rules.awards}


def act_of(rules: RuleSet, codes: Iterable[str], day: dt.date) -> str:
    """What a decision does, or a submission asks for: one award by its name, several in one word."""
    found = set(codes)
    if len(found) != 1:
        return "Khen thưởng"
    try:
        award = rules.award(found.pop(), day)
    except NoRule:
        return "Khen thưởng"
    return f"Công nhận danh hiệu “{award.name}”" if award.family == "title" else f"Tặng {award.name}"


def legal_bases(rules: RuleSet) -> list[str]:
    """The legal bases of the rule set, as papers cite them."""
    return [f"Căn cứ {base}" for base in rules.legal_bases]


def lines(text: str | None) -> list[str]:
    """Typed lines without dashes and stops; those come from the template."""
    cleaned = (line.strip().strip(";-–•. ").strip() for line in (text or "").splitlines())
    return [line for line in cleaned if line]


def paragraphs(text: str | None) -> list[str]:
    """Typed paragraphs as they are."""
    return [line.strip() for line in (text or "").splitlines() if line.strip()]


def recipients(copies: str | None) -> list[str]:
    """Nơi nhận from free text, a line each; the last is the archive."""
    return [line for line in lines(copies) if not line.startswith("Lưu")] + ["Lưu: VT"]


def moment(at: dt.datetime) -> str:
    """An instant as papers take it: local time to the minute."""
    return at.astimezone(VIETNAM).strftime("%Y-%m-%dT%H:%M")


def day_text(at: dt.datetime) -> str:
    """An instant as the local day of a paper, ``ngày 12/12/2019`` without the word."""
    return f"{local_day(at):%d/%m/%Y}"


def phrase(text: str) -> str:
    """A typed heading made to go on inside a sentence."""
    return clause(text.strip().rstrip("."))

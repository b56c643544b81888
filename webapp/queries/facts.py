"""Parts of the facts that papers are made of (`documents/types/_base/facts.json`)."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable, Mapping, Sequence
from itertools import groupby
from typing import Any

from webapp.documents.formats import KINDS, clause
from webapp.models import Nomination, Nominee, Unit
from workflows.law import NoRule, RuleSet
from workflows.values import VIETNAM, local_day
from workflows.vocabulary import SINGLE_KINDS, Level, NomineeKind, UnitKind

BODY_PREFIX = "Ủy ban nhân dân"
PLACES = ("thị trấn ", "thị xã ", "thành phố ", "huyện ", "quận ", "tỉnh ", "xã ", "phường ")
HOUSEHOLD = "Hộ gia đình"
HONORIFICS = {"mr": "Ông", "ms": "Bà"}
CHAIRMAN = "Chủ tịch"
EXTRAORDINARY = "Thành tích đột xuất"
EXTRAORDINARY_ROUTE = "extraordinary"
SEVERAL = "Khen thưởng"
ARCHIVE = "Lưu"
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

OFFICE_WORDS = {
    "Phòng": "Trưởng phòng",
    "Sở": "Giám đốc",
    "Văn phòng": "Chánh Văn phòng",
    "Thanh tra": "Chánh Thanh tra",
    "Ban": "Trưởng ban",
    "Chi cục": "Chi cục trưởng",
    "Công an": "Trưởng Công an",
    "Trung tâm": "Giám đốc",
    "Trường": "Hiệu trưởng",
}
"""What the head of an office is called, by the first words of its name."""

WITHOUT_COMMITTEE = frozenset({"committee", "front", "mass_organisation", "party"})
"""Whose papers name no committee above: it is none, or it is not above them."""

OFFICE_HEADS: dict[Level, str] = {
    "commune": "Công chức phụ trách thi đua, khen thưởng",
    "district": "Trưởng phòng Nội vụ",
    "province": "Giám đốc Sở Nội vụ",
}
"""Who leads the standing office of the council of a level."""

OFFICES: dict[Level, tuple[str, str] | None] = {
    "commune": None,
    "district": ("Phòng Nội vụ", "PNV"),
    "province": ("Sở Nội vụ", "SNV"),
}
"""That office and its sign in symbols, as they are in use; a commune has an official, and no office."""


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
    parent = None if unit.kind in WITHOUT_COMMITTEE else unit.parent
    return {
        "parent": committee_name(parent) if parent is not None else None,
        "body": _own_name(unit) if parent is not None else committee_name(unit),
        "number": number,
        "symbol": symbol,
        "place": seat_name(unit),
        "date": date.isoformat() if date else None,
    }


def office_letterhead(
    unit: Unit, level: Level, number: int | None = None, date: dt.date | None = None, symbol: str = ""
) -> dict[str, Any]:
    """Of a submission of the standing office of a body, under a number of the office's own book."""
    office = OFFICES[level]
    if office is None:
        return letterhead(unit, symbol or "TTr-UBND", number, date)
    name, sign = office
    own = {"parent": committee_name(unit), "body": name}
    return letterhead(unit, symbol or f"TTr-{sign}", number, date) | own


def signature(lead: Sequence[str], position: str, name: str | None, *, signed: bool) -> dict[str, Any]:
    """A signature block; ``signed`` where the signature is an act recorded here."""
    return {"lead": list(lead), "position": position, "name": name, "signed": signed}


def heads_signature(unit: Unit, name: str | None, *, signed: bool) -> dict[str, Any]:
    """The signature block of a unit's head; a committee's chairman signs for the committee."""
    lead = [f"TM. {BODY_PREFIX}"] if unit.kind == "committee" else []
    return signature(lead, head_of(unit), name, signed=signed)


def head_of(unit: Unit) -> str:
    """What the head of a unit is called: ``Phòng …`` has a Trưởng phòng, ``Sở …`` a Giám đốc."""
    if unit.kind not in ("office", "agency"):
        return HEADS[unit.kind]
    return next((head for sort, head in OFFICE_WORDS.items() if unit.name.startswith(sort)), HEADS[unit.kind])


def symbol_of(sort: str, unit: Unit) -> str:
    """``TTr-UBND``, ``TTr-LĐTBXH``, ``TTr-HND``: the sort of paper and the sign of who issues it."""
    match unit.kind:
        case "committee":
            return f"{sort}-UBND"
        case "front":
            return f"{sort}-MTTQ"
        case "office" | "agency" | "mass_organisation":
            words = re.findall(r"\w+", _own_name(unit).removeprefix("Phòng ").removeprefix("Sở "))
            sign = "".join(word if word.isupper() else word[0].upper() for word in words if word != "và")
            return f"{sort}-{sign}"
    return sort


def _own_name(unit: Unit) -> str:
    """The name of a unit without that of its place: ``Phòng Nội vụ huyện Châu Thành`` → ``Phòng Nội vụ``."""
    return unit.name.removesuffix(unit.parent.name).rstrip(" ,") if unit.parent else unit.name


def signed_here(entry: Mapping[str, Any]) -> bool:
    """True when a form was signed by an act; a signed scan carries its signature itself."""
    method: str | None = entry.get("signature", {}).get("method")
    return method == "password"


def nominee(row: Nominee, dossier: Mapping[str, Any]) -> dict[str, Any]:
    """The nominee as papers name it: name and form of address from the dossier, one line of where it belongs."""
    name: str = dossier.get("name_on_paper") or row.name
    return {
        "kind": row.kind if row.kind in SINGLE_KINDS else "collective",
        "salutation": _salutation(row.kind, name, _honorific(dossier)),
        "name": name,
        "address": _place_above(row) or dossier.get("position") or row.address or row.unit.name,
    }


def _honorific(dossier: Mapping[str, Any]) -> str | None:
    """Of the person, or of the head of the household."""
    return HONORIFICS.get(dossier.get("honorific") or dossier.get("head_honorific", ""))


def _salutation(kind: NomineeKind, name: str, honorific: str | None) -> str | None:
    """``Bà``, ``Hộ gia đình bà``; None for a collective, and where it was typed before the name: once is enough."""
    if kind == "household" and not name.startswith(f"{HOUSEHOLD.split()[0]} "):
        return f"{HOUSEHOLD} {honorific.lower()}" if honorific else HOUSEHOLD
    if kind == "individual" and honorific and not name.startswith(f"{honorific} "):
        return honorific
    return None


def _place_above(row: Nominee) -> str | None:
    """Where a commune lies: its own name is its address, and is not said twice."""
    return row.unit.parent.name if row.kind == "commune" and row.unit.parent else None


def by_strand(nominations: Iterable[tuple[Nomination, Any]]) -> list[tuple[str, Sequence[Any]]]:
    """(title of the list, what came with its nominations), in the order of the plan; extraordinary merits last."""
    ordered = sorted(nominations, key=lambda pair: list_place(pair[0]))
    groups = groupby(ordered, key=lambda pair: list_title(pair[0]))
    return [(title, [item for _, item in pairs]) for title, pairs in groups]


def list_title(nomination: Nomination) -> str:
    """What heads the list a nomination stands in: its strand; an extraordinary merit belongs to none."""
    return EXTRAORDINARY if nomination.route == EXTRAORDINARY_ROUTE else strand_title(nomination.strand.title)


def list_place(nomination: Nomination) -> tuple[bool, int]:
    """By which lists follow one another."""
    extraordinary = nomination.route == EXTRAORDINARY_ROUTE
    return extraordinary, 0 if extraordinary else nomination.strand.position


def kind_place(kind: NomineeKind) -> int:
    """By which kinds of nominee follow one another: collectives, persons, households."""
    return list(KINDS).index(kind if kind in SINGLE_KINDS else "collective")


def strand_title(title: str) -> str:
    """A strand as papers head its list; a strand is a content of a campaign."""
    return title if title.startswith("Phong trào") else f"Nội dung thi đua “{title}”"


def campaign_title(title: str) -> str:
    """A campaign as papers name it."""
    return title if title.startswith("Phong trào") else f"Phong trào thi đua “{title}”"


def award_names(rules: RuleSet, unit: Unit | None = None) -> dict[str, str]:
    """Names of awards by code; on papers of a unit with the province named that decides."""
    return {award.code: of_province(award.name, unit) for award in rules.awards}


def of_province(name: str, unit: Unit | None) -> str:
    """``Bằng khen của Chủ tịch Ủy ban nhân dân cấp tỉnh`` → ``… tỉnh Ninh Bình``: a paper names the authority."""
    top = unit
    while top is not None and top.parent is not None:
        top = top.parent
    return name.replace(f"{BODY_PREFIX} cấp tỉnh", f"{BODY_PREFIX} {top.name}") if top else name


def act_of(rules: RuleSet, codes: Iterable[str], day: dt.date, unit: Unit | None = None) -> str:
    """What a decision does, or a submission asks for: one award by its name, several in one word."""
    found = set(codes)
    if len(found) != 1:
        return SEVERAL
    try:
        award = rules.award(found.pop(), day)
    except NoRule:
        return SEVERAL
    name = of_province(award.name, unit)
    return f"Tặng danh hiệu “{name}”" if award.family == "title" else f"Tặng {name}"


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
    """Nơi nhận from free text, a line or a semicolon between two; the last is the archive, as typed or ``Lưu: VT``."""
    found = lines((copies or "").replace(";", "\n"))
    archive = [line for line in found if line.startswith(ARCHIVE)]
    return [line for line in found if not line.startswith(ARCHIVE)] + [archive[0] if archive else "Lưu: VT"]


def moment(at: dt.datetime) -> str:
    """An instant as papers take it: local time to the minute."""
    return at.astimezone(VIETNAM).strftime("%Y-%m-%dT%H:%M")


def day_text(at: dt.datetime) -> str:
    """An instant as the local day of a paper, ``ngày 12/12/2019`` without the word."""
    return f"{local_day(at):%d/%m/%Y}"


def phrase(text: str) -> str:
    """A typed heading made to go on inside a sentence."""
    return clause(text.strip().rstrip("."))

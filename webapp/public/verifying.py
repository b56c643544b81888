"""A paper as whoever has its code sees it: every field that it prints, and how it stands now."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from flask import current_app
from flask_babel import LazyString
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from webapp.clock import now
from webapp.documents.blocks import articles, with_blocks
from webapp.documents.formats import (
    KINDS,
    by_kind,
    by_part,
    clause,
    document_number,
    full_name,
    lines_of,
    long_day,
    money,
    roman,
    sentence,
    stripped,
)
from webapp.documents.words import amount_in_words
from webapp.extensions import db
from webapp.follow_codes import typed_code
from webapp.queries.verifications import Change, Verified, verified
from webapp.verification_key import verification_key_of

STATUSES: Mapping[str, tuple[str, LazyString]] = {
    "valid": ("done", _l("Valid")),
    "corrected": ("returned", _l("Corrected since")),
    "revoked_in_part": ("withdrawn", _l("Revoked in part since")),
    "revoked": ("withdrawn", _l("Revoked since")),
    "replaced": ("returned", _l("Replaced by a new copy since")),
}


@dataclass(frozen=True)
class Field:
    """A field as it is printed, in lines."""

    name: str
    lines: list[str]


@dataclass(frozen=True)
class Entry:
    """A line of a list: its number, who, where, what."""

    number: int
    name: str
    address: str
    got: list[str]


@dataclass(frozen=True)
class Part:
    """A part of a list, and in it the entries by kind of nominee."""

    title: str
    kinds: list[tuple[str, list[Entry]]]


@dataclass(frozen=True)
class ShownPaper:
    """What the page shows of a paper; not ``on_paper`` where that bears no code."""

    code: str
    title: str
    status: tuple[str, LazyString]
    changes: list[str]
    fields: list[Field]
    list_title: str
    parts: list[Part]
    total: str
    at: dt.datetime
    on_paper: bool


def public_keys() -> list[bytes]:
    """The keys whose signatures count, as PEM."""
    return list(verification_key_of(current_app.config["SETTINGS"].data_dir).trusted().values())


def shown_paper(text: str, signature: str | None = None) -> ShownPaper | None:
    """The paper of a code, scanned with its signature or typed without; None for a wrong one."""
    code = typed_code(text)
    found = verified(db.session(), code, signature, public_keys()) if code else None
    return _shown(found) if found else None


def _shown(found: Verified) -> ShownPaper:
    certificate = found.kind != "decision"
    facts = found.facts if certificate else with_blocks(found.facts)
    lines = [] if certificate else lines_of(facts.get("groups", []))
    total = sum(line["prize"] for line in lines)
    fields = _certificate(found.fields) if certificate else _written(facts, total)
    return ShownPaper(
        code=found.code,
        title=found.fields["award"]
        if certificate
        else _("Decision no. %(number)s", number=found.fields["number"]),
        status=STATUSES[found.status],
        changes=[_change(each) for each in found.changes],
        fields=[Field(name, said) for name, texts in fields if (said := [text for text in texts if text])],
        list_title=_("List of the awards revoked") if "original" in facts else _("List of those awarded"),
        parts=[] if certificate else _parts(facts),
        total=money(total) if total else "",
        at=now(db.session()).at,
        on_paper=found.on_paper,
    )


def _change(change: Change) -> str:
    words = {"number": change.number, "day": long_day(change.dated_on.isoformat())}
    if change.kind == "revocation":
        return _("Revoked by decision no. %(number)s of %(day)s", **words)
    if change.kind == "award":
        return _("Supplemented by decision no. %(number)s of %(day)s", **words)
    return _("Corrected by decision no. %(number)s of %(day)s", **words)


def _certificate(fields: Mapping[str, str]) -> list[tuple[str, list[str]]]:
    """Everything that stands on a certificate, in the order of its sheet; a type may have fewer fields."""

    def said(name: str) -> str:
        return fields.get(name, "")

    given = [f"{said('act')} {said('award')}".strip()] if said("decision") else [said("award"), said("act")]
    return [
        (_("Deciding authority"), [said("issuer")]),
        (_("What is awarded"), given),
        (_("Awarded to"), [said("bearer"), said("address")]),
        (_("Awarded for"), [said("achievement")]),
        (_("Decision"), said("decision").splitlines()),
        (_("Number in the register"), [said("register"), said("copy")]),
        (_("Place of issue"), [said("dated")]),
        (_("Signed by"), [*said("position").splitlines(), said("signer")]),
    ]


def _written(facts: Mapping[str, Any], total: int) -> list[tuple[str, list[str]]]:
    """A decision about another one says other things than one that awards."""
    return _amending(facts, total) if "original" in facts else _decision(facts)


def _amending(facts: Mapping[str, Any], total: int) -> list[tuple[str, list[str]]]:
    """Everything that stands on a decision that corrects or revokes, in the order of the paper."""
    original, conclusion = facts["original"], facts.get("conclusion")
    said = [f"{conclusion['number']}, {long_day(conclusion['date'])}", conclusion["by"]] if conclusion else []
    corrected = [
        f"{each['place']}, {each['who']}, {clause(each['field'])}: “{each['before']}” → “{each['after']}”"
        for each in facts.get("corrections", ())
    ]
    return [
        *_head(facts),
        (
            _("Original decision"),
            [f"{original['number']}, {long_day(original['date'])}", original["issuer"], original["abstract"]],
        ),
        (_("What is put right"), corrected),
        (_("Ground"), [facts["ground"]] if "ground" in facts else []),
        (_("Conclusion"), said),
        (_("To be paid back"), [f"{money(total)} ({clause(amount_in_words(total))})"] if total else []),
        (_("Carried out by"), facts["executors"]),
        *_foot(facts),
    ]


def _decision(facts: Mapping[str, Any]) -> list[tuple[str, list[str]]]:
    """Everything that stands on the decision beside its list, in the order of the paper."""
    return [
        *_head(facts),
        (_("Articles"), _articles(facts)),
        (_("Initialled by"), facts["initials"]),
        *_foot(facts),
    ]


def _head(facts: Mapping[str, Any]) -> list[tuple[str, list[str]]]:
    letterhead = facts["letterhead"]
    return [
        (_("Issuing body"), [letterhead["parent"], letterhead["body"]]),
        (_("Number"), [document_number(letterhead["number"], letterhead["symbol"])]),
        (_("Place and date"), [f"{letterhead['place']}, {long_day(letterhead['date'])}"]),
        (_("Deciding authority"), [facts["issuer"]]),
        (_("Abstract"), [facts["abstract"]]),
        (_("Bases"), [stripped(each) for each in facts["bases"]]),
    ]


def _foot(facts: Mapping[str, Any]) -> list[tuple[str, list[str]]]:
    return [
        (_("Recipients"), [stripped(each) for each in facts["recipients"]]),
        (_("Signed by"), _signature(facts["signature"])),
    ]


def _articles(facts: Mapping[str, Any]) -> list[str]:
    """The articles as they are printed."""
    found = articles(*(facts[name] for name in ("blocks", "acts", "reason", "fund", "groups")))
    return [
        line for number, (first, *more) in enumerate(found, 1) for line in (f"Điều {number}. {first}", *more)
    ]


def _signature(signature: Mapping[str, Any]) -> list[str]:
    signed = ["(Đã ký)"] if signature["signed"] else []
    return [*signature["lead"], signature["position"], *signed, signature["name"]]


def _parts(facts: Mapping[str, Any]) -> list[Part]:
    """The list as it is printed: numbered through, by group, by kind of nominee, under the sub-headings it has."""
    groups = facts.get("groups", [])
    named = facts.get("grouping") == "strand" and len({line["award"] for line in lines_of(groups)}) > 1
    number, parts = 0, []
    for place, group in enumerate(groups, 1):
        kinds = []
        for kind, some in by_kind(group["lines"]):
            heading = f"{sentence(KINDS[kind])} ({len(some):02d})"
            for part, those in by_part(some):
                told = " – ".join(filter(None, (heading, part)))
                kinds.append((told, [_entry(number + at, line, named) for at, line in enumerate(those, 1)]))
                number += len(those)
        parts.append(Part(f"{roman(place)}. {group['title']}", kinds))
    return parts


def _entry(number: int, line: Mapping[str, Any], named: bool) -> Entry:
    nominee = line["nominee"]
    got = [line["award"]] if named or "register" in line else []
    got += [f"Số {line['register']}"] if line.get("register") else []
    got += [line["reason"]] if "reason" in line else []
    got += [money(line["prize"])] if line["prize"] else []
    return Entry(number, full_name(nominee), nominee["address"] or "", got)

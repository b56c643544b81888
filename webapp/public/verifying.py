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
from webapp.documents.formats import (
    KINDS,
    by_kind,
    clause,
    counted,
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
    """What the page shows of a paper."""

    code: str
    title: str
    status: tuple[str, LazyString]
    changes: list[str]
    fields: list[Field]
    parts: list[Part]
    total: str
    at: dt.datetime


def public_keys() -> list[bytes]:
    """The keys whose signatures count, as PEM."""
    return list(verification_key_of(current_app.config["SETTINGS"].data_dir).trusted().values())


def shown_paper(text: str, signature: str | None = None) -> ShownPaper | None:
    """The paper of a code, scanned with its signature or typed without; None for a wrong one."""
    code = typed_code(text)
    found = verified(db.session(), code, signature, public_keys()) if code else None
    return _shown(found) if found else None


def _shown(found: Verified) -> ShownPaper:
    certificate = found.kind == "certificate"
    lines = [] if certificate else lines_of(found.facts["groups"])
    total = sum(line["prize"] for line in lines)
    fields = _certificate(found.fields) if certificate else _decision(found.facts, lines, total)
    return ShownPaper(
        code=found.code,
        title=found.fields["award"]
        if certificate
        else _("Decision no. %(number)s", number=found.fields["number"]),
        status=STATUSES[found.status],
        changes=[_change(each) for each in found.changes],
        fields=[Field(name, said) for name, texts in fields if (said := [text for text in texts if text])],
        parts=[] if certificate else _parts(found.facts),
        total=money(total) if total else "",
        at=now(db.session()).at,
    )


def _change(change: Change) -> str:
    words = {"number": change.number, "day": long_day(change.dated_on.isoformat())}
    if change.kind == "revocation":
        return _("Revoked by decision no. %(number)s of %(day)s", **words)
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
        (_("Number in the register"), [said("register")]),
        (_("Place of issue"), [said("dated")]),
        (_("Signed by"), [*said("position").splitlines(), said("signer")]),
    ]


def _decision(
    facts: Mapping[str, Any], lines: list[Mapping[str, Any]], total: int
) -> list[tuple[str, list[str]]]:
    """Everything that stands on the decision beside its list, in the order of the paper."""
    letterhead = facts["letterhead"]
    return [
        (_("Issuing body"), [letterhead["parent"], letterhead["body"]]),
        (_("Number"), [document_number(letterhead["number"], letterhead["symbol"])]),
        (_("Place and date"), [f"{letterhead['place']}, {long_day(letterhead['date'])}"]),
        (_("Deciding authority"), [facts["issuer"]]),
        (_("Abstract"), [facts["abstract"]]),
        (_("Bases"), [stripped(each) for each in facts["bases"]]),
        (_("What is awarded"), [*_acts(facts, lines), sentence(facts["reason"])]),
        (_("Prize money"), _money(facts, total)),
        (_("Carried out by"), facts["executors"]),
        (_("Recipients"), [stripped(each) for each in facts["recipients"]]),
        (_("Signed by"), _signature(facts["signature"])),
    ]


def _acts(facts: Mapping[str, Any], lines: list[Mapping[str, Any]]) -> list[str]:
    by_award = {
        each["award"]: [line for line in lines if line["award"] == each["award"]] for each in facts["acts"]
    }
    return [f"{each['act']} cho {counted(by_award[each['award']])}" for each in facts["acts"]]


def _money(facts: Mapping[str, Any], total: int) -> list[str]:
    if not total:
        return []
    return [f"{money(total)} ({clause(amount_in_words(total))})", facts["fund"]]


def _signature(signature: Mapping[str, Any]) -> list[str]:
    signed = ["(Đã ký)"] if signature["signed"] else []
    return [*signature["lead"], signature["position"], *signed, signature["name"]]


def _parts(facts: Mapping[str, Any]) -> list[Part]:
    """The list as it is printed: numbered through, by group, and in it by kind of nominee."""
    several = len({line["award"] for line in lines_of(facts["groups"])}) > 1
    number, parts = 0, []
    for place, group in enumerate(facts["groups"], 1):
        kinds = []
        for kind, some in by_kind(group["lines"]):
            heading = f"{sentence(KINDS[kind])} ({len(some):02d})"
            kinds.append((heading, [_entry(number + at, line, several) for at, line in enumerate(some, 1)]))
            number += len(some)
        parts.append(Part(f"{roman(place)}. {group['title']}", kinds))
    return parts


def _entry(number: int, line: Mapping[str, Any], several: bool) -> Entry:
    nominee = line["nominee"]
    got = [line["award"]] if several else []
    got += [money(line["prize"])] if line["prize"] else []
    return Entry(number, full_name(nominee), nominee["address"] or "", got)

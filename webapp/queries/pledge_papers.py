"""Facts of a pledge: what somebody registers, in the version in force or in one before."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from webapp.models import Case, Registration, Unit
from webapp.queries.facts import (
    award_names,
    campaign_title,
    committee_name,
    heads_signature,
    letterhead,
    phrase,
    signature,
)
from webapp.queries.law import all_rule_sets
from webapp.queries.plans import plan_of
from webapp.queries.pledged_targets import is_unit_itself
from webapp.queries.registration_versions import Version, content_of, entered, versions_of
from workflows.plan import Indicator, Plan
from workflows.values import local_day
from workflows.vocabulary import SINGLE_KINDS, NomineeKind

PER_CENT, POINTS = "%", "điểm phần trăm"
"""What is measured from, where a target counts in points, is a share itself."""
KINDS: dict[NomineeKind, str] = {
    "individual": "Cá nhân",
    "household": "Hộ gia đình",
    "collective": "Tập thể",
    "commune": "Xã, phường, thị trấn",
    "hamlet": "Thôn, ấp, khóm, tổ dân phố",
    "enterprise": "Doanh nghiệp",
    "co_operative": "Hợp tác xã",
}
SIGNERS: dict[NomineeKind, str] = {
    "individual": "Người đăng ký",
    "household": "Chủ hộ",
    "collective": "Đại diện tập thể",
    "commune": "Đại diện đơn vị",
    "hamlet": "Đại diện đơn vị",
    "enterprise": "Đại diện doanh nghiệp",
    "co_operative": "Đại diện hợp tác xã",
}


def pledge_facts(session: Session, case: Case, number: int | None = None) -> dict[str, Any]:
    """Facts of the pledge in the version of this number, by default the newest; before acceptance as entered.

    Raises LookupError where there is no such version, or nothing was entered yet.
    """
    registration = session.execute(select(Registration).where(Registration.case_id == case.id)).scalar_one()
    told = entered(session, case)
    version = _version(versions_of(session, registration.id), number)
    if version is None and "targets" not in told:
        raise LookupError(case.code)
    content = version.content if version else content_of(registration, told)
    since = local_day(version.since) if version else None
    nominee = registration.nominee
    plan = plan_of(session, registration.campaign)
    return {
        **_head(registration, content.name, since),
        "registrant": {
            "name": content.name,
            "kind": KINDS[nominee.kind],
            "address": ", ".join(told.get("address", {}).values()) or nominee.unit.name,
            "people": told.get("people"),
        },
        "strand": {
            "title": registration.strand.title,
            "contents": list(plan.strand(registration.strand.code).contents),
        },
        "indicators": [_indicator(each) for each in _indicators(plan, registration.strand.code)],
        "targets": [_target(row) for row in content.targets],
        "title_aimed": _title(session, content.title_aimed),
        "commitment": content.commitment,
        "origin": _origin(case, version, since),
    }


def _version(found: tuple[Version, ...], number: int | None) -> Version | None:
    if number is None:
        return found[-1] if found else None
    return next((each for each in found if each.number == number), None) or _missing(number)


def _missing(number: int) -> Version:
    raise LookupError(number)


def _head(registration: Registration, name: str, since: dt.date | None) -> dict[str, Any]:
    """The head of the paper, and who signs it: a person alone, a collective under its own name."""
    nominee, unit = registration.nominee, registration.case.unit
    personal = nominee.kind in SINGLE_KINDS
    own = is_unit_itself(name, nominee.kind, unit)
    head = letterhead(unit, "ĐK", None, since)
    if not personal and not own:
        head |= {"parent": committee_name(unit), "body": name}
    return {
        "letterhead": head,
        "personal": personal,
        "campaign": campaign_title(registration.campaign.title),
        "addressee": committee_name(registration.campaign.unit),
        "confirming": None if own else _confirming(unit),
        "signer": heads_signature(unit, None, signed=False)
        if own
        else signature([], SIGNERS[nominee.kind], name if personal else None, signed=False),
    }


def _confirming(unit: Unit) -> dict[str, Any]:
    head = heads_signature(unit, None, signed=False)
    return {**head, "lead": ["Xác nhận của đơn vị", *head["lead"]]}


def _indicators(plan: Plan, strand: str) -> Iterator[Indicator]:
    return (each for each in plan.indicators if each.strand in (None, strand))


def _indicator(each: Indicator) -> dict[str, Any]:
    base = each.baseline
    unit = PER_CENT if each.unit == POINTS else each.unit
    value = f", {_measured(base.value, unit)}" if base and base.value is not None else ""
    return {"wording": each.wording, "baseline": f"mốc so sánh: {phrase(base.at)}{value}" if base else None}


def _target(row: Mapping[str, Any]) -> dict[str, Any]:
    return {"indicator": row["indicator"], "pledge": row["pledge"], "amount": amount(row)}


def amount(row: Mapping[str, Any]) -> str | None:
    """The measured part of a target as papers write it: ``15 hộ``; None where it is not measured."""
    return _measured(row["target"], row.get("measure", "")) if "target" in row else None


def _measured(value: Any, unit: str) -> str:
    """A number with its unit: ``15 hộ``, but ``0,9%``."""
    return f"{_number(value)}{'' if unit == PER_CENT else ' '}{unit}".strip()


def _number(value: Any) -> str:
    """A number as papers write it: points between thousands, a comma before decimals."""
    text = f"{float(value):,.4f}".rstrip("0").rstrip(".")
    return text.translate(str.maketrans(",.", ".,"))


def _title(session: Session, code: str | None) -> str | None:
    names: dict[str, str] = {}
    for rules in all_rule_sets(session):
        names |= award_names(rules)
    return names.get(code, code) if code else None


def _origin(case: Case, version: Version | None, since: dt.date | None) -> str:
    if version is None or since is None:
        return f"Mã đăng ký {case.code}, chưa được chấp nhận"
    before = f", thay bản số {version.number - 1}" if version.number > 1 else ""
    return f"Mã đăng ký {case.code}, bản số {version.number} có hiệu lực từ ngày {since:%d/%m/%Y}{before}"

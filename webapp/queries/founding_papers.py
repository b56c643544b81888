"""How papers cite the plan a campaign stands on: as it was published here, else as its source says."""

from __future__ import annotations

import datetime as dt
from typing import Final

from sqlalchemy.orm import Session

from webapp.documents import formats
from webapp.models import Campaign
from webapp.queries.facts import committee_name, phrase
from webapp.queries.latest_entries import latest_entry
from webapp.queries.plans import plan_of
from workflows.vocabulary import DocumentKind

PUBLISHED: Final = "launch/publish_plan"
NAMES: Final[dict[DocumentKind, str]] = {"plan": "Kế hoạch", "instruction": "Văn bản chỉ đạo"}


def plan_name(session: Session, campaign: Campaign) -> str:
    """``Kế hoạch số 85/KH-UBND ngày 03/5/2024``; what nobody has said is left out."""
    document = plan_of(session, campaign).document
    told = latest_entry(session, campaign.case, PUBLISHED) if campaign.case else {}
    number: str = told.get("document_number") or document.number or ""
    issued = dt.date.fromisoformat(told["issued_on"]) if "issued_on" in told else document.issued
    cited = f" số {number}" if "/" in number else ""
    dated = f" {formats.long_day(issued.isoformat())}" if issued else ""
    return f"{NAMES[document.kind]}{cited}{dated}"


def plan_basis(session: Session, campaign: Campaign) -> str:
    """The plan as a legal basis; one without a number by what it is about."""
    name, body = plan_name(session, campaign), committee_name(campaign.unit)
    about = "" if " số " in name else f" về {phrase(campaign.title)}"
    return f"Căn cứ {name} của {body}{about}"

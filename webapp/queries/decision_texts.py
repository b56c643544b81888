"""The wording of a decision: what is standard, and what the office made of it in its draft."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from webapp.documents import blocks
from webapp.documents.formats import document_number
from webapp.models import Campaign, Case, Decision
from webapp.queries.facts import OFFICE_HEADS, legal_bases, paragraphs, phrase
from webapp.queries.latest_entries import latest_entry
from webapp.queries.law import rule_set_for
from webapp.queries.units import standing_level
from workflows.plan_rounds import is_extraordinary
from workflows.values import local_day
from workflows.vocabulary import Level

START = "award_issuance/start"
PLACES: dict[Level, str] = {"commune": "xã", "district": "huyện", "province": "tỉnh"}
EXECUTORS: dict[Level, tuple[str, ...]] = {
    "commune": ("Chánh Văn phòng Hội đồng nhân dân và Ủy ban nhân dân", OFFICE_HEADS["commune"]),
    "district": (
        "Chánh Văn phòng Hội đồng nhân dân và Ủy ban nhân dân huyện",
        OFFICE_HEADS["district"],
        "Trưởng phòng Tài chính - Kế hoạch",
        "Thủ trưởng các cơ quan, đơn vị có liên quan",
    ),
    "province": (
        "Chánh Văn phòng Ủy ban nhân dân tỉnh",
        OFFICE_HEADS["province"],
        "Thủ trưởng các cơ quan, đơn vị có liên quan",
    ),
}
FIELDS = {
    "awards": "article_awards",
    "prizes": "article_prizes",
    "force": "entry_into_force",
    "execution": "executors",
}
"""Which field of the draft holds which block."""

MORE = "more_articles"


def standard_blocks(level: Level) -> dict[str, str]:
    """The standard wording of the blocks at a level."""
    return {
        "awards": blocks.AWARDS,
        "prizes": blocks.PRIZES,
        "force": blocks.FORCE,
        "execution": blocks.execution(EXECUTORS[level]),
    }


def blocks_of(draft: Mapping[str, Any], level: Level) -> dict[str, Any]:
    """The blocks as drafted; one that was left empty, or that an older form did not ask for, is the standard one."""
    standard = standard_blocks(level)
    own = {block: draft.get(field) or standard[block] for block, field in FIELDS.items()}
    return {**own, "more": paragraphs(draft.get(MORE))}


def standard_texts(session: Session, case: Case) -> dict[str, str]:
    """What the texts of the form of a draft say as long as nobody has worded them otherwise, by field."""
    campaign = session.get_one(Campaign, case.campaign_id)
    level = standing_level(session, campaign.unit)
    rules = rule_set_for(session, local_day(case.opened_at), case.organiser_id)
    extraordinary = is_extraordinary(latest_entry(session, case, START)["round"])
    merit = "thành tích đột xuất" if extraordinary else phrase(campaign.title)
    own = standard_blocks(level)
    return {
        "title": f"Về việc khen thưởng {merit}{_added_to(session, case)}",
        "legal_bases": "\n".join(legal_bases(rules)),
        "achievement": f"Đã có {merit}" if extraordinary else f"Đã có thành tích trong {merit}",
        "prize_source": f"Quỹ thi đua, khen thưởng của {PLACES[level]}",
        **{field: own[block] for block, field in FIELDS.items()},
        "copies_to": "Như Điều 3\nLưu: VT",
    }


def _added_to(session: Session, case: Case) -> str:
    """The decision that a supplementary one adds to, as its title names it."""
    original = session.scalars(select(Decision).where(Decision.case_id == case.id)).one().original
    if original is None:
        return ""
    return f" (bổ sung Quyết định số {document_number(original.number, original.symbol or '')})"

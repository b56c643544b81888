"""Facts of the paper of a plan: what the plan says, in the words of the newest draft, to the units it goes to."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from sqlalchemy import select
from sqlalchemy.orm import Session

from webapp.documents.formats import clause
from webapp.models import AddressedUnit, Campaign, Unit
from webapp.queries import plan_sections, plan_stations
from webapp.queries.facts import committee_name, heads_signature, letterhead, lines, signed_here
from webapp.queries.latest_entries import Latest, latest_entries
from webapp.queries.plan_recipients import SHORT_LIST, in_order, recipients_of
from webapp.queries.plan_stations import Windows
from webapp.queries.plan_texts import contents_text
from webapp.queries.plans import plan_of
from webapp.queries.rule_names import rule_names
from webapp.text import search_key
from workflows.plan import Plan
from workflows.vocabulary import DocumentKind

START, DRAFT, APPROVE, PUBLISH = (
    "campaign/start",
    "campaign/draft_plan",
    "campaign/approve_plan",
    "launch/publish_plan",
)
DOCUMENT: Final = "campaign_plan"
SYMBOLS: Final[dict[DocumentKind, str]] = {"plan": "KH", "instruction": "CT"}
MOVEMENT: Final = "Phong trào"


@dataclass(frozen=True)
class PlanPaper:
    """The facts, and whether it is a draft: not published here, nor issued before the system knew it."""

    facts: dict[str, Any]
    draft: bool


@dataclass(frozen=True)
class _Source:
    """What a paper is made of; ``forms`` are the newest completions in the campaign's own case."""

    session: Session
    campaign: Campaign
    plan: Plan
    forms: Mapping[str, Latest]
    addressed: Sequence[Unit]
    names: Mapping[str, str]

    def told(self, form: str) -> Mapping[str, Any]:
        """What was entered; empty where the form was not completed."""
        found = self.forms.get(form)
        return found.data if found else {}

    @property
    def body(self) -> str:
        return committee_name(self.campaign.unit)


def plan_paper(session: Session, campaign: Campaign) -> PlanPaper:
    """The paper of a campaign's plan, of what is known by now; the number of statements is always the same."""
    source = _source(session, campaign)
    facts = {**_head(source), **_body(source), **_end(source)}
    published = PUBLISH in source.forms
    pending = DRAFT in source.forms or source.plan.document.state == "draft"
    return PlanPaper({**facts, "assumed": _has_assumed(facts)}, pending and not published)


def _source(session: Session, campaign: Campaign) -> _Source:
    plan, case = plan_of(session, campaign), campaign.case
    found = latest_entries(session, [case.id], [START, DRAFT, APPROVE, PUBLISH]) if case else {}
    forms = {form: entry for (_case, form), entry in found.items()}
    addressed = in_order(session.scalars(_addressed(campaign, plan, opened=START in forms)).all())
    codes = {code for each in plan.indicators for one in each.targets for code in one.units}
    names = dict(session.execute(select(Unit.code, Unit.name).where(Unit.code.in_(codes))).all())
    return _Source(session, campaign, plan, forms, addressed, names)


def _addressed(campaign: Campaign, plan: Plan, *, opened: bool) -> Any:
    """The units chosen when the campaign was opened, before that those the plan names."""
    query = select(Unit).where(Unit.id != campaign.unit_id).order_by(Unit.sort_key, Unit.id)
    if not opened:
        return query.where(Unit.code.in_([each.unit for each in plan.addressed_units]))
    return query.where(
        Unit.id.in_(select(AddressedUnit.unit_id).where(AddressedUnit.campaign_id == campaign.id))
    )


def _head(source: _Source) -> dict[str, Any]:
    plan, told = source.plan, source.told(DRAFT)
    title = f"Phát động {clause(plan.title)}" if plan.title.startswith(MOVEMENT) else plan.title
    return {
        "letterhead": _letterhead(source),
        "kind": plan.document.kind,
        "subject": (told.get("abstract") or title).strip().rstrip("."),
        "fictitious": plan.fictitious,
        "bases": plan_sections.bases(plan.references),
    }


def _letterhead(source: _Source) -> dict[str, Any]:
    """Number and day of the publication; of a plan that was issued before the system knew it, those of its source."""
    document, unit, published = source.plan.document, source.campaign.unit, source.told(PUBLISH)
    typed, issued = published.get("document_number"), published.get("issued_on")
    day = dt.date.fromisoformat(issued) if issued else None
    if not published and DRAFT not in source.forms:
        typed, day = document.number, document.issued
    number, slash, symbol = (typed or "").partition("/")
    usual = SYMBOLS[document.kind] + ("-UBND" if unit.kind == "committee" else "")
    known = bool(slash) and number.isdecimal() and int(number) > 0
    return letterhead(unit, symbol if known else usual, int(number) if known else None, day)


def _body(source: _Source) -> dict[str, Any]:
    plan, told = source.plan, source.told(DRAFT)
    contents = list(_own_words(plan, told.get("contents")))
    return {
        "purposes": lines(told.get("purpose")) or list(plan.purposes),
        "requirements": lines(told.get("requirements")) or list(plan.requirements),
        "contents": contents,
        "strands": [plan_sections.strand(plan, each, own_contents=not contents) for each in plan.strands],
        "indicators": [plan_sections.indicator(plan, each, source.names) for each in plan.indicators],
        "quotas": plan_stations.quotas(plan),
        "awards": _awards(source),
        "schedule": plan_stations.schedule(plan, _windows(source)),
        "tasks": list(_tasks(source)),
    }


def _own_words(plan: Plan, typed: str | None) -> Iterator[str]:
    """What the draft says of the contents in words of its own; a line that only names a strand is there already."""
    if typed == contents_text(plan):
        return iter(())
    known = {search_key(each.name) for each in plan.strands}
    return (line for line in lines(typed) if search_key(line) not in known)


def _awards(source: _Source) -> dict[str, Any] | None:
    plan = source.plan
    names = rule_names(source.session).awards
    if not plan.awards:
        return None
    return {
        "assumed": plan.assumption_at("awards") is not None,
        "lines": [plan_stations.award(plan, each, names) for each in plan.awards],
    }


def _windows(source: _Source) -> Windows:
    """The days of registration and of the answers as chosen when the campaign was opened, else those of the plan."""
    plan, told = source.plan, source.told(START)
    due, registration = plan.acknowledgement.due, plan.registration
    if told:
        due, opens, closes = (
            dt.date.fromisoformat(told[name])
            for name in ("acknowledge_by", "registration_opens", "registration_closes")
        )
    else:
        opens, closes = registration.opens, registration.closes
    same = (due, opens, closes) == (plan.acknowledgement.due, registration.opens, registration.closes)
    return Windows(due if source.addressed else None, opens, closes, set_at_opening=not same)


def _tasks(source: _Source) -> Iterator[dict[str, Any]]:
    """What is to be done, and by whom."""
    plan = source.plan
    if source.addressed:
        yield _task(
            "Các đơn vị nhận kế hoạch",
            "Xây dựng kế hoạch, tổ chức phát động và thực hiện tại đơn vị",
            f"Xác nhận đã nhận và gửi kế hoạch của đơn vị về {source.body} đúng thời hạn nêu tại phần tiến độ",
        )
    confirmed = f"{source.body} xác nhận đăng ký của các đơn vị" if plan.registration.confirm_higher else None
    yield _task(
        "Đăng ký thi đua",
        "Các tập thể, cá nhân, hộ gia đình thuộc đối tượng nêu trên đăng ký trong thời gian nêu tại phần tiến độ",
        *([confirmed] if confirmed else []),
    )
    if plan.reviews:
        yield _task(
            "Sơ kết, tổng kết", "Các đơn vị báo cáo kết quả thực hiện đúng thời hạn nêu tại phần tiến độ"
        )
    if plan.exemplars:
        yield from plan_stations.exemplar_tasks(plan, plan.exemplars)


def _task(title: str, *texts: str) -> dict[str, Any]:
    return {"title": title, "assumed": False, "texts": list(texts)}


def _end(source: _Source) -> dict[str, Any]:
    campaign = source.campaign
    above = campaign.response.parent.unit if campaign.response else None
    own = {each.unit: each.own_plan for each in source.plan.addressed_units}
    approval, signer = source.told(APPROVE), source.forms.get(APPROVE)
    drafted = source.forms.get(DRAFT)
    approved = approval.get("decision") == "approve" and signer and drafted and signer.at >= drafted.at
    listed = len(source.addressed) > SHORT_LIST
    return {
        "recipients": [
            *([f"{committee_name(above)} (báo cáo)"] if above else []),
            *recipients_of(source.addressed),
            "Lưu: VT",
        ],
        "signature": heads_signature(
            campaign.unit,
            signer.name if approved and signer else None,
            signed=bool(approved) and PUBLISH in source.forms and signed_here(approval),
        ),
        "addressed": [
            {"name": committee_name(unit), "own_plan": own.get(unit.code, True)} for unit in source.addressed
        ]
        if listed
        else [],
        "addressed_assumed": START not in source.forms
        and source.plan.assumption_at("addressed_units") is not None,
    }


def _has_assumed(value: Any) -> bool:
    """Whether a place among the facts is marked as an assumption."""
    if isinstance(value, dict):
        return value.get("assumed") is True or any(_has_assumed(each) for each in value.values())
    return isinstance(value, list) and any(_has_assumed(each) for each in value)

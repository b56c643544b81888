"""How a campaign was opened and its founding paper published: what was entered goes before what the plan says."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from webapp.models import Campaign, FormEntry, Task
from webapp.queries.papers import readable_paper
from webapp.queries.standing import Standing
from workflows.typed_yaml import NOT_IN_SOURCE

FORMS = ("campaign/start", "launch/publish_plan")


@dataclass(frozen=True)
class Launch:
    """``opens``: the day registration opens, ``answer_by``: the last day for units to answer, both as set at the
    opening; number and day of the paper as published, and its public id where the reader may open it."""

    opens: dt.date | None = None
    answer_by: dt.date | None = None
    number: str | None = None
    issued: dt.date | None = None
    paper: str | None = None


def launch_of(session: Session, standing: Standing, campaign: Campaign) -> Launch:
    """What is known of the launch of a campaign; of one not opened, and of a response, nothing."""
    if campaign.case is None:
        return Launch()
    query = select(FormEntry.form, FormEntry.data).where(
        FormEntry.case_id == campaign.case.id, FormEntry.form.in_(FORMS)
    )
    forms: dict[str, Mapping[str, Any]] = dict(session.execute(query.order_by(FormEntry.id)).all())
    opened, published = forms.get("campaign/start", {}), forms.get("launch/publish_plan", {})
    paper = published.get("plan")
    return Launch(
        opens=_day(opened.get("registration_opens")),
        answer_by=_day(opened.get("acknowledge_by")),
        number=_known(published.get("document_number")),
        issued=_day(published.get("issued_on")),
        paper=paper if paper and readable_paper(session, standing, paper) else None,
    )


def _day(text: str | None) -> dt.date | None:
    return dt.date.fromisoformat(text) if text else None


def _known(number: str | None) -> str | None:
    """A number; none where the office has written that the source does not say it."""
    return None if number == NOT_IN_SOURCE else number


def launch_waits_for(session: Session, campaign: Campaign) -> int:
    """How many units hold up the launch: only in campaigns opened when the units answered within it."""
    if campaign.case is None:
        return 0
    query = select(func.count()).where(
        Task.case_id == campaign.case.id,
        Task.process == "launch",
        Task.status == "open",
        Task.element.in_(("acknowledge_plan", "record_late_response")),
    )
    return session.execute(query).scalar_one()

"""The public page of an exemplar: published when it is approved, gone when its procedure ends."""

from __future__ import annotations

import datetime as dt
import io
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from webapp.models import Case, IntroducedPicture, Introduction, Paper
from webapp.operations import hooks
from webapp.operations.hooks import Carrying
from webapp.operations.papers import file_store
from webapp.operations.transaction import Transaction
from webapp.pictures import NoPicture, PublicCopy, public_copy
from webapp.queries.introductions import approved_introduction, opening_form
from webapp.text import lines, nfc, search_key
from workflows.rules.deadlines import end_of_day


@dataclass(frozen=True)
class Copied:
    """A public copy as it lies, and what is said beside it."""

    copy: PublicCopy
    sha256: str
    description: str


@hooks.preparing("publish_introduction")
def copy_pictures(session: Session, case: Case, _params: Mapping[str, Any]) -> list[Copied]:
    """Make the public copies before the transaction: decoding takes long. One that cannot be made is left out."""
    rows = approved_introduction(session, case.id).get("pictures", ())
    papers = _papers(session, case, [row["picture"] for row in rows])
    copied = []
    for row in rows:
        try:
            with file_store().open(papers[row["picture"]].sha256) as file:
                copy = public_copy(file)
        except NoPicture:
            continue
        stored = file_store().put(io.BytesIO(copy.content), len(copy.content))
        copied.append(Copied(copy, stored.sha256, nfc(row["description"])))
    return copied


@hooks.carrying("publish_introduction")
def publish_introduction(carrying: Carrying) -> Mapping[str, Any]:
    """Publish what was approved, unless it was taken down before this could be carried out."""
    case, session = carrying.case, carrying.transaction.session
    if case.state == "ended":
        return {"published": False}
    form = approved_introduction(session, case.id)
    name, place = nfc(form["exemplar_name"]), nfc(form.get("place", ""))
    headline, text = nfc(form["headline"]), lines(form["text"])
    session.add(
        Introduction(
            case_id=case.id,
            kind=opening_form(session, case.id)["exemplar_kind"],
            name=name,
            headline=headline,
            text=text,
            place=place or None,
            effects=form.get("effects", []),
            search_key=search_key(f"{name} {headline} {place} {case.unit.name} {text}"),
            consent_id=_papers(session, case, [form["consent_paper"]])[form["consent_paper"]].id,
            published_at=carrying.transaction.now.at,
            until=end_of_day(dt.date.fromisoformat(form["introduced_until_date"])),
            pictures=[_picture(position, one) for position, one in enumerate(carrying.prepared)],
        )
    )
    return {"published": True, "pictures": len(carrying.prepared)}


@hooks.ended("exemplar")
def take_down(transaction: Transaction, case: Case) -> None:
    """The public copies of its pictures go; the sweep removes their files."""
    of_case = select(Introduction.id).where(Introduction.case_id == case.id)
    transaction.session.execute(
        delete(IntroducedPicture).where(IntroducedPicture.introduction_id.in_(of_case))
    )


def _papers(session: Session, case: Case, named: list[str]) -> dict[str, Paper]:
    papers = session.scalars(select(Paper).where(Paper.case_id == case.id, Paper.public_id.in_(named)))
    return {paper.public_id: paper for paper in papers}


def _picture(position: int, one: Copied) -> IntroducedPicture:
    return IntroducedPicture(
        position=position,
        sha256=one.sha256,
        media_type=one.copy.media_type,
        width=one.copy.width,
        height=one.copy.height,
        description=one.description,
    )

"""Decisions that are signed as files: what is drawn to be signed, before there is a number."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from webapp.documents.codes import without_code
from webapp.follow_codes import shown_code, typed_code
from webapp.models import Decision, Person
from webapp.queries.decision_kinds import DOCUMENTS, facts_of
from webapp.queries.facts import signature
from webapp.queries.signing_capacity import position_of, signs_as_deputy, with_permit

LATER = frozenset({"letterhead", "signature", "code"})
"""Facts that are other ones once there is a number."""


def document_of(decision: Decision) -> str:
    """The kind of paper that a decision is."""
    return DOCUMENTS[decision.kind]


def facts_to_sign(
    session: Session, decision: Decision, signer: str, day: dt.date, form: Mapping[str, Any]
) -> dict[str, Any]:
    """Facts of a decision as a person (public id) signs it on a day: number, date and code are still to come.

    ``form`` says as what, and by which paper a deputy signs; an empty one leaves that to the rule.
    """
    lead, position = position_of(deputy=signs_as_deputy(session, decision.unit_id, signer, day, form))
    name = session.scalar(select(Person.name).where(Person.public_id == signer))
    facts = facts_of(session, decision)
    if "bases" in facts:
        facts["bases"] = with_permit(facts["bases"], form.get("permit_number"))
    return {**facts, "signature": signature(lead, position, name, signed=False)}


def coded(facts: dict[str, Any], code: str, base: str) -> dict[str, Any]:
    """The same with a code that is chosen before there is a number: it leads to the page where codes are typed.

    ``base``: the address under which people reach this installation.
    """
    text, page = shown_code(code), f"{base}/verify"
    return {**facts, "code": {"text": text, "url": f"{page}?code={text}", "page": page.partition("://")[2]}}


def drawn_facts(decision: Decision) -> dict[str, Any] | None:
    """Facts of the paper to which the signatures of a decision were added; None where none was drawn here."""
    paper = decision.signed_paper
    while paper is not None and paper.facts is None:
        paper = paper.origin
    return dict(paper.facts) if paper is not None else None


def code_on(decision: Decision) -> str | None:
    """The code that stands on a decision which was signed before it had a number."""
    code = (drawn_facts(decision) or {}).get("code")
    return typed_code(code["text"]) if code else None


def same_facts(kept: dict[str, Any], now: dict[str, Any]) -> bool:
    """Whether a paper would say the same now, its code aside."""
    return without_code(kept) == without_code(now)


def says_the_same(session: Session, decision: Decision) -> bool:
    """Whether a decision that has its number by now awards what stands on the paper that was signed."""
    kept, now = drawn_facts(decision) or {}, facts_of(session, decision)
    return all(kept.get(name) == now[name] for name in now.keys() - LATER)

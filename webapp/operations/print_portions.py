"""Draws portions of a print run and binds them into its file; nothing is written but files."""

from __future__ import annotations

import hashlib
import io
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from flask import current_app
from sqlalchemy import select
from sqlalchemy.orm import Session

from webapp.documents import Rendered
from webapp.documents.catalogue import CERTIFICATES, CERTIFICATES_TITLE
from webapp.documents.errors import UnprintableError
from webapp.files import Stored
from webapp.models import PrintPortion, PrintRun
from webapp.operations.papers import Drawn, file_store
from webapp.operations.refusals import NotNow, Unprintable
from webapp.queries.print_runs import ISSUE, sheet_of_run
from webapp.queries.verifications import printed_certificates

LARGEST = 500 * 2**20


@dataclass(frozen=True)
class Made:
    """The file of a portion as it lies; of the binding of an issue also the paper that is kept."""

    stored: Stored
    drawn: Drawn | None = None


def made_of(session: Session, run: PrintRun, portion: PrintPortion) -> Made:
    """Draw a portion and read it back, or bind all of them. Raises Unprintable, NotNow("portions_failed")."""
    from webapp.documents.certificates.portions import (  # the worker's alone
        unprintable_bearer,
        written_portion,
    )

    if not portion.certificates:
        return _bound(session, run)
    facts, sheet = _facts(session, portion.certificates), sheet_of_run(run)
    try:
        content = written_portion(facts, run.arrangement, portion.first, sheet)
    except UnprintableError as fault:
        raise Unprintable(fault.code, fault.field, unprintable_bearer(facts, sheet)) from fault
    return Made(_stored(content))


def _bound(session: Session, run: PrintRun) -> Made:
    from webapp.documents import drawing
    from webapp.documents.certificates.portions import bound_portions

    query = select(PrintPortion).where(PrintPortion.run_id == run.id).order_by(PrintPortion.id)
    *portions, _binding = session.scalars(query)
    if any(portion.state != "done" for portion in portions):
        raise NotNow("portions_failed")
    content = bound_portions([_read(portion.sha256 or "") for portion in portions], run.arrangement)
    stored = _stored(content)
    if run.purpose != ISSUE:
        return Made(stored)
    facts = _facts(session, [one for portion in portions for one in portion.certificates])
    digest = hashlib.sha256(content).hexdigest()
    paper = Rendered(content, digest, drawing.type_digest(CERTIFICATES))
    return Made(stored, Drawn(CERTIFICATES, _paper_name(run, facts), paper, facts, kind=CERTIFICATES))


def _paper_name(run: PrintRun, facts: Mapping[str, Any]) -> str:
    """A file of certificates of one award is called as this is."""
    awards = {each["printed"].get("award") for each in facts["certificates"]}
    named = awards.pop() if len(awards) == 1 else None
    return f"{named or CERTIFICATES_TITLE} {run.decision.case.code}.pdf"


def _facts(session: Session, ids: Sequence[int]) -> dict[str, Any]:
    return printed_certificates(session, ids, current_app.config["SETTINGS"].public_url)


def _stored(content: bytes) -> Stored:
    return file_store().put(io.BytesIO(content), LARGEST)


def _read(sha256: str) -> bytes:
    with file_store().open(sha256) as file:
        return file.read()

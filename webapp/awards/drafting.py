"""What stands beside the draft of a decision and the tasks that follow it."""

from __future__ import annotations

from collections.abc import Mapping

from webapp.awards.texts import ShownTexts, shown_texts
from webapp.extensions import db
from webapp.queries.decision_texts import standard_texts
from webapp.queries.instances import visible_case
from webapp.ui.access import standing


def standard_texts_of(code: str) -> Mapping[str, str]:
    """The standard wording of each text of a draft, by field; none when the reader may not know of the decision."""
    case = visible_case(db.session(), standing(), code)
    return standard_texts(db.session(), case) if case and case.process == "award_issuance" else {}


def texts_of(code: str) -> ShownTexts | None:
    """What there is of the text of a decision; None for one of another kind, or that the reader may not know of."""
    case = visible_case(db.session(), standing(), code)
    return shown_texts(case) if case and case.process == "award_issuance" else None

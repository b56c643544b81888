"""Findings as their pages draw them."""

from __future__ import annotations

from dataclasses import dataclass

from flask_babel import gettext as _

from webapp.extensions import db
from webapp.operations.interventions import may_stop
from webapp.queries.inspecting import FINDING
from webapp.queries.inspection_findings import FindingRow, finding_row, list_findings
from webapp.queries.inspections import inspection_of
from webapp.ui.access import standing
from webapp.ui.inspection_words import FINDING_STATES
from webapp.ui.listing import Listing, listing
from webapp.ui.shown_cases import ShownCase, shown_case


@dataclass(frozen=True)
class ShownFinding:
    """A finding with its case. ``title`` is that of its inspection, for those who may open its page."""

    case: ShownCase
    row: FindingRow
    title: str
    withdrawable: bool


@dataclass(frozen=True)
class ShownFindings:
    """The list, narrowed by state."""

    asked: Listing
    rows: tuple[FindingRow, ...]

    @property
    def tabs(self) -> list[tuple[str, str, None, bool]]:
        """All, and each state: address, name, no count, whether it is shown."""
        chosen = self.asked["state"]
        states = [(code, str(name)) for code, name in FINDING_STATES.items()]
        return [
            (self.asked.url(state=code), name, None, code == chosen)
            for code, name in [("", _("All")), *states]
        ]


def shown_finding(code: str) -> ShownFinding:
    """The finding of this code, or 404."""
    case = shown_case(code, FINDING)
    row = finding_row(db.session(), case.page.case.id)
    inspection = inspection_of(db.session(), standing(), row.inspection)
    withdrawable = may_stop(standing(), case.page.case)
    return ShownFinding(case, row, inspection.title if inspection else "", withdrawable)


def shown_findings() -> ShownFindings:
    """The findings of this request; a state that is none narrows nothing."""
    asked = listing(("state",))
    state = asked["state"] if asked["state"] in FINDING_STATES else ""
    return ShownFindings(asked, list_findings(db.session(), standing(), state))

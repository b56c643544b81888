"""The conditions of eligibility on the page of a nomination: what each found, what may be let pass, past awards."""

from __future__ import annotations

from dataclasses import dataclass

from flask_babel import LazyString
from flask_babel import gettext as _

from webapp.extensions import db
from webapp.i18n import content
from webapp.models import NOMINATIONS, Campaign, Override
from webapp.queries.award_history import KEEPERS, PastEntry
from webapp.queries.case_page import CasePage, case_page
from webapp.queries.eligibility import Checked, check_nomination
from webapp.queries.looked_at import point_of
from webapp.queries.plans import plan_of
from webapp.ui.access import standing
from webapp.ui.clock import today
from webapp.ui.eligibility import INFORMS, VERDICTS, finding_sentence, is_crowded
from workflows.law import Condition
from workflows.rules.eligibility import Finding
from workflows.vocabulary import Mark


@dataclass(frozen=True)
class ConditionRow:
    """One condition: its name, what was found, its source; ``override``: who let the warning pass, and why."""

    code: str
    name: str
    text: str
    verdict: LazyString
    state: str
    icon: str
    citation: str
    mark: Mark
    note: str
    override: Override | None
    may_override: bool


@dataclass(frozen=True)
class ShownConditions:
    """The conditions, the gravest first, and what was awarded before; ``may_judge``: who is the same person."""

    rows: list[ConditionRow]
    history: tuple[PastEntry, ...]
    may_judge: bool

    @property
    def open(self) -> int:
        """How many are not met, and not let pass."""
        return sum(row.state not in ("done", "open") and row.override is None for row in self.rows)


def conditions_of(code: str) -> ShownConditions | None:
    """The conditions of a nomination beside a task of it; None when the reader may not know of it."""
    page = case_page(db.session(), standing(), code, *NOMINATIONS)
    return shown_conditions(page) if page else None


def shown_conditions(page: CasePage) -> ShownConditions:
    """What a check of the nomination finds now, at the point where it stands."""
    case = page.case
    checked = check_nomination(db.session(), case, point_of(case), today())
    ended = case.state == "ended"
    reader = standing()
    secretary = case.state == "active" and case.organiser_id in reader.units("secretary")
    rows = [_row(page, checked, finding, secretary) for finding in checked.findings]
    keeps = case.organiser_id in reader.units(*KEEPERS)
    return ShownConditions([] if ended else rows, checked.history, may_judge=keeps and not ended)


def _row(page: CasePage, checked: Checked, finding: Finding, secretary: bool) -> ConditionRow:
    condition = checked.condition(finding.code)
    verdict, state, icon = INFORMS if is_crowded(finding) else VERDICTS[finding.verdict]
    name, citation, mark, note = _source(checked, finding, condition)
    return ConditionRow(
        code=finding.code,
        name=name,
        text=finding_sentence(finding, page.names.awards),
        verdict=verdict,
        state=state,
        icon=icon,
        citation=citation,
        mark=mark,
        note=note,
        override=checked.overrides.get(finding.code),
        may_override=secretary and finding in checked.warnings,
    )


def _source(checked: Checked, finding: Finding, condition: Condition | None) -> tuple[str, str, Mark, str]:
    """Name, citation, mark and note of the rule; what the plan says is its own source."""
    if condition is not None:
        return (
            content(condition.name),
            condition.citation,
            condition.mark,
            content(condition.note or ""),
        )
    plan = plan_of(db.session(), db.session().get_one(Campaign, checked.nomination.campaign_id))
    name = _("Places of the plan") if finding.code == "ceiling" else _("Awarded in an earlier round")
    place = "ceilings" if finding.code == "ceiling" else "not_awarded_in"
    assumed = plan.assumption_at(f"rounds/{checked.nomination.round.code}/{place}")
    source = plan.document.number or plan.title
    return name, source, "unverified" if assumed else "verified", content(assumed.text) if assumed else ""

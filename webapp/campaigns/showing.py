"""A campaign as the parts of its page draw it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Literal

from flask import abort, request
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from webapp.campaigns.reviewing import ShownReview, shown_review
from webapp.campaigns.starting import Button, buttons
from webapp.campaigns.waiting import waits
from webapp.extensions import db
from webapp.i18n import content
from webapp.models import Campaign
from webapp.queries.campaign_results import CampaignResults, campaign_results
from webapp.queries.campaigns import (
    Answer,
    StrandCount,
    answers,
    campaign_of,
    is_published,
    registrations_by_strand,
    sees_all,
)
from webapp.queries.case_page import TaskRow, case_tasks
from webapp.queries.exemplar_tallies import Tally, phase_counts, tallies, total
from webapp.queries.launches import Launch, launch_of, launch_waits_for
from webapp.queries.plans import milestone_of, plan_of
from webapp.queries.quota_boards import QuotaBoard, quota_board_of
from webapp.queries.reminders import may_remind
from webapp.queries.responses import ResponseRow, responses_to
from webapp.queries.round_boards import RoundBoard, round_boards
from webapp.queries.rule_names import rule_names
from webapp.queries.sealed_entries import history_for
from webapp.queries.units import names_of
from webapp.ui.access import standing
from webapp.ui.case_states import Status, outcome_name
from webapp.ui.clock import today
from webapp.ui.timelines import Mark, timeline
from webapp.ui.told import Told, told
from workflows.plan import FoundingDocument, Plan
from workflows.values import local_day

Part = Literal["overview", "plan", "indicators", "units", "reviews", "quotas", "progress"]
PARTS: dict[Part, object] = {
    "overview": _l("Overview"),
    "plan": _l("Plan"),
    "indicators": _l("Indicators"),
    "units": _l("Units"),
    "reviews": _l("Reviews"),
    "quotas": _l("Quotas"),
    "progress": _l("Progress"),
}
EXEMPLAR_STEPS = {
    "find": _l("find"),
    "foster": _l("foster"),
    "select": _l("select"),
    "introduce": _l("introduce"),
    "replicate": _l("replicate"),
    "commend": _l("commend"),
}


@dataclass(frozen=True)
class ShownCampaign:
    """A campaign for one reader. What only one part draws is read when that part asks for it."""

    campaign: Campaign
    plan: Plan
    published: bool
    part: Part

    @property
    def parts(self) -> list[tuple[Part, str]]:
        left_out = {
            "progress": self.campaign.case is None,
            "quotas": not self.plan.rounds,
            "reviews": not self.plan.reviews,
        }
        own = self.campaign.response is not None
        left_out |= {"indicators": own, "units": own}
        names = PARTS | ({"plan": _("Instruction")} if self.plan.document.kind == "instruction" else {})
        return [(part, str(name)) for part, name in names.items() if not left_out.get(part)]

    @property
    def status(self) -> Status:
        case = self.campaign.case
        return campaign_status(case.state if case else None, case.outcome if case else None, self.published)

    @cached_property
    def launch(self) -> Launch:
        return launch_of(db.session(), standing(), self.campaign)

    @property
    def document(self) -> FoundingDocument:
        """The founding paper as it was published, before that as the plan has it."""
        published = self.launch
        if published.issued is None:
            return self.plan.document
        number = published.number or self.plan.document.number
        return replace(self.plan.document, state="issued", number=number, issued=published.issued)

    @property
    def answer_by(self) -> dt.date:
        """The last day for units to answer."""
        return self.launch.answer_by or self.plan.acknowledgement.due

    @property
    def registration_waits(self) -> str:
        """Why registration is not open yet; empty when it is, and while there is nothing under way."""
        case = self.campaign.case
        if case is None or case.state != "active" or self.campaign.registration != "planned":
            return ""
        return waits(self.published, self.launch.opens, launch_waits_for(db.session(), self.campaign))

    @property
    def parent(self) -> Campaign | None:
        """The campaign from above to which this one answers."""
        return self.campaign.response.parent if self.campaign.response else None

    @cached_property
    def responses(self) -> Sequence[ResponseRow]:
        return responses_to(db.session(), standing(), self.campaign)

    @cached_property
    def boards(self) -> list[RoundBoard]:
        return round_boards(db.session(), self.campaign, self.plan)

    @cached_property
    def quotas(self) -> QuotaBoard | None:
        """The board of the round the address names, else of the latest that is open, else that was, else the next."""
        session, asked = db.session(), request.args.get("round", "")
        codes = [each.code for each in self.plan.rounds]
        begun = [e.code for state in ("closed", "open") for e in self.boards if e.state == state]
        usual = begun[-1:] or [each.code for each in self.boards]
        code = asked if asked in codes else next(iter(usual), "")
        return quota_board_of(session, self.campaign, self.plan, code, today()) if code else None

    @cached_property
    def review(self) -> ShownReview | None:
        """The review the address names, by default the newest that has begun, else the first."""
        return shown_review(self.campaign, self.plan, sees_all=self.sees_all)

    @cached_property
    def buttons(self) -> list[Button]:
        return buttons(self.campaign, self.boards, standing())

    @property
    def sees_all(self) -> bool:
        return sees_all(standing(), self.campaign)

    @property
    def marks(self) -> list[Mark]:
        closes = self.campaign.registration_closes
        return timeline(self.plan, local_day(closes) if closes else None, today())

    @cached_property
    def unit_names(self) -> Mapping[str, str]:
        """Names of the units that a target of the plan singles out, by code."""
        codes = {unit for each in self.plan.indicators for other in each.targets for unit in other.units}
        return names_of(db.session(), codes)

    @cached_property
    def answers(self) -> list[Answer]:
        return answers(db.session(), self.campaign, today())

    @property
    def missing(self) -> list[Answer]:
        """Units nothing has come back from."""
        return [answer for answer in self.answers if answer.response is None]

    @property
    def to_remind(self) -> list[Answer]:
        """Units that owe something, have somebody to be told, and have not been reminded of it today."""
        owing = [each for each in self.answers if each.owes and each.staffed]
        return [each for each in owing if not self.reminded_today(each)]

    def reminded_today(self, answer: Answer) -> bool:
        """A unit is reminded once a day."""
        return answer.reminded is not None and local_day(answer.reminded) == today()

    @property
    def may_remind(self) -> bool:
        return may_remind(standing(), self.campaign)

    @property
    def registrations(self) -> Mapping[str, StrandCount]:
        return registrations_by_strand(db.session(), standing(), self.campaign)

    @cached_property
    def exemplar_phases(self) -> Mapping[str, int]:
        """How many exemplars of the campaign stand where, whoever may open them."""
        return phase_counts(db.session(), self.campaign)

    @cached_property
    def exemplar_tallies(self) -> list[Tally]:
        """What each unit has done for exemplars."""
        return list(tallies(db.session(), self.campaign).values()) if self.plan.exemplars else []

    @cached_property
    def results(self) -> CampaignResults | None:
        """What the campaign led to, once it is over."""
        return campaign_results(db.session(), self.campaign)

    @property
    def exemplars_in_all(self) -> Tally:
        return total(self.exemplar_tallies)

    @cached_property
    def tasks(self) -> tuple[TaskRow, ...]:
        """Open tasks of the campaign's own procedure."""
        case = self.campaign.case
        found = case_tasks(db.session(), standing(), case.id) if case else ()
        return tuple(task for task in found if task.status == "open")

    def about(self, task: TaskRow) -> str:
        """The review, the round or the unit a task is about, where that is not the unit it lies in."""
        found = self.plan.milestone_name(milestone_of(task.items))
        units = {each.code: each.unit for each in self.answers} if "unit" in task.items else {}
        unit = units.get(task.items.get("unit", ""), "")
        return ", ".join(content(name) for name in (found, unit) if name and name != task.unit)

    @cached_property
    def history(self) -> tuple[Told, ...]:
        """What happened in the campaign's own procedure, the newest first."""
        case = self.campaign.case
        return told(history_for(db.session(), standing(), case)) if case else ()

    @property
    def award_names(self) -> Mapping[str, str]:
        return rule_names(db.session()).awards


def shown_campaign(code: str, part: Part) -> ShownCampaign:
    """The campaign of this code, or 404."""
    session = db.session()
    campaign = campaign_of(session, standing(), code) or abort(404)
    shown = ShownCampaign(campaign, plan_of(session, campaign), is_published(session, campaign), part)
    return shown if part in dict(shown.parts) or part == "quotas" else abort(404)


def campaign_status(state: str | None, outcome: str | None, published: bool) -> Status:
    """How a campaign stands, by the case that runs its procedure."""
    if state is None:
        return Status("open", _("Not opened yet"))
    if state == "ended":
        return Status("done", outcome_name("campaign", outcome))
    if state == "frozen":
        return Status("frozen", _("Suspended"))
    return Status("open", _("Being carried out") if published else _("Plan being drafted"))

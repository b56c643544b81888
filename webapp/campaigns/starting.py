"""What somebody may open or end in a campaign; the buttons of its page."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from flask import current_app, url_for
from flask_babel import gettext as _

from webapp.extensions import db
from webapp.models import Campaign
from webapp.operations.interventions import may_stop
from webapp.operations.starts import may_start
from webapp.queries.plans import plan_of
from webapp.queries.responses import responding_unit
from webapp.queries.round_boards import RoundBoard
from webapp.queries.standing import Standing

START, STOP, LIST = "inbox.show_start", "tracking.show_intervention", "inbox.show_import_form"


@dataclass(frozen=True)
class Button:
    """One act: its name, the icon beside it, and the page it leads to."""

    text: str
    icon: str
    url: str


def buttons(campaign: Campaign, boards: list[RoundBoard], standing: Standing) -> list[Button]:
    """What the person may do in the campaign as it stands now; the most common first."""
    known = current_app.view_functions
    found = [
        Button(text, icon, url_for(START, code=campaign.code, process=process))
        for process, text, icon in _starts(campaign, boards, standing)
        if START in known and may_start(standing, process, campaign.unit.code)
    ]
    found += _lists(campaign, boards, standing) if LIST in known else []
    case = campaign.case
    if case is not None and STOP in known and may_stop(standing, case):
        found.append(Button(_("End early"), "x-circle", url_for(STOP, code=case.code, act="stop")))
    return found


def _lists(campaign: Campaign, boards: list[RoundBoard], standing: Standing) -> list[Button]:
    """Lists from Excel that an officer or specialist can take over now."""
    if (
        campaign.case is None
        or campaign.case.state != "active"
        or not standing.holds("officer", "specialist")
    ):
        return []
    found = {
        "registration": campaign.registration == "open",
        "nomination": any(b.state == "open" for b in boards),
    }
    names = {"registration": _("Register from a list"), "nomination": _("Nominate from a list")}
    return [
        Button(names[process], "file-earmark-excel", url_for(LIST, code=campaign.code, process=process))
        for process, is_open in found.items()
        if is_open and may_start(standing, process, campaign.unit.code)
    ]


def _starts(
    campaign: Campaign, boards: list[RoundBoard], standing: Standing
) -> Iterator[tuple[str, str, str]]:
    """(process, name, icon) of what can be opened now, whoever may do it."""
    at_organiser = {role for role in ("secretary", "specialist") if campaign.unit_id in standing.units(role)}
    if campaign.case is None:
        if "secretary" in at_organiser:
            yield "campaign", _("Open the procedure"), "play-circle"
        return
    if campaign.case.state != "active":
        return
    yield from _of_rounds({board.state for board in boards}, at_organiser)
    yield from _entries(campaign)
    if campaign.registration != "planned" and responding_unit(db.session(), standing, campaign):
        yield "response", _("Launch in response"), "megaphone"
    yield from _at_any_time(campaign)


def _of_rounds(states: set[str], at_organiser: set[str]) -> Iterator[tuple[str, str, str]]:
    """What a round that is running waits for; what merit outside a round is awarded by."""
    if "open" in states:
        yield "nomination", _("New nomination"), "person-plus"
        yield "submission", _("New submission batch"), "send-plus"
        if "secretary" in at_organiser:
            yield "council_vote", _("New council session"), "people"
    if states & {"open", "standing"} and "specialist" in at_organiser:
        yield "award_issuance", _("New decision"), "award"


def _entries(campaign: Campaign) -> Iterator[tuple[str, str, str]]:
    """What brings somebody into the campaign before there is an award round."""
    if campaign.registration == "open":
        yield "registration", _("Register"), "clipboard-plus"
    elif campaign.registration == "closed" and campaign.response is None:
        yield "registration", _("Register late"), "clipboard-plus"
    if campaign.registration != "planned" and campaign.response is None:
        yield "registration_list", _("Gather registrations into a list"), "list-check"


def _at_any_time(campaign: Campaign) -> Iterator[tuple[str, str, str]]:
    """What does not wait for a step of the campaign, and therefore stands behind what the next step is."""
    if plan_of(db.session(), campaign).exemplars is not None:
        yield "exemplar", _("Propose an exemplar"), "star"
    if campaign.registration != "planned" and campaign.response is None:
        yield "extraordinary", _("Extraordinary award"), "lightning-charge"

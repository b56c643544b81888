"""The filters of the nominations told in words, for the head of a file."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from flask_babel import gettext as _
from flask_babel import ngettext
from sqlalchemy.orm import Session

from webapp.i18n import content
from webapp.models import NOMINATIONS
from webapp.queries.rule_names import rule_names
from webapp.queries.standing import Standing
from webapp.queries.tracking_choices import campaign_with_plan, narrowings
from webapp.queries.waits import nomination_drawing
from webapp.tracking.asked import FILTERS
from webapp.ui.case_states import OUTCOMES, phase_name
from webapp.ui.roles import role_name

Choices = Sequence[tuple[str, str]]


def told_filters(session: Session, standing: Standing, values: Mapping[str, str]) -> list[str]:
    """Each filter that is set as “what: value”; values without a name are told as they stand."""
    given = {name: values[name] for name in FILTERS if values.get(name)}
    if not given:
        return []
    campaign = campaign_with_plan(session, given.get("campaign", ""))
    choices = narrowings(session, standing, NOMINATIONS, campaign)
    known: dict[str, tuple[str, Choices]] = {
        "q": (_("Words"), ()),
        "campaign": (_("Campaign"), choices.campaigns),
        "round": (_("Award round"), choices.rounds),
        "strand": (_("Strand"), choices.strands),
        "award": (_("Award"), tuple(rule_names(session).awards.items())),
        "pool": (_("Pool"), choices.pools),
        "unit": (_("Unit"), choices.units),
        "phase": (_("Phase"), [(given.get("phase", ""), str(phase_name(given.get("phase", ""))))]),
        "holder": (_("Waiting for"), _holders(given.get("holder", ""), choices.holders)),
        "age": (_("Waiting"), _ages(given.get("age", ""))),
        "due": (_("Due"), dues()),
        "outcome": (_("Outcome"), [(code, str(name)) for code, name in OUTCOMES["nomination"].items()]),
        "only": (_("Only"), attentions()),
        "step": (_("Waits at"), step_names(session) if given.get("step") else ()),
    }
    return [f"{known[name][0]}: {_called(known[name][1], value)}" for name, value in given.items()]


def dues() -> list[tuple[str, str]]:
    """When an open task of a nomination is due."""
    return [
        ("overdue", _("Over-due")),
        ("today", _("Due today")),
        ("week", _("Due within seven days")),
        ("later", _("Due later")),
        ("none", _("Without a due date")),
    ]


def attentions() -> list[tuple[str, str]]:
    """What asks for attention."""
    return [
        ("overdue", _("Over-due")),
        ("returned", _("Awaiting supplement")),
        ("frozen", _("Suspended")),
        ("stuck", _("Stuck")),
    ]


def step_names(session: Session) -> list[tuple[str, str]]:
    """The steps at which nominations wait, as ``process.element``."""
    return [
        (f"{process.id}.{code}", element.name)
        for process in nomination_drawing(session).processes.values()
        for code, element in process.elements.items()
    ]


def _called(choices: Choices, value: str) -> str:
    return content(dict(choices).get(value, value))


def _holders(holder: str, people: Choices) -> Choices:
    fixed = [("me", _("Me")), ("nobody", _("Nobody: it waits for a batch, the council or a decision"))]
    role = holder.partition(":")[2]
    return [*fixed, (f"role:{role}", role_name(role)), *((f"person:{code}", name) for code, name in people)]


def _ages(age: str) -> Choices:
    days = int(age) if age.isascii() and age.isdigit() else 0
    return [(age, ngettext("at least %(num)s day", "at least %(num)s days", days))]

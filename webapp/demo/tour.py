"""The guided tour: eight steps of the procedure, each with a role and a case that is prepared for it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from flask import current_app, url_for
from flask_babel import LazyString
from flask_babel import lazy_gettext as _l

from webapp.demo.script import people
from webapp.extensions import db
from webapp.queries.demo import first_tasks, longest_awarded
from webapp.ui.clock import today


@dataclass(frozen=True)
class Step:
    """A step of the tour: who acts, at which tasks of the diagrams, and what there is to see."""

    title: LazyString
    text: LazyString
    username: str
    elements: tuple[str, ...]


@dataclass(frozen=True)
class Stop:
    """A step with its prepared page; ``url`` is empty when that work has been done already."""

    number: int
    step: Step
    role: str
    name: str
    url: str


REPLAY = "replay"

STEPS = (
    Step(
        _l("Registration"),
        _l("Somebody takes part in the campaign. Fill in what is asked for and send it."),
        "registrant",
        ("supplement_registration", "fill_registration", "report_indicators"),
    ),
    Step(
        _l("Nomination dossier"),
        _l("A dossier that was begun: finish it, add a report as PDF, and hand it in."),
        "registrant",
        ("prepare_dossier",),
    ),
    Step(
        _l("Commune check"),
        _l("The officer checks which papers are there, and accepts, asks for more or refuses with a ground."),
        "officer",
        ("check_dossier",),
    ),
    Step(
        _l("Submission to sign"),
        _l("One submission for many dossiers: the chairman signs once, by password or as a scan."),
        "commune_chair",
        ("sign_submission",),
    ),
    Step(
        _l("District appraisal"),
        _l("The specialist appraises: eligible, more papers, other bodies' opinions, or not eligible."),
        "specialist",
        ("appraise",),
    ),
    Step(
        _l("Ballot"),
        _l("All members but one have voted. Mark the sheet, cast it, and the outcome is there."),
        "member1",
        ("cast_vote",),
    ),
    Step(
        _l("Decision to sign"),
        _l("The chairman signs the award decision; the clerk gives it number and date afterwards."),
        "authority",
        ("sign_decision",),
    ),
    Step(
        _l("Replay"),
        _l(
            "The inspector walks through an awarded dossier step by step, on the diagram, with what people saw."
        ),
        "auditor",
        (REPLAY,),
    ),
)


def stops() -> Sequence[Stop]:
    """The steps with the pages prepared for them today."""
    accounts = {account.username: account for account in people().accounts}
    pages = _pages()
    return [
        Stop(
            number,
            step,
            accounts[step.username].title,
            accounts[step.username].name,
            next((pages[step.username, one] for one in step.elements if (step.username, one) in pages), ""),
        )
        for number, step in enumerate(STEPS, 1)
    ]


def _pages() -> dict[tuple[str, str], str]:
    """(account, task of the diagram) → address of the page."""
    wanted = [(step.username, element) for step in STEPS for element in step.elements]
    pages = {
        key: url_for("inbox.show_task", task_id=task)
        for key, task in first_tasks(db.session(), wanted, today()).items()
    }
    case = longest_awarded(db.session())
    if case is not None and "audit.show_case" in current_app.view_functions:
        pages["auditor", REPLAY] = url_for("audit.show_case", code=case)
    return pages

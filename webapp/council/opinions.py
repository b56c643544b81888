"""The sheet of a written opinion, as the secretary fills it in from a member's paper."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, cast

from flask import abort, request
from flask_babel import gettext as _

from webapp.council.ballots import Marks, valid_marks
from webapp.council.showing import ShownSession, shown_session
from webapp.extensions import db
from webapp.operations.opinions import add_opinion_paper, enter_opinion
from webapp.operations.papers import LIMIT, PaperRefused, Upload
from webapp.operations.refusals import InvalidForm
from webapp.queries.ballots import BallotSheet, opinion_sheet
from webapp.queries.rule_names import rule_names
from webapp.queries.session_page import Elector
from webapp.ui.acting import actor_and_now
from webapp.ui.clock import today
from webapp.ui.fault_texts import fault_text
from workflows.forms import Fault

PAPER = {"type": "string", "format": "paper"}
FIELD = re.compile(r"ballots-(\d+)-(nomination|vote)")


@dataclass(frozen=True)
class ShownOpinion:
    """The sheet of an absent member with the marks made so far, and the paper (public id) once it is stored."""

    session: ShownSession
    elector: Elector
    sheet: BallotSheet
    marks: Marks = field(default_factory=dict)
    paper: str = ""
    missing: frozenset[str] = frozenset()


class OpinionRefused(Exception):
    """Something is missing: the sheet as it stands, and what to do."""

    def __init__(self, shown: ShownOpinion, fault: str) -> None:
        super().__init__(fault)
        self.shown = shown
        self.fault = fault


def shown_opinion(code: str, membership: str) -> ShownOpinion:
    """The sheet for an absent member whose opinion may be entered, with what was sent; 404 for others."""
    shown = shown_session(code)
    elector = next((e for e in shown.about.in_writing if e.membership == membership), None)
    if elector is None or not shown.may_enter_opinions:
        abort(404)
    sheet = opinion_sheet(
        db.session(), shown.case.page.case, membership, today(), rule_names(db.session()).awards
    )
    return ShownOpinion(shown, elector, sheet, _sent(sheet), request.form.get("paper", ""))


def enter(code: str, shown: ShownOpinion) -> None:
    """Store the paper and enter the opinion. Raises OpinionRefused; what was sent stays on the sheet."""
    actor, now = actor_and_now()
    file = request.files.get("scan")
    if file is not None and file.filename:
        upload = Upload(file.filename, cast(Any, file.stream), "written_opinion")
        try:
            paper = add_opinion_paper(code, upload, actor=actor, now=now)
        except PaperRefused as refusal:
            fault = Fault("/paper", f"paper_{refusal.code}", {"limit": LIMIT})
            raise OpinionRefused(shown, fault_text(fault, _("Scanned paper"), PAPER)) from refusal
        shown = ShownOpinion(shown.session, shown.elector, shown.sheet, shown.marks, paper)
    missing = frozenset(code for code in shown.sheet.votable if code not in shown.marks)
    if missing:
        marked = ShownOpinion(shown.session, shown.elector, shown.sheet, shown.marks, shown.paper, missing)
        raise OpinionRefused(marked, _("Mark what the member has written on each nominee."))
    rows = [{"nomination": code, "vote": vote} for code, vote in shown.marks.items()]
    try:
        enter_opinion(code, shown.elector.membership, rows, shown.paper, actor=actor, now=now)
    except InvalidForm as refusal:
        raise OpinionRefused(
            shown, _("Choose the scanned paper on which the member has written.")
        ) from refusal


def _sent(sheet: BallotSheet) -> Mapping[str, str]:
    rows: dict[str, dict[str, str]] = {}
    for name, value in request.form.items():
        if found := FIELD.fullmatch(name):
            rows.setdefault(found[1], {})[found[2]] = value
    return valid_marks(rows.values(), sheet)

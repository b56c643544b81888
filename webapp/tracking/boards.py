"""Nominations as a board by phase, and as a map of where they wait: the same filters as the table."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from flask import abort, url_for
from flask_babel import ngettext

from webapp.extensions import db
from webapp.i18n import content, language
from webapp.queries.deployments import current_deployment
from webapp.queries.tracking import NominationRow, PhaseCount
from webapp.queries.tracking_boards import OPEN_PHASES, board_rows
from webapp.queries.waits import LEVELS, PROCESS, Wait, nomination_drawing, on_root, waits
from webapp.tracking.asked import FILTERS, wanted_of
from webapp.tracking.tables import Narrowed, narrowed_by
from webapp.ui.access import standing
from webapp.ui.clock import business_now
from webapp.ui.diagrams import in_readers_language
from webapp.ui.listing import listing


@dataclass(frozen=True)
class ShownBoard(Narrowed):
    """The open phases, each with how many stand there and the cards of those that wait longest."""

    cards: Mapping[str, list[NominationRow]]

    @property
    def columns(self) -> list[tuple[str, PhaseCount, list[NominationRow]]]:
        wanted = self.asked["phase"]
        counts = dict(self.phases)
        shown = [wanted] if wanted in OPEN_PHASES else OPEN_PHASES
        return [(phase, counts[phase], self.cards[phase]) for phase in shown]


@dataclass(frozen=True)
class ShownMap(Narrowed):
    """Where nominations wait."""

    rows: list[Wait]
    processes: Mapping[str, str]

    @property
    def levels(self) -> list[str]:
        return level_names()


def shown_board() -> ShownBoard:
    """The board this request asks for."""
    around = narrowed_by()
    wanted = wanted_of(db.session(), around.asked.values)
    cards = board_rows(db.session(), standing(), wanted, business_now())
    return ShownBoard(**around.__dict__, cards=cards)


def shown_map() -> ShownMap:
    """The table beside the map."""
    around = narrowed_by()
    wanted = wanted_of(db.session(), around.asked.values)
    names = {each.id: each.name for each in nomination_drawing(db.session()).processes.values()}
    return ShownMap(
        **around.__dict__,
        rows=waits(db.session(), standing(), wanted, business_now()),
        processes=names,
    )


def map_json() -> dict[str, Any]:
    """Diagrams and waits as `static/diagram.js` draws them; the waits of each process, the most cases first."""
    wanted = wanted_of(db.session(), listing(FILTERS).values)
    drawn = nomination_drawing(db.session())
    found = list(on_root(drawn, waits(db.session(), standing(), wanted, business_now())))
    ordered = [drawn.processes[each] for each in dict.fromkeys((PROCESS, *drawn.processes[PROCESS].called))]
    version = f"{current_deployment(db.session(), PROCESS).digest[:12]}-{language()}"
    return {
        "root": PROCESS,
        "processes": [
            {
                "id": each.id,
                "name": content(each.name),
                "url": url_for("tracking.show_map_diagram", process=each.id, v=version),
            }
            for each in ordered
        ],
        "strides": [],
        "heat": {each.id: [_said(wait) for wait in found if wait.process == each.id] for each in ordered},
    }


def _said(wait: Wait) -> dict[str, Any]:
    words = ngettext("%(num)s day", "%(num)s days", wait.median)
    return {"element": wait.element, "level": wait.level, "cases": wait.cases, "words": words}


def level_names() -> list[str]:
    """What the colours mean, the shortest wait first."""
    first, second, third = LEVELS
    return [
        ngettext("less than %(num)s day", "less than %(num)s days", first),
        f"{first}-{second - 1} " + ngettext("day", "days", second - 1),
        f"{second}-{third - 1} " + ngettext("day", "days", third - 1),
        ngettext("%(num)s day and more", "%(num)s days and more", third),
    ]


def map_diagram(process: str) -> bytes:
    """One diagram of new nominations in the reader's language, or 404."""
    deployment = current_deployment(db.session(), PROCESS)
    drawn = nomination_drawing(db.session()).processes.get(process) or abort(404)
    return in_readers_language(deployment.files[drawn.path])

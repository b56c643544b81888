"""Paths of a procedure as their page draws them: how often, how long, where it was sent back; and the most frequent."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any

from flask import url_for
from flask_babel import gettext as _
from flask_babel import ngettext

from webapp.audit import words
from webapp.audit.listing import DAYS, day_faults, wanted_cases
from webapp.audit.places import drawing_now, place_name
from webapp.extensions import db
from webapp.i18n import content, language
from webapp.queries import routes
from webapp.queries.audit import CaseChoices, case_choices, cases_among, count_cases
from webapp.queries.deployments import current_deployment
from webapp.queries.routes import Passed, Variant, Waiting, Waits
from webapp.ui.access import standing
from webapp.ui.formats import number
from webapp.ui.listing import Listing, listing
from workflows.engine import Drawing

VIEWS = ("frequency", "waiting", "returns")
USUAL = "nomination"
MOST_VARIANTS, MOST_UNITS = 10, 30
LEVELS = 4
NARROWING = ("campaign", "unit", *DAYS)


@dataclass(frozen=True)
class PlaceRow:
    """A place of the diagrams with its number. ``said`` is the number in words, ``url`` leads to its cases."""

    place: str
    name: str
    procedure: str
    value: int
    said: str
    url: str
    cells: tuple[str, ...] = ()


@dataclass(frozen=True)
class ShownPaths:
    """The page of an address. ``read`` of ``cases`` have been read out of the log."""

    asked: Listing
    choices: CaseChoices
    faults: Mapping[str, str]
    cases: int
    up_to: int
    passed: Passed
    waits: Waits | None

    @property
    def view(self) -> str:
        return self.asked["show"]

    @property
    def narrowed(self) -> bool:
        """True when other dossiers are shown than those of the usual procedure, all of them."""
        return self.process != USUAL or any(self.asked[name] for name in NARROWING)

    @property
    def process(self) -> str:
        return self.asked["process"]

    @cached_property
    def drawn(self) -> Drawing:
        return drawing_now(self.process)

    @cached_property
    def rows(self) -> list[PlaceRow]:
        """What the table and the diagram of this view show, the largest number first."""
        made = {"frequency": self._frequencies, "waiting": self._waits, "returns": self._returns}[self.view]()
        return sorted(made, key=lambda row: (-row.value, row.place))

    def _frequencies(self) -> list[PlaceRow]:
        return [
            self._row(place, times, number(times), number(self.passed.in_cases[place]))
            for place, times in self.passed.places.items()
        ]

    def _waits(self) -> list[PlaceRow]:
        return [
            self._row(
                each.place,
                each.median,
                days(each.median),
                days(each.ninth),
                days(each.longest),
                number(each.times),
            )
            for each in (self.waits.at_places if self.waits else ())
        ]

    def _returns(self) -> list[PlaceRow]:
        done = self.passed.places
        return [
            self._row(
                place,
                times,
                number(times),
                number(done[place]),
                f"{number(round(100 * times / done[place]))}%",
            )
            for place, times in self.passed.returns.items()
        ]

    def _row(self, place: str, value: int, said: str, *cells: str) -> PlaceRow:
        way = "sent_back" if self.view == "returns" else "place"
        of = self.drawn.processes.get(place.partition(".")[0])
        url = self.cases_url(**{way: place})
        return PlaceRow(
            place, place_name(self.process, place), content(of.name) if of else "", value, said, url, cells
        )

    def cases_url(self, **way: str) -> str:
        """The list of the cases that are counted here, narrowed further."""
        return self.asked.elsewhere("audit.list_cases", show="", step="", **way)

    @property
    def legend(self) -> list[tuple[int, str]]:
        """What each colour means: its level and the bounds of its numbers; none where no number fits."""
        top = max((row.value for row in self.rows), default=0)
        spans = [
            (step, top * (step - 1) // LEVELS + 1, top * step // LEVELS) for step in range(1, LEVELS + 1)
        ]
        return [
            (step, number(low) if low == high else f"{number(low)}–{number(high)}")
            for step, low, high in spans
            if low <= high
        ]

    @cached_property
    def variants(self) -> list[Variant]:
        """The most frequent paths."""
        some = self.passed.variants[:MOST_VARIANTS]
        return routes.variants(db.session(), standing(), self.among, some)

    @property
    def among(self) -> list[Any]:
        return cases_among(standing(), wanted_cases(self.asked.values))

    @property
    def step(self) -> str:
        """The step whose units are told apart: the chosen one, or that which waits longest."""
        return self.asked["step"] or (self.rows[0].place if self.rows else "")

    @cached_property
    def units(self) -> list[tuple[str, Waiting]]:
        """How long each unit took at the step, the slowest first."""
        here = self.waits.in_units(self.step)[:MOST_UNITS] if self.waits else []
        names = routes.unit_names(db.session(), [each.unit or 0 for each in here])
        return [(content(names.get(each.unit or 0, "")), each) for each in here]


def shown_paths() -> ShownPaths:
    """The paths this request asks for."""
    session, asked = db.session(), _asked()
    among = cases_among(standing(), wanted_cases(asked.values))
    passed = routes.passed(session, among)
    waiting = asked["show"] == "waiting"
    return ShownPaths(
        asked=asked,
        choices=case_choices(session, standing(), asked["process"]),
        faults=day_faults(asked.values),
        cases=count_cases(session, among),
        up_to=routes.read_up_to(session),
        passed=passed,
        waits=routes.waits(session, standing(), among, passed) if waiting else None,
    )


def _asked() -> Listing:
    asked = listing(("process", *NARROWING, "show", "step"))
    values = dict(asked.values)
    if values["process"] not in words.PROCESSES:
        values["process"] = USUAL
    if values["show"] not in VIEWS:
        values["show"] = VIEWS[0]
    return replace(asked, values=values)


def days(count: int) -> str:
    """Working days in words."""
    return ngettext("%(num)s day", "%(num)s days", count)


def view_names() -> dict[str, str]:
    """What the diagram can show."""
    return {"frequency": _("How often"), "waiting": _("Waiting times"), "returns": _("Returns")}


def paths_json() -> dict[str, Any]:
    """Diagrams, colours and flows as `static/diagram.js` draws them."""
    shown = shown_paths()
    drawn, root = shown.drawn, shown.process
    version = f"{current_deployment(db.session(), root).digest[:12]}-{language()}"
    ordered = [drawn.processes[each] for each in dict.fromkeys((root, *drawn.processes))]
    return {
        "root": root,
        "processes": [
            {
                "id": each.id,
                "name": content(each.name),
                "url": url_for("audit.show_paths_diagram", process=root, called=each.id, v=version),
            }
            for each in ordered
        ],
        "strides": [],
        "heat": {each.id: _heat(shown, each.id) for each in ordered},
        "flows": {each.id: _flows(shown, each.id) for each in ordered},
    }


def _heat(shown: ShownPaths, process: str) -> list[dict[str, Any]]:
    """Each element with its number, the largest first; also what calls a procedure, and the ends."""
    top = max((row.value for row in shown.rows), default=1) or 1
    found = [
        {
            "element": row.place.partition(".")[2],
            "level": level(row.value, top),
            "words": row.said,
            "url": row.url,
        }
        for row in shown.rows
        if row.place.startswith(process + ".")
    ]
    around = _entered(shown, process) if shown.view == "frequency" else _called(shown, process)
    return found + [
        {"element": element, "level": level(value, top), "words": said} for element, value, said in around
    ]


def _entered(shown: ShownPaths, process: str) -> Iterator[tuple[str, int, str]]:
    """How often a called procedure or an end was come to, by the flows into it."""
    drawn, times = shown.drawn.processes[process], Counter[str]()
    for (_source, target), flow in drawn.flows.items():
        if target in drawn.called or target.startswith("end"):
            times[target] += shown.passed.flows.get(f"{process}.{flow}", 0)
    yield from ((element, count, number(count)) for element, count in times.items() if count)


def _called(shown: ShownPaths, process: str) -> Iterator[tuple[str, int, str]]:
    """Of a called procedure the returns of all its steps, or the longest of their medians."""
    for called in shown.drawn.processes[process].called:
        values = [row.value for row in shown.rows if row.place.startswith(called + ".")]
        if values and shown.view == "returns":
            yield called, sum(values), number(sum(values))
        elif values:
            yield called, max(values), _("up to %(days)s", days=days(max(values)))


def _flows(shown: ShownPaths, process: str) -> list[dict[str, Any]]:
    if shown.view != "frequency":
        return []
    top = max(shown.passed.flows.values(), default=1)
    flows = ((each.partition("."), times) for each, times in shown.passed.flows.items())
    return [
        {"flow": flow, "level": level(times, top), "words": number(times)}
        for (of, _dot, flow), times in flows
        if of == process
    ]


def level(value: int, top: int) -> int:
    """1 to LEVELS, by quarters of the largest number."""
    return max(1, min(LEVELS, -(-value * LEVELS // top)))

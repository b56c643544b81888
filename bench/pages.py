"""The inbox, the tracking page, the overview and reports among many nominations."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from bench.browser import Browser
from bench.copies import Copier
from bench.measures import Measure, ratios, say, times
from bench.places import Place
from bench.templates import act_templates
from tests.people import AN_CU

PART = "pages"
NOTE = (
    "nominations are copied in bulk from ten really acted ones, three of them ended, with other units, people and"
    " names and with recomputed chains; an officer sees one commune of fourteen, the specialist the whole district"
)


@dataclass(frozen=True)
class Visited:
    """A page as somebody sees it."""

    what: str
    who: str
    path: str


VISITED = (
    Visited("inbox, officer", "officer", "/inbox/common"),
    Visited("inbox, specialist", "specialist", "/inbox/common"),
    Visited("tracking, officer", "officer", "/nominations"),
    Visited("tracking, specialist", "specialist", "/nominations"),
    Visited("tracking, specialist, search for a name", "specialist", "/nominations?q=tran+van+minh"),
    Visited("tracking, specialist, by due date", "specialist", "/nominations?sort=due"),
    Visited("tracking, specialist, the longest in their phase", "specialist", "/nominations?sort=since"),
    Visited(
        "tracking, specialist, a phase of a unit", "specialist", f"/nominations?phase=commune&unit={AN_CU}"
    ),
    Visited("board, specialist", "specialist", "/nominations/board"),
    Visited("map of waiting, specialist", "specialist", "/nominations/map"),
    Visited("overview, officer", "officer", "/overview"),
    Visited("overview, specialist", "specialist", "/overview"),
    Visited("report of proposals by unit, specialist", "specialist", "/numbers/proposals?by=unit"),
    Visited("report of times, specialist", "specialist", "/numbers/times"),
    Visited("tracking, specialist, overdue only", "specialist", "/nominations?only=overdue"),
)


def measure(place: Place, sizes: Sequence[int], rounds: int) -> Iterator[Measure]:
    """Median and p95 of each page at each size, the smallest first."""
    say(f"{place.kind}: acting templates")
    copier = Copier(place, act_templates(place.office))
    people = {who: place.office.person(who) for who in {visited.who for visited in VISITED}}
    browsers = {who: Browser(place.app, person) for who, person in people.items()}
    found: dict[int, dict[str, list[float]]] = {size: {} for size in sizes}
    for size in sorted(sizes):
        say(f"{place.kind}: copying to {size:,} nominations")
        copier.grow_to(size)
        for visited in VISITED:
            browser = browsers[visited.who]
            browser.request("GET", visited.path)
            taken = [browser.request("GET", visited.path)[0] for _each in range(rounds)]
            found[size][visited.what] = taken
            yield from times(PART, place.kind, f"{size:>7,} · {visited.what}", taken, NOTE)
    yield from ratios(PART, place.kind, found)

"""The replay page of a case with few, many and very many steps."""

from __future__ import annotations

from collections.abc import Iterator

from bench.browser import Browser
from bench.measures import Measure, ratios, say, times
from bench.places import Place
from tests.factories import Office
from webapp.queries import replays

PART = "walking"
SIZES = (20, 200, 1_000)
NOTE = (
    "a nomination returned again and again, opened in the middle; “first” is after a restart: the whole case is run"
    " again then, and the result kept for its newest event; acting a thousand steps takes minutes"
)


def measure(place: Place, rounds: int) -> Iterator[Measure]:
    """Median and p95 of the page, of the part of one step, and of the path of the diagram."""
    browser = Browser(place.app, place.office.person("auditor"))
    found: dict[int, dict[str, list[float]]] = {}
    for size in SIZES:
        say(f"{place.kind}: acting a case of {size:,} steps")
        code = act_steps(place.office, size)
        page = f"/audit/cases/{code}?step={size // 2}"
        found[size] = {"first opening": _taken(browser, page, 1, forget=True)} | {
            "page": _taken(browser, page, rounds),
            "one step": _taken(browser, page, rounds, **{"HX-Request": "true"}),
            "path of the diagram": _taken(browser, f"/cases/{code}/path.json", rounds),
        }
        for what, taken in found[size].items():
            yield from times(PART, place.kind, f"{size:>5,} steps · {what}", taken, NOTE)
    yield from ratios(PART, place.kind, found)


def act_steps(office: Office, size: int) -> str:
    """The code of a nomination with so many steps: returned and mended again and again."""
    code = office.nominate()
    office.do("officer", "prepare_on_behalf", code)
    for number in range(2, size):
        if number % 2:
            office.do("officer", "supplement_dossier", code)
        else:
            office.do(
                "officer", "check_dossier", code, decision="supplement", supplement_text="Thiếu giấy tờ"
            )
    return code


def _taken(browser: Browser, path: str, rounds: int, *, forget: bool = False, **headers: str) -> list[float]:
    if forget:
        replays.forget()
    else:
        browser.request("GET", path, headers=headers)
    return [browser.request("GET", path, headers=headers)[0] for _each in range(rounds)]

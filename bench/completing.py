"""Completing a task over HTTP, beside the least it could cost, measured in the same run."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from bs4 import BeautifulSoup

from bench import floor
from bench.browser import Browser
from bench.measures import Measure, say, times
from bench.places import Place
from webapp.extensions import db
from webapp.models import Case
from webapp.operations.tokens import add_token
from webapp.queries.law import clocks_for
from workflows.bulk import IN_BULK
from workflows.values import Input

PART = "completing"
TOKEN = "bench"
FORM = {"decision": "complete"}
ELEMENT = "check_dossier"
NOTE = "the check of a dossier, through the WSGI application; the floor knows neither rights nor forms nor chains"


def measure(place: Place, count: int) -> Iterator[Measure]:
    """``count`` completions from the page and as many over the API, and the floor under both."""
    office = place.office
    say(f"{place.kind}: opening {2 * count} nominations")
    codes = [_waiting(place, number) for number in range(2 * count)]
    steps = [_engine_step(place, code) for code in codes[:count]]
    tasks = [office.task(ELEMENT, code).public_id for code in codes]
    officer = office.person("officer")
    add_token(officer.id, TOKEN, TOKEN, None, actor=office.actor("officer"), now=office.now)
    browser = Browser(place.app, office.person("officer"))
    say(f"{place.kind}: completing")
    by_page = [_by_page(browser, task) for task in tasks[:count]]
    by_api = [_by_api(browser, task) for task in tasks[count:]]
    size = floor.written_bytes(codes[-1])
    commits = floor.commits(place, size, count)
    yield from times(PART, place.kind, "from the page", by_page, NOTE)
    yield from times(PART, place.kind, "over the API", by_api)
    yield from times(PART, place.kind, "floor: engine step in memory", steps)
    yield from times(PART, place.kind, f"floor: one commit of {size:,} bytes", commits)


def _waiting(place: Place, number: int) -> str:
    """A nomination that waits for its check."""
    code = place.office.nominate(nominee_name=f"Người {number}")
    place.office.do("officer", "prepare_on_behalf", code)
    return code


def _engine_step(place: Place, code: str) -> float:
    case: Case = place.office.case(code)
    task = place.office.task(ELEMENT, code)
    at = place.office.at
    said = {**FORM, IN_BULK: False}  # what our engine says of itself
    clocks = clocks_for(db.session(), case, at)
    given = Input("complete", code, case.inputs + 1, at, task.public_id, said, clocks)
    return floor.engine_step(case, task.public_id, given)


def _by_page(browser: Browser, task: str) -> float:
    path = f"/tasks/{task}"
    _, page = browser.request("GET", path)
    token = BeautifulSoup(page.get_data(as_text=True), "html.parser").select_one('meta[name="csrf-token"]')
    sent: dict[str, Any] = {**FORM, "act": "complete", "csrf_token": token["content"] if token else ""}
    return browser.request("POST", path, 302, data=sent)[0]


def _by_api(browser: Browser, task: str) -> float:
    headers = {"Authorization": f"Bearer {TOKEN}", "Idempotency-Key": task}
    return browser.request("POST", f"/api/v1/tasks/{task}/complete", json=FORM, headers=headers)[0]

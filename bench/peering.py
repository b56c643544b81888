"""The common list of tasks beside that of viewflow, on the same rows and the same database in the same run.

viewflow lives in a virtual environment of its own below bench/peers/, made when it is first asked for. A role in a unit
is a permission there, a case a process, and who holds a task its owner. Its page draws a choice of every process of
the list, as it comes.
"""

from __future__ import annotations

import json
import os
import statistics
import subprocess
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from sqlalchemy import create_engine, select, text
from sqlalchemy.engine import make_url

from bench.browser import Browser
from bench.copies import Copier
from bench.measures import Measure, say, times
from bench.places import SQLITE, Place
from bench.templates import act_templates
from webapp.extensions import db
from webapp.models import Case, Person, RoleHolding, Task

PART = "peers"
HERE = Path(__file__).parent / "peers" / "viewflow"
WHO = "specialist"
PEER_SECONDS = 60
STATUS = {"done": "DONE", "lapsed": "CANCELED"}
NOTE = (
    "both lists as the specialist of the district, without a network, through the test client of the framework;"
    " viewflow asks at most for a minute"
)


def measure(place: Place, sizes: Sequence[int], rounds: int) -> Iterator[Measure]:
    """Both lists at each size, the smallest first, and how many times longer the other takes."""
    python = _environment()
    copier = Copier(place, act_templates(place.office))
    person = place.office.person(WHO)
    browser = Browser(place.app, person)
    for size in sorted(sizes):
        say(f"{place.kind}: copying to {size:,} nominations")
        copier.grow_to(size)
        for page in ("common", "mine"):
            browser.request("GET", f"/inbox/{page}")
        ours = {
            "queue": [browser.request("GET", "/inbox/common")[0] for _each in range(rounds)],
            "inbox": [browser.request("GET", "/inbox/mine")[0] for _each in range(rounds)],
        }
        say(f"{place.kind}: the same rows in viewflow")
        theirs = _asked(python, _empty_database(place), person, rounds)
        for name, taken in ours.items():
            what = f"{size:>7,} · {name}"
            yield from times(PART, place.kind, f"{what}, thidua", taken, NOTE)
            yield from times(PART, place.kind, f"{what}, viewflow", theirs[name])
            ratio = statistics.median(theirs[name]) / statistics.median(taken)
            yield Measure(PART, place.kind, f"{what}, viewflow / thidua", ratio, "×")


def _environment() -> Path:
    """The interpreter that has viewflow."""
    python = HERE / ".venv" / "bin" / "python"
    if not python.exists():
        say("making the environment of viewflow")
        subprocess.run([sys.executable, "-m", "venv", HERE / ".venv"], check=True)
        subprocess.run(
            [python, "-m", "pip", "install", "--quiet", "-r", HERE / "requirements.txt"], check=True
        )
    return python


def _empty_database(place: Place) -> dict[str, str | None]:
    """A new database beside that of the place, as Django calls it."""
    if place.kind == SQLITE:
        file = place.settings.data_dir / "peer.sqlite3"
        file.unlink(missing_ok=True)
        return {"ENGINE": "django.db.backends.sqlite3", "NAME": str(file)}
    url = make_url(place.settings.database_url)
    with create_engine(url, isolation_level="AUTOCOMMIT").connect() as connection:
        connection.execute(text("DROP DATABASE IF EXISTS peer"))
        connection.execute(text("CREATE DATABASE peer"))
    host = url.host or url.query.get("host")
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": "peer",
        "USER": url.username,
        "PASSWORD": url.password,
        "HOST": host if isinstance(host, str) else None,
        "PORT": str(url.port or url.query.get("port") or ""),
    }


def _asked(python: Path, database: dict[str, Any], person: Person, rounds: int) -> dict[str, list[float]]:
    """Seconds of each request of each page of viewflow."""
    db.session.rollback()  # what was copied meanwhile is read, too
    elements = db.session.scalars(select(Task.element).distinct()).all()
    environment = os.environ | {
        "PEER_DATABASE": json.dumps(database),
        "PEER_ELEMENTS": ",".join(sorted(elements)),
        "PEER_ROUNDS": str(rounds),
        "PEER_SECONDS": str(PEER_SECONDS),
    }
    with subprocess.Popen(
        [python, HERE / "inbox.py"], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, env=environment
    ) as peer:
        assert peer.stdin is not None
        assert peer.stdout is not None
        for line in _lines(person):
            peer.stdin.write(json.dumps(line) + "\n")
        peer.stdin.close()
        answer = peer.stdout.read()
    if peer.returncode:
        raise SystemExit(f"viewflow stopped with {peer.returncode}")
    found: dict[str, list[float]] = json.loads(answer)
    return found


def _lines(person: Person) -> Iterator[dict[str, Any]]:
    """Who asks, then every task."""
    held = db.session.scalars(select(RoleHolding).where(RoleHolding.person_id == person.id))
    yield {
        "who": person.id,
        "people": db.session.scalars(select(Person.id)).all(),
        "permissions": sorted({_permission(each.role, each.unit_id, None) for each in held}),
    }
    query = select(
        Task.case_id,
        Case.code,
        Case.title,
        Task.element,
        Task.status,
        Task.holder_id,
        Task.opened_at,
        Task.role,
        Task.unit_id,
        Task.person_id,
    ).join(Case, Case.id == Task.case_id)
    for row in db.session.execute(query.execution_options(yield_per=5_000)):
        waiting = "ASSIGNED" if row.holder_id else "NEW"
        yield {
            "case": row.case_id,
            "code": row.code,
            "title": row.title,
            "element": row.element,
            "status": STATUS.get(row.status, waiting),
            "holder": row.holder_id,
            "opened_at": row.opened_at.isoformat(),
            "permission": _permission(row.role, row.unit_id, row.person_id),
        }


def _permission(role: str, unit_id: int | None, person_id: int | None) -> str:
    return f"person_{person_id}" if person_id else f"{role}_{unit_id}"

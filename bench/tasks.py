"""The inbox among a million tasks: the same pages, the same counts, at each size."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from sqlalchemy import func, select, text

from bench.browser import Browser
from bench.copies import Copier
from bench.measures import Measure, ratios, say, times
from bench.pages import Visited
from bench.places import SQLITE, Place
from bench.templates import act_templates
from webapp.extensions import db
from webapp.models import Task

PART = "tasks"
BASE = 1_000
NOTE = (
    "a thousand copied nominations whose tasks, open and done, are multiplied in place until there are so many; no list"
    " of an office is that long, and the counts are exact all the same"
)
VISITED = (
    Visited("common list, officer", "officer", "/inbox/common"),
    Visited("common list, specialist", "specialist", "/inbox/common"),
    Visited("own list, specialist", "specialist", "/inbox/mine"),
    Visited("done by me, specialist", "specialist", "/inbox/done"),
    Visited("common list by kind, specialist", "specialist", "/inbox/common?group=kind"),
)


def measure(place: Place, sizes: Sequence[int], rounds: int) -> Iterator[Measure]:
    """Median and p95 of each list, and of the page of a task in it, at each number of tasks, the smallest first."""
    say(f"{place.kind}: acting templates")
    Copier(place, act_templates(place.office)).grow_to(BASE)
    browsers = {who: Browser(place.app, place.office.person(who)) for who in ("officer", "specialist")}
    found: dict[int, dict[str, list[float]]] = {size: {} for size in sizes}
    for size in sorted(sizes):
        say(f"{place.kind}: {size:,} tasks")
        multiply(place, size)
        task = db.session.scalars(
            select(Task.public_id).where(Task.status == "open", Task.element == "appraise")
        ).first()
        db.session.remove()
        own = Visited("page of a task, its place in the list", "specialist", f"/tasks/{task}?tab=common")
        for visited in (*VISITED, own):
            browser = browsers[visited.who]
            browser.request("GET", visited.path)
            taken = [browser.request("GET", visited.path)[0] for _each in range(rounds)]
            found[size][visited.what] = taken
            yield from times(PART, place.kind, f"{size:>9,} · {visited.what}", taken, NOTE)
    yield from ratios(PART, place.kind, found)


def multiply(place: Place, size: int) -> None:
    """Add copies of tasks until there are ``size``, then let the database look at what it has."""
    session = db.session()
    session.rollback()  # copies and pages have been written meanwhile
    there = session.execute(select(func.count()).select_from(Task)).scalar_one()
    columns = [f'"{each.name}"' for each in Task.__table__.columns if each.name not in ("id", "public_id")]
    sqlite = place.kind == SQLITE
    number = "t.id * 10000 + n.n"
    named = (
        f"printf('{size:010d}%026d', {number})"
        if sqlite
        else f"'{size:010d}' || lpad(({number})::text, 26, '0')"
    )
    series = (
        "WITH RECURSIVE n(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM n WHERE n < :times)"
        if sqlite
        else "WITH n AS (SELECT generate_series(1, :times) AS n)"
    )
    session.execute(
        text(
            f"INSERT INTO task (public_id, {', '.join(columns)}) {series}"
            f" SELECT {named}, {', '.join(f't.{each}' for each in columns)} FROM task t CROSS JOIN n LIMIT :missing"
        ),
        {"times": -(-size // max(1, there)), "missing": max(0, size - there)},
    )
    session.commit()
    with db.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        connection.execute(text("ANALYZE" if sqlite else "VACUUM ANALYZE"))
    db.session.remove()

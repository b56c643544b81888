"""The log of a campaign, opened by PM4Py, an outside program: it counts what we count."""

import io
import json
import subprocess
import zipfile
from collections import Counter
from pathlib import Path

import pytest
from flask import Flask

from tests.conftest import ROOT
from webapp.clock import now
from webapp.extensions import db
from webapp.models import Case
from webapp.operations.event_logs import EventLog, zip_event_log
from webapp.operations.routes import read_routes
from webapp.queries.mined import cases_of, mined_cases, mined_objects
from webapp.queries.routes import passed

CAMPAIGN = "tinh-bien-vi-nguoi-ngheo-2020"
OUTSIDE = ROOT / "tests" / "outside" / ".venv" / "bin" / "python"


def counted_outside(*files: Path) -> dict[str, object]:
    """What PM4Py finds in the files."""
    if not OUTSIDE.exists():
        pytest.skip("PM4Py is not installed (make tests/outside/.venv/.made)")
    command = [OUTSIDE, ROOT / "tests" / "outside" / "pm4py_counts.py", *files]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    return dict(json.loads(done.stdout.splitlines()[-1]))


def test_pm4py_counts_what_we_count(demo: Flask, tmp_path: Path) -> None:
    """The files come out of the zips that the worker writes."""
    files = [tmp_path / f"log.{ending}" for ending in ("xes", "json", "sqlite")]
    wanted = cases_of(db.session(), CAMPAIGN, ())
    for path, form in zip(files, ("xes", "ocel", "ocel"), strict=True):
        packed = io.BytesIO()
        for _cases in zip_event_log(packed, path.name, form, EventLog(wanted)):
            pass
        zipfile.ZipFile(packed).extract(path.name, tmp_path)
    cases = list(mined_cases(db.session(), wanted))
    events = sum(len(case.events) for case in cases)
    known = {other for case in cases for event in case.events for _how, other in event.related}
    objects = [each for each in mined_objects(db.session(), wanted) if each.id in known]
    assert len(objects) == len(known)
    between = sum(other in known for each in objects for _how, other in each.related)
    assert between > len(cases)
    assert counted_outside(*files) == {
        "events": events,
        "cases": len(cases),
        "variants": len({case.variant for case in cases}),
        "instants": "datetime64[us, UTC]",
        "objects": [len(objects)] * 2,
        "of_objects": [events] * 2,
        "between": [between] * 2,
    }


def test_paths_are_the_variants_of_the_exported_log(demo: Flask) -> None:
    read_routes(now(db.session()))
    wanted = [*cases_of(db.session(), CAMPAIGN, ()), Case.process == "nomination"]
    cases = list(mined_cases(db.session(), wanted))
    found = passed(db.session(), wanted)
    told = Counter(case.variant for case in cases)
    assert found.cases == len(cases) > 50
    assert sorted(count for _code, count in found.variants) == sorted(told.values())
    assert found.places == Counter(step.element for case in cases for step in case.steps)


def test_no_vote_is_told(demo: Flask) -> None:
    wanted = cases_of(db.session(), CAMPAIGN, ())
    cast = [
        event
        for case in mined_cases(db.session(), wanted)
        for event in case.events
        if event.element.endswith(".cast_vote") and event.lifecycle == "complete"
    ]
    assert len(cast) > 10
    assert {event.decision for event in cast} == {""}

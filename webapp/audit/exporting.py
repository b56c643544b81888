"""The log of the cases an auditor may see as a file: chosen by the filters of the list, written by the worker."""

from __future__ import annotations

from collections.abc import Generator, Mapping
from typing import BinaryIO
from urllib.parse import parse_qsl, urlencode

from flask import redirect, render_template, request, url_for
from flask_babel import force_locale
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from webapp.audit import flag_words, words
from webapp.audit.listing import FILTERS, AskedCases, asked_cases, wanted_cases
from webapp.audit.log_words import HEADS
from webapp.extensions import db
from webapp.i18n import language
from webapp.operations.event_logs import MOST_ROWS, EventLog, zip_event_log
from webapp.operations.list_exports import Asked, FileKind, NewExport, begin_export, made_by
from webapp.operations.refusals import InvalidForm
from webapp.queries.audit import cases_among, count_cases
from webapp.queries.mined import count_events
from webapp.ui.access import standing
from webapp.ui.acting import actor_and_now
from webapp.ui.filling import Answer, Typed, fill
from workflows.export_events import EventLogExported
from workflows.forms import Fault, Schema
from workflows.values import local_day

PAGE = "audit.event_log"
ENDINGS = {"xlsx": "xlsx", "csv": "csv", "xes": "xes", "ocel_json": "json", "ocel_sqlite": "sqlite"}
"""Ending of the file in each form."""

FORM_NAMES = {
    "xlsx": _l("Excel – one line for each event, to read and filter in a spreadsheet"),
    "csv": _l("CSV – the same lines as plain text, for scripts and very many events"),
    "xes": _l("XES (IEEE 1849) – one trace for each dossier, for process mining with ProM, Disco, PM4Py"),
    "ocel_json": _l(
        "OCEL 2.0, JSON – events with dossiers, sessions, decisions and people related to each other"
    ),
    "ocel_sqlite": _l("OCEL 2.0, SQLite – the same as a database, for large logs"),
}


def init_app() -> None:
    """Let the worker write these files."""
    made_by(PAGE, FileKind("audit.export_cases", write_log))


def write_log(asked: Asked, file: BinaryIO) -> Generator[int]:
    """The zip that the worker writes: the file, and the diagrams beside it."""
    values = dict(parse_qsl(asked.query))
    form = values["form"]
    with force_locale(asked.language):
        log = EventLog(cases_among(asked.standing, wanted_cases(values)), [str(head) for head in HEADS])
    name = f"{_stem(values)}.{ENDINGS[form]}"
    return zip_event_log(file, name, form.partition("_")[0], log)


def export_page() -> Answer:
    """The filters and the form; sent, the worker is told, and its page says how far it has come."""
    around = asked_cases(db.session(), standing())
    cases = count_cases(db.session(), cases_among(standing(), around.wanted))
    return fill(
        _schema(),
        {"form": request.args.get("form", "xlsx")},
        lambda form: render_template(
            "audit/export_cases.html",
            shown=around,
            form=form,
            cases=cases,
            words=words,
            flag_words=flag_words,
        ),
        lambda typed: _begin(around, typed),
    )


def _begin(around: AskedCases, typed: Typed) -> Answer:
    among = cases_among(standing(), around.wanted)
    cases, events = count_cases(db.session(), among), count_events(db.session(), among)
    if not cases:
        raise InvalidForm([Fault("/form", "no_cases")])
    if typed["form"] == "xlsx" and events > MOST_ROWS:
        raise InvalidForm([Fault("/form", "too_many_rows")])
    actor, now = actor_and_now()
    values = {name: around.asked[name] for name in FILTERS if around.asked[name]} | {"form": typed["form"]}
    told = EventLogExported(
        form=typed["form"], campaign=values.get("campaign", ""), cases=cases, events=events
    )
    file_name = f"{_('Log')} {_stem(values)} {local_day(now.at)} ({typed['form']}).zip"
    new = NewExport(PAGE, urlencode(values), language(), cases, file_name, told)
    return redirect(url_for("tracking.show_export", public_id=begin_export(new, actor=actor, now=now)))


def _stem(values: Mapping[str, str]) -> str:
    """What the file is called, without its ending."""
    return values.get("campaign") or values.get("process") or "log"


def _schema() -> Schema:
    return {
        "type": "object",
        "properties": {
            "form": {
                "type": "string",
                "title": _("Kind of file"),
                "oneOf": [{"const": form, "title": str(told)} for form, told in FORM_NAMES.items()],
            }
        },
        "required": ["form"],
    }

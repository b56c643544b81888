"""Bundles of evidence as pages ask for them: what a case offers, and how the worker writes one."""

from __future__ import annotations

from collections.abc import Generator
from dataclasses import dataclass
from typing import BinaryIO
from urllib.parse import parse_qsl, urlencode

from flask import abort, redirect, request, url_for
from flask_babel import LazyString
from flask_babel import lazy_gettext as _l
from werkzeug.wrappers import Response

from webapp.audit.case_files import case_file
from webapp.extensions import db
from webapp.i18n import language
from webapp.models import Case
from webapp.operations.bundles import told_of, write_bundle
from webapp.operations.list_exports import LARGEST, Asked, FileKind, NewExport, begin_export, made_by
from webapp.operations.refusals import NotNow
from webapp.queries.bundles import (
    CAMPAIGN,
    SESSION,
    Scope,
    Wanted,
    campaign_code,
    cases_in,
    count_cases,
    papers_in,
)
from webapp.queries.list_exports import under_way
from webapp.queries.replays import UnknownCase
from webapp.queries.samples import Sample
from webapp.queries.standing import Standing
from webapp.ui.access import standing
from webapp.ui.acting import actor_and_now

PAGE = "bundle"
SCOPES: dict[Scope, LazyString] = {
    "case": _l("Take the evidence"),
    "session": _l("Evidence of the whole session"),
    "campaign": _l("Evidence of the whole campaign"),
    "sample": _l("Take the evidence of the sample"),
}
NARROWED: dict[Scope, str] = {"case": "q", "session": "q", "campaign": "campaign"}


@dataclass(frozen=True)
class Offered:
    """A bundle that can be asked for on the page of a case: of what, and with how many cases."""

    scope: Scope
    of: str
    name: LazyString
    cases: int


def init_app() -> None:
    """Let the worker write bundles."""
    made_by(PAGE, FileKind("audit.list_cases", _write))


def offered(case: Case) -> list[Offered]:
    """The bundles that start from a case: its own, and that of the session or the campaign it is the procedure of."""
    scopes: list[tuple[Scope, str]] = [("case", case.code)]
    if case.process == SESSION:
        scopes.append(("session", case.code))
    if case.process == CAMPAIGN and case.campaign_id is not None:
        scopes.append(("campaign", campaign_code(db.session(), case)))
    return [_offer(scope, of) for scope, of in scopes]


def offered_sample(sample: Sample, seed: str) -> list[Offered]:
    """The bundle of a random sample, for whoever draws the same one again."""
    return [_offer("sample", seed)] if sample.same else []


def _offer(scope: Scope, of: str) -> Offered:
    return Offered(scope, of, SCOPES[scope], count_cases(db.session(), Wanted(scope, of, standing())))


def asked_bundle() -> Response:
    """Let the worker write the bundle that a form asks for; on to the page that says how far it has come."""
    scope, of = request.form.get("scope", ""), request.form.get("of", "")
    wanted = _wanted(scope, of, standing()) or abort(404)
    return redirect(url_for("tracking.show_export", public_id=begin_bundle(wanted)))


def begin_bundle(wanted: Wanted) -> str:
    """Let the worker write a bundle for the reader; returns the public id of the file.

    Raises NotNow (also for "bundle_too_large"), UnknownCase.
    Asked for twice it is written once.
    """
    actor, now = actor_and_now()
    narrowed = NARROWED.get(wanted.scope)  # of the list of cases, for the way back
    query = urlencode({"scope": wanted.scope, "of": wanted.of, **({narrowed: wanted.of} if narrowed else {})})
    if begun := under_way(db.session(), standing().person_id, PAGE, query, language()):
        return begun
    if papers_in(db.session(), wanted)[1] > LARGEST:
        raise NotNow("bundle_too_large")
    told = told_of(wanted)
    new = NewExport(PAGE, query, language(), told.cases, f"chung-cu-{wanted.of}.zip", told, once=True)
    return begin_export(new, actor=actor, now=now)


def _write(asked: Asked, file: BinaryIO) -> Generator[int]:
    values = dict(parse_qsl(asked.query))
    wanted = _wanted(values["scope"], values["of"], asked.standing)
    if wanted is None:
        raise UnknownCase(values["of"])
    return write_bundle(wanted, lambda case: case_file(db.session(), case), file, now=asked.now)


def _wanted(scope: str, of: str, reader: Standing) -> Wanted | None:
    """What is asked for, when there is such a thing that the reader may know of."""
    known = next((each for each in SCOPES if each == scope), None)
    if known is None:
        return None
    wanted = Wanted(known, of, reader)
    try:
        cases_in(db.session(), wanted)
    except UnknownCase:
        return None
    return wanted

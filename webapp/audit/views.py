"""Pages: cases and events of the units audited, replay of a case; diagrams and paths for every page."""

from __future__ import annotations

from flask import Blueprint, abort, jsonify, render_template, request
from werkzeug.wrappers import Response

from webapp.audit import flag_words, step_words, words
from webapp.audit.bundling import asked_bundle, offered
from webapp.audit.drawings import path_json
from webapp.audit.flagging import flags_by_step, flags_page, flags_sheet
from webapp.audit.instants import note_inbox, shown_moment
from webapp.audit.listing import shown_cases
from webapp.audit.proving import proof_page, sign_now, verify_now
from webapp.audit.sampling import sample_page, samples_page
from webapp.audit.showing import shown_step
from webapp.audit.stepping import stepping
from webapp.extensions import db
from webapp.models import Case
from webapp.operations.access import record_access
from webapp.queries.audit_events import WantedEvents, case_code_of
from webapp.queries.audit_events import list_events as events_of
from webapp.queries.replay_page import case_for, diagram_of, drawn_processes, walk_of
from webapp.queries.replays import rerun_of_case
from webapp.queries.tracking_filters import PHASE_ORDER
from webapp.ui.access import permission, signed_in, standing
from webapp.ui.acting import actor_and_now
from webapp.ui.clock import business_now
from webapp.ui.diagrams import in_readers_language
from webapp.ui.filling import Answer
from webapp.ui.sentences import sentence
from workflows.events import DossierRead

LAST_ID = 2**63 - 1

blueprint = Blueprint("audit", __name__, template_folder="templates")
A_DAY = 86_400


@blueprint.get("/audit")
@permission("see_audit")
def list_cases() -> str:
    """Cases of the units audited; filter and page stand in the address."""
    shown = shown_cases(db.session(), standing())
    return render_template("audit/list_cases.html", shown=shown, words=words, flag_words=flag_words)


@blueprint.get("/audit/events")
@permission("see_audit")
def list_events() -> str:
    """Events of all streams, the newest first."""
    wanted = WantedEvents(
        type=request.args.get("type", ""),
        person=request.args.get("person", "").strip(),
        stream=request.args.get("stream", "").strip(),
        before=request.args.get("before", type=lambda text: min(int(text), LAST_ID)),
    )
    listed = events_of(db.session(), standing(), wanted)
    return render_template(
        "audit/list_events.html",
        wanted=wanted,
        listed=listed,
        words=words,
        sentence=sentence,
        case_code_of=case_code_of,
    )


@blueprint.get("/audit/flags")
@permission("see_audit")
def list_flags() -> str:
    """Red flags of the cases that may be seen."""
    return flags_page()


@blueprint.get("/audit/flags.xlsx")
@permission("see_audit")
def export_flags() -> Response:
    """The same list as an Excel file."""
    return flags_sheet()


@blueprint.route("/audit/samples", methods=["GET", "POST"])
@permission("see_audit")
def list_samples() -> Answer:
    """Random samples on record; another one is drawn here."""
    return samples_page()


@blueprint.get("/audit/samples/<seed>")
@permission("see_audit")
def show_sample(seed: str) -> str:
    """A random sample, drawn again by its seed."""
    return sample_page(seed)


@blueprint.get("/audit/as-of")
@permission("see_audit")
def show_as_of() -> str:
    """A moment of the past: the inbox of a person, or where nominations stood; all of it stands in the address."""
    shown = shown_moment(db.session(), standing(), business_now())
    note_inbox(shown)
    return render_template("audit/show_as_of.html", shown=shown, phases=PHASE_ORDER)


@blueprint.get("/audit/cases/<code>")
@permission("see_audit")
def show_case(code: str) -> str:
    """Replay: the case as of one step. Scripts ask for the part beside the diagram alone."""
    session = db.session()
    walk = walk_of(session, _case_or_404(code))
    steps = stepping(walk, request.args)
    said = {"walk": walk, "steps": steps, "words": words, "step_words": step_words, "sentence": sentence}
    said["flags"] = flags_by_step(session, walk)
    if request.headers.get("HX-Target") == "steps":
        return render_template("audit/parts/steps.html", **said)
    shown = shown_step(session, walk, steps.at)
    if "HX-Request" in request.headers:
        return render_template("audit/parts/step.html", shown=shown, **said)
    actor, now = actor_and_now()
    record_access(DossierRead(case=code), actor=actor, now=now)
    return render_template("audit/show_case.html", shown=shown, bundles=offered(walk.case), **said)


@blueprint.post("/audit/bundles")
@permission("see_audit")
def take_bundle() -> Answer:
    """Let the worker write the evidence of a case, a session or a campaign as a file."""
    return asked_bundle()


@blueprint.get("/cases/<code>/path.json")
@signed_in
def show_path(code: str) -> Response:
    """The path of a case through its diagrams, and where it stands; for whoever may know of the case."""
    case = _case_or_404(code)
    trail = rerun_of_case(db.session(), case).trail
    return jsonify(path_json(case, drawn_processes(db.session(), case), trail))


@blueprint.get("/cases/<code>/diagram/<process>.bpmn")
@signed_in
def show_diagram(code: str, process: str) -> Response:
    """One diagram of a case as deployed, for whoever may know of the case."""
    xml = diagram_of(db.session(), _case_or_404(code), process) or abort(404)
    answer = Response(in_readers_language(xml), mimetype="application/xml")
    answer.headers["Cache-Control"] = f"private, max-age={A_DAY}"
    return answer


@blueprint.get("/audit/proof")
@permission("see_proof")
def show_proof() -> str:
    """The proof of the record: verification, checkpoints, self-tests."""
    return proof_page()


@blueprint.post("/audit/proof")
@permission("see_proof")
def verify_log() -> Answer:
    """Lets the worker verify the record."""
    return verify_now()


@blueprint.post("/audit/proof/checkpoint")
@permission("see_proof")
def sign_checkpoint() -> Answer:
    """Signs a checkpoint on demand."""
    return sign_now()


def _case_or_404(code: str) -> Case:
    return case_for(db.session(), standing(), code) or abort(404)

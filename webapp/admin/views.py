"""Pages: people, councils, units, procedures and promised work of the units administered; everybody's own tokens."""

from __future__ import annotations

from flask import Blueprint, abort, flash, jsonify, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from webapp.admin import calendar, councils, people
from webapp.admin.mails import shown_mails
from webapp.admin.showing import shown_jobs, shown_people
from webapp.admin.tokens import SPANS, Asked, make_token
from webapp.extensions import db
from webapp.i18n import content
from webapp.operations import accounts, outbox, tokens
from webapp.queries.administration import unit_tree
from webapp.queries.deployed import deployed_diagram, deployment_page, deployment_rows
from webapp.queries.first_steps import first_steps
from webapp.queries.jobs import job_counts
from webapp.queries.stuck import stuck_cases
from webapp.queries.tokens import token_rows
from webapp.ui.access import permission, person, signed_in, standing
from webapp.ui.acting import actor_and_now
from webapp.ui.clock import today, wall_now
from webapp.ui.diagrams import in_readers_language
from webapp.ui.filling import Answer
from webapp.ui.seats import seat_name
from webapp.ui.targets import previous_page

blueprint = Blueprint("admin", __name__, template_folder="templates")
blueprint.context_processor(lambda: {"seat_name": seat_name})


@blueprint.get("/admin")
@permission("administer")
def show_admin() -> str:
    """The start of the administration: what is there, and what needs a hand."""
    return render_template(
        "admin/show_admin.html",
        units=unit_tree(db.session(), standing(), today()),
        deployments=deployment_rows(db.session()),
        jobs=job_counts(db.session(), standing()),
        stuck=len(stuck_cases(db.session(), standing())),
        first=first_steps(db.session(), standing()),
    )


@blueprint.get("/admin/people")
@permission("administer")
def list_people() -> str:
    """People with accounts and roles."""
    return render_template("admin/list_people.html", shown=shown_people())


@blueprint.route("/admin/people/new", methods=["GET", "POST"])
@permission("administer")
def add_person() -> Answer:
    """Enter a person with an account."""
    return people.new_person()


@blueprint.get("/admin/people/<public_id>")
@permission("administer")
def show_person(public_id: str) -> str:
    """One person: roles and account."""
    return people.shown_person(public_id)


@blueprint.route("/admin/people/<public_id>/roles/new", methods=["GET", "POST"])
@permission("administer")
def give_role(public_id: str) -> Answer:
    """Give a person a role."""
    return people.new_role(public_id)


@blueprint.route("/admin/people/<public_id>/email", methods=["GET", "POST"])
@permission("administer")
def change_email(public_id: str) -> Answer:
    """Enter, change or take away the e-mail address of a person."""
    return people.changed_email(public_id)


@blueprint.route("/admin/people/<public_id>/password", methods=["GET", "POST"])
@permission("administer")
def renew_password(public_id: str) -> str:
    """Ask first; then set a new one-time password and show it this once."""
    if request.method == "GET":
        return people.asked_first(public_id, people.renewing())
    return people.handed_over(public_id, accounts.set_password)


@blueprint.post("/admin/people/<public_id>/reopen")
@permission("administer")
def reopen_account(public_id: str) -> str:
    """Let a closed account be used again, with a new one-time password."""
    return people.handed_over(public_id, accounts.reopen_account)


@blueprint.get("/admin/councils")
@permission("administer")
def list_councils() -> str:
    """Councils and who sits in them."""
    return councils.shown_councils()


@blueprint.route("/admin/councils/new", methods=["GET", "POST"])
@permission("administer")
def found_council() -> Answer:
    """Found the council of a unit."""
    return councils.new_council()


@blueprint.route("/admin/councils/<path:unit>/members/new", methods=["GET", "POST"])
@permission("administer")
def add_member(unit: str) -> Answer:
    """Add a member to the council of a unit."""
    return councils.new_member(unit)


@blueprint.route("/admin/councils/members/<membership_id>/end", methods=["GET", "POST"])
@permission("administer")
def end_membership(membership_id: str) -> Answer:
    """Give a membership its last day."""
    return councils.ended_membership(membership_id)


@blueprint.get("/admin/deployments")
@permission("administer")
def list_deployments() -> str:
    """Deployed procedures."""
    return render_template("admin/list_deployments.html", rows=deployment_rows(db.session()))


@blueprint.get("/admin/deployments/<digest>")
@permission("administer")
def show_deployment(digest: str) -> str:
    """One deployment: its diagrams and files."""
    page = deployment_page(db.session(), digest) or abort(404)
    return render_template("admin/show_deployment.html", page=page)


@blueprint.get("/admin/deployments/<digest>/drawing.json")
@permission("administer")
def show_drawing(digest: str) -> Response:
    """What the page draws: the diagrams of a deployment without any path."""
    page = deployment_page(db.session(), digest) or abort(404)
    processes = [
        {
            "id": process,
            "name": content(name),
            "url": url_for("admin.show_diagram", digest=digest, process=process),
        }
        for process, name in page.processes.items()
    ]
    return jsonify(root=page.row.process, processes=processes, strides=[])


@blueprint.get("/admin/deployments/<digest>/<process>.bpmn")
@permission("administer")
def show_diagram(digest: str, process: str) -> Response:
    """One diagram as deployed."""
    xml = deployed_diagram(db.session(), digest, process) or abort(404)
    return Response(in_readers_language(xml), mimetype="application/xml")


@blueprint.get("/admin/calendar")
@permission("administer")
def show_calendar() -> str:
    """The working calendar of a year."""
    return calendar.shown_calendar()


@blueprint.route("/admin/calendar/new", methods=["GET", "POST"])
@permission("administer")
def enter_day() -> Answer:
    """Enter a day on which a unit works or not."""
    return calendar.new_day()


@blueprint.post("/admin/calendar/<int(max=2147483647):row_id>/take")
@permission("administer")
def take_day(row_id: int) -> Response:
    """Take a day out of the calendar again."""
    return calendar.taken_day(row_id)


@blueprint.get("/admin/jobs")
@permission("administer")
def list_jobs() -> str:
    """Promised work: what waits, is held, has failed."""
    return render_template("admin/list_jobs.html", shown=shown_jobs())


@blueprint.get("/admin/mails")
@permission("administer")
def list_mails() -> str:
    """E-mails about cases of the units administered: to whom, what, whether they went."""
    return render_template("admin/list_mails.html", shown=shown_mails())


@blueprint.post("/admin/jobs/<int(max=2147483647):item_id>/retry")
@permission("administer")
def retry_job(item_id: int) -> Response:
    """Try a promise again at once."""
    actor, now = actor_and_now()
    outbox.retry_item(item_id, actor=actor, now=now)
    flash(_("It will be tried again at once."), "success")
    return redirect(previous_page(url_for("admin.list_jobs")))


@blueprint.get("/account/tokens")
@signed_in
def list_tokens() -> str:
    """The own tokens."""
    return _tokens(Asked())


@blueprint.post("/account/tokens")
@signed_in
def add_token() -> str | tuple[str, int]:
    """Make a token and show it this once."""
    asked = make_token()
    return (_tokens(asked), 422) if asked.fault else _tokens(asked)


@blueprint.post("/account/tokens/<int(max=2147483647):token_id>/revoke")
@signed_in
def revoke_token(token_id: int) -> Response:
    """Make one of the own tokens useless."""
    actor, now = actor_and_now()
    tokens.revoke_token(token_id, actor=actor, now=now)
    flash(_("The token has been revoked."), "success")
    return redirect(url_for("admin.list_tokens"))


def _tokens(asked: Asked) -> str:
    rows = token_rows(db.session(), person().id)
    return render_template("admin/list_tokens.html", asked=asked, rows=rows, spans=SPANS, wall=wall_now())

"""Pages: sign in, sign out, language, the own account."""

from flask import Blueprint, abort, current_app, flash, redirect, render_template, request, session
from flask_babel import gettext as _
from flask_limiter.util import get_remote_address
from flask_login import current_user
from sqlalchemy import select
from werkzeug.wrappers import Response

from webapp import demo_cards
from webapp.auth.loading import end_session, note_given_password, record_failure, start_session
from webapp.auth.passwords import account_page
from webapp.extensions import db, limiter
from webapp.i18n import LANGUAGES
from webapp.models.person import Person
from webapp.operations.preferences import set_shortcuts
from webapp.passwords import check_password
from webapp.ui.access import public, signed_in
from webapp.ui.acting import actor_and_now
from webapp.ui.filling import Answer
from webapp.ui.kept_forms import drop_form
from webapp.ui.navigation import home
from webapp.ui.targets import previous_page, safe_target

blueprint = Blueprint("auth", __name__, template_folder="templates")


def _failed(response: Response) -> bool:
    return response.status_code >= 400


def _who_tries() -> str:
    return f"{get_remote_address()} {request.form.get('username', '').strip().lower()}"


def _who_is_signed_in() -> str:
    return str(current_user.get_id())


@blueprint.get("/sign-in")
@public
def show_sign_in() -> str | Response:
    """The sign-in page; somebody signed in already goes on."""
    target = safe_target(request.args.get("next"))
    if current_user.is_authenticated:
        return _onward(target)
    return _sign_in_page(target)


@blueprint.post("/sign-in")
@public
@limiter.limit("10 per 5 minutes", key_func=_who_tries, deduct_when=_failed)
@limiter.limit("100 per 5 minutes", deduct_when=_failed)
def sign_in() -> Response | tuple[str, int]:
    """Check name and password; a wrong pair gets one answer, whichever of the two was wrong."""
    username = request.form.get("username", "").strip()
    target = safe_target(request.form.get("next"))
    person = _account(username)
    if not check_password(request.form.get("password", ""), person.password_hash if person else None):
        record_failure(username)
        return _sign_in_page(target, username, _("The name or the password is not right.")), 422
    assert person is not None
    start_session(person)
    note_given_password(person)
    return _onward(target)


@blueprint.post("/sign-in/as/<username>")
@public
def step_into(username: str) -> Response:
    """Step into a role of the demo. There is no such page outside a demo."""
    if not current_app.config["SETTINGS"].demo or username not in _demo_usernames():
        abort(404)
    person = _account(username) or abort(404)
    start_session(person)
    return _onward(safe_target(request.form.get("next")))


@blueprint.post("/sign-out")
@public
def sign_out() -> Response:
    """End the session."""
    end_session()
    flash(_("You have signed out."), "success")
    return redirect("/sign-in")


@blueprint.post("/language")
@public
def choose_language() -> Response:
    """Show pages in the chosen language, for this session."""
    language = request.form.get("language", "")
    if language not in LANGUAGES:
        abort(400)
    session["language"] = language
    return redirect(previous_page())


@blueprint.route("/account", methods=["GET", "POST"])
@signed_in
@limiter.limit("10 per 5 minutes", key_func=_who_is_signed_in, methods=["POST"], deduct_when=_failed)
def show_account() -> Answer:
    """The own account: roles and units, password (sent, it is changed and other sessions end), shortcuts."""
    return account_page()


@blueprint.post("/account/shortcuts")
@signed_in
def choose_shortcuts() -> Response:
    """Switch single-key shortcuts on or off, here and wherever this person signs in."""
    wanted = request.form.get("shortcuts") == "on"
    actor, now = actor_and_now()
    set_shortcuts(wanted, actor=actor, now=now)
    session["shortcuts"] = wanted
    flash(_("Saved."), "success")
    return redirect("/account")


@blueprint.post("/kept-form/drop")
@signed_in
def drop_kept_form() -> Response:
    """Forget the form that was kept over an expired sign-in."""
    drop_form()
    return redirect(previous_page())


def _sign_in_page(target: str, username: str = "", fault: str = "") -> str:
    settings = current_app.config["SETTINGS"]
    units: dict[str, list[demo_cards.RoleCard]] = {}
    for card in demo_cards.role_cards() if settings.demo else ():
        units.setdefault(card.unit, []).append(card)
    return render_template(
        "auth/show_sign_in.html",
        target=target,
        username=username,
        fault=fault,
        units=units,
        settings=settings,
    )


def _onward(target: str) -> Response:
    """To what was asked for; nothing in particular means where this person's work begins."""
    return redirect(home() if target == "/" else target)


def _account(username: str) -> Person | None:
    person = db.session.scalar(select(Person).where(Person.username == username)) if username else None
    return person if person and person.is_active else None


def _demo_usernames() -> set[str]:
    return {card.username for card in demo_cards.role_cards()}

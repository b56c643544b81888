"""Pages for what went wrong: what happened, what was kept, what to do now."""

from collections.abc import Callable
from dataclasses import dataclass
from http import HTTPStatus
from typing import Any

from flask import (
    Flask,
    current_app,
    flash,
    make_response,
    redirect,
    render_template,
    request,
    session,
    url_for,
)
from flask_babel import force_locale
from flask_babel import gettext as _
from flask_login import current_user
from flask_wtf.csrf import CSRFError
from werkzeug.exceptions import HTTPException, MethodNotAllowed
from werkzeug.wrappers import Response

from webapp.config import MAX_FORM_BYTES
from webapp.i18n import DEFAULT
from webapp.operations.refusals import NotNow, Refused
from webapp.problems import problem
from webapp.ui.access import note_missing, record_refusal
from webapp.ui.kept_forms import NAME as KEPT
from webapp.ui.kept_forms import keep_form
from webapp.ui.refusal_texts import refusal_text, status_of
from webapp.ui.targets import previous_page
from workflows.law import NoRule

API = "/api/"


@dataclass(frozen=True)
class Explanation:
    """The texts of an error page."""

    title: str
    happened: str
    remedy: str


def init_app(app: Flask) -> None:
    """Answer every HTTP fault, refused act and unforeseen exception with a readable page."""
    app.register_error_handler(HTTPException, show_fault)
    app.register_error_handler(HTTPStatus.UNAUTHORIZED, ask_to_sign_in)
    app.register_error_handler(CSRFError, show_forgery)
    app.register_error_handler(Refused, show_refusal)
    app.register_error_handler(NoRule, show_no_rule)
    app.register_error_handler(Exception, show_breakdown)


def show_fault(fault: HTTPException) -> Response | tuple[str, int]:
    """A fault with an HTTP status; redirects and answers made elsewhere pass."""
    if fault.response is not None or fault.code is None or fault.code < HTTPStatus.BAD_REQUEST:
        return fault.get_response()
    if fault.code == HTTPStatus.NOT_FOUND:
        note_missing()
    answer = make_response(_answer(fault.code, _explain(fault.code)))
    if isinstance(fault, MethodNotAllowed) and fault.valid_methods:
        answer.headers["Allow"] = ", ".join(fault.valid_methods)
    return answer


def ask_to_sign_in(_fault: HTTPException) -> Response | tuple[str, int]:
    """Lead to the sign-in page and back; a form that was just sent is kept."""
    if request.path.startswith(API):
        return _answer(HTTPStatus.UNAUTHORIZED, _explain(HTTPStatus.UNAUTHORIZED))
    page = request.full_path.rstrip("?")
    if request.method not in ("GET", "HEAD"):
        page = keep_form()
        kept = KEPT in session
        flash(
            _("You have been signed out. What you typed is kept.")
            if kept
            else _("You have been signed out."),
            "info",
        )
    target = url_for("auth.show_sign_in", next=page)
    if request.headers.get("HX-Request"):
        answer = make_response("", HTTPStatus.OK)
        answer.headers["HX-Redirect"] = target
        return answer
    return redirect(target)


def show_forgery(_fault: CSRFError) -> Response | tuple[str, int]:
    """A form without a valid token: an old page, or another site's attempt."""
    explanation = Explanation(
        _("The page was open too long"),
        _("The page you sent this from has expired, so nothing was done."),
        _("Go back, load the page again and send it once more."),
    )
    return _answer(HTTPStatus.BAD_REQUEST, explanation, previous_page(""))


def show_refusal(refusal: Refused) -> Response | tuple[str, int]:
    """An act its operation refused: somebody was faster, the case is frozen, it is not theirs to do."""
    status = status_of(refusal)
    if status == HTTPStatus.FORBIDDEN and current_user.is_authenticated:
        record_refusal(refusal.code)
    if status == HTTPStatus.NOT_FOUND:
        note_missing()
    if status in (HTTPStatus.NOT_FOUND, HTTPStatus.FORBIDDEN):
        return _answer(status, _explain(status))
    explanation = Explanation(
        _("This cannot be done now"), refusal_text(refusal), _("Nothing was changed by your request.")
    )
    return _answer(status, explanation, previous_page(""))


def show_no_rule(_fault: NoRule) -> Any:
    """No rule set covers the day of the act: the office has not loaded one, which is no fault of the program."""
    return current_app.handle_user_exception(NotNow("no_rule"))


def show_breakdown(fault: Exception) -> Response | tuple[str, int]:
    """An unforeseen fault: it goes to the application's log, the page says nothing of its inside."""
    current_app.logger.error("unforeseen fault at %s %s", request.method, request.path, exc_info=fault)
    if current_app.testing and current_app.config.get("PROPAGATE_EXCEPTIONS", True):
        raise fault
    # The database may be what is broken: nothing here asks who is signed in, not even for the language.
    with force_locale(session.get("language") or DEFAULT):
        explanation = _explain(HTTPStatus.INTERNAL_SERVER_ERROR)
        if request.path.startswith(API):
            return _problem(HTTPStatus.INTERNAL_SERVER_ERROR, explanation)
        template = current_app.jinja_env.get_template("errors/breakdown.html")
        return template.render(explanation=explanation, status=500), HTTPStatus.INTERNAL_SERVER_ERROR


def _answer(status: int, explanation: Explanation, back: str = "") -> Response | tuple[str, int]:
    if request.path.startswith(API):
        return _problem(status, explanation)
    return render_template(
        "errors/fault.html", explanation=explanation, status=int(status), back=back
    ), status


def _problem(status: int, explanation: Explanation) -> Response:
    return problem(status, explanation.title, detail=explanation.happened)


def _explain(status: int) -> Explanation:
    return EXPLANATIONS.get(status, _other)()


def _other() -> Explanation:
    return Explanation(
        _("The request was not understood"),
        _("The address or the data sent with it are not as this page expects them."),
        _("Go back, load the page again and send it once more."),
    )


def _unauthorized() -> Explanation:
    return Explanation(_("Sign in"), _("This needs an account."), _("Sign in, then try again."))


def _forbidden() -> Explanation:
    return Explanation(
        _("Not open to you"),
        _("None of the roles you hold today may see this page or do this."),
        _("If it belongs to your work, ask the administrator of your unit for the role."),
    )


def _not_found() -> Explanation:
    return Explanation(
        _("There is no such page"),
        _("The address is wrong, or what was here belongs to a unit you do not work for."),
        _("Check the address, or go on from the start page."),
    )


def _gone() -> Explanation:
    return Explanation(
        _("This is not shown any more"),
        _("What stood at this address has been taken down, or its time is over."),
        _("Go on from the start page."),
    )


def _conflict() -> Explanation:
    return Explanation(
        _("This has changed meanwhile"),
        _("Somebody else has worked on this since you opened it."),
        _("Load the page again to see how it stands now. Nothing was changed by your request."),
    )


def _too_large() -> Explanation:
    if request.mimetype == "application/x-www-form-urlencoded":  # no file is in it
        return Explanation(
            _("The text is too long"),
            _("A form may have at most %(limit)s MB of text.", limit=MAX_FORM_BYTES // 2**20),
            _("Go back and shorten what you typed or pasted."),
        )
    return Explanation(
        _("The files are too large"),
        _(
            "Together the files may have at most %(limit)s MB, and the text of a form %(text)s MB.",
            limit=current_app.config["MAX_CONTENT_LENGTH"] // 2**20,
            text=MAX_FORM_BYTES // 2**20,
        ),
        _("Go back and attach smaller or fewer files; a scan in grey at 200 dpi is enough."),
    )


def _too_many() -> Explanation:
    return Explanation(
        _("Too many attempts"),
        _("For safety this is closed to you for a few minutes."),
        _("Wait five minutes, then try again.")
        if request.path == "/follow"
        else _(
            "Wait five minutes, then try again. If you have forgotten your password, ask the administrator."
        ),
    )


def _breakdown() -> Explanation:
    return Explanation(
        _("Something broke on our side"),
        _("Your request was not carried out. The fault has been written down for those who run this system."),
        _("Try again in a minute. Drafts you saved are still there."),
    )


EXPLANATIONS: dict[int, Callable[[], Explanation]] = {
    HTTPStatus.UNAUTHORIZED: _unauthorized,
    HTTPStatus.FORBIDDEN: _forbidden,
    HTTPStatus.NOT_FOUND: _not_found,
    HTTPStatus.GONE: _gone,
    HTTPStatus.CONFLICT: _conflict,
    HTTPStatus.REQUEST_ENTITY_TOO_LARGE: _too_large,
    HTTPStatus.TOO_MANY_REQUESTS: _too_many,
    HTTPStatus.INTERNAL_SERVER_ERROR: _breakdown,
}

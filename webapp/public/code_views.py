"""Pages on which anybody checks a paper by its code, without an account."""

from __future__ import annotations

from http import HTTPStatus

from flask import Blueprint, Response, request
from flask_babel import gettext as _
from werkzeug.wrappers import Response as FileAnswer

from webapp.extensions import limiter
from webapp.public.unlisted import unlisted
from webapp.public.verifying import public_keys, shown_paper
from webapp.ui.access import public

PAGE = "public/show_code.html"
blueprint = Blueprint("codes", __name__, template_folder="templates")


def _wrong(response: FileAnswer) -> bool:
    return response.status_code >= HTTPStatus.BAD_REQUEST


# One count for scanned and typed codes: ten wrong ones close both ways for a while.
limit_wrong = limiter.shared_limit("10 per 5 minutes", scope="paper codes", deduct_when=_wrong)
limit_all = limiter.shared_limit("120 per 5 minutes", scope="papers looked at")


@blueprint.get("/v/<code>.<signature>")
@public
@limit_wrong
@limit_all
def show_code(code: str, signature: str) -> FileAnswer:
    """The paper of a scanned square: all that it prints, and how it stands now."""
    shown = shown_paper(code, signature)
    if shown:
        return unlisted(PAGE, shown=shown, typed="", fault="")
    return unlisted(PAGE, HTTPStatus.NOT_FOUND, shown=None, forged=True, typed="", fault="")


@blueprint.get("/verify")
@public
def show_verify() -> FileAnswer:
    """Asks for the code of a paper; one that a square has filled in is shown by the button."""
    return unlisted(PAGE, shown=None, typed=request.args.get("code", "").strip()[:40], fault="")


@blueprint.post("/verify")
@public
@limit_wrong
@limit_all
def verify_code() -> FileAnswer:
    """The paper of a typed code."""
    typed = request.form.get("code", "").strip()[:40]
    shown = shown_paper(typed)
    if shown:
        return unlisted(PAGE, shown=shown, typed=typed, fault="")
    fault = _("There is no paper with this code. See whether it was typed as it stands.")
    return unlisted(PAGE, HTTPStatus.UNPROCESSABLE_ENTITY, shown=None, typed=typed, fault=fault)


@blueprint.get("/verify/key.pem")
@public
def download_key() -> Response:
    """The public keys of this installation, the one that signs now first."""
    answer = Response(b"".join(public_keys()), mimetype="application/x-pem-file")
    answer.headers["Content-Disposition"] = "attachment; filename=verification-key.pem"
    return answer

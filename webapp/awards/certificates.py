"""A certificate as its pages draw it: its issues, its reissue, its paper."""

from __future__ import annotations

from flask import abort, current_app, flash, redirect, render_template, request, url_for
from flask_babel import LazyString
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from werkzeug.wrappers import Response

from webapp.documents.certificates import certificate_type
from webapp.extensions import db
from webapp.follow_codes import shown_code
from webapp.operations import certificates
from webapp.operations.access import record_access
from webapp.operations.interventions import REASON_LIMIT
from webapp.operations.refusals import Forbidden
from webapp.queries.blanks import blank_of, sheet_of
from webapp.queries.certificates import CertificatePage, certificate_page
from webapp.queries.verifications import printed_certificates
from webapp.ui.access import standing
from webapp.ui.acting import actor_and_now
from webapp.ui.fields import Form
from webapp.ui.filling import Answer, Typed, fill
from webapp.ui.paper_files import drawn_response
from workflows.amendment_events import CertificateRead
from workflows.forms import Schema

STATES: dict[str, tuple[str, LazyString]] = {
    "valid": ("done", _l("Valid")),
    "replaced": ("returned", _l("Replaced by a copy")),
    "revoked": ("withdrawn", _l("Revoked")),
}
CAUSES: dict[str, LazyString] = {
    "lost": _l("Lost or damaged"),
    "misprint": _l("Misprinted"),
    "correction": _l("Put right by a decision"),
}


def shown_certificate(public_id: str) -> str:
    """A certificate and all that were issued in its place, or 404."""
    return render_template(
        "awards/show_certificate.html",
        page=_page(public_id),
        states=STATES,
        causes=CAUSES,
        shown_code=shown_code,
    )


def reissued(public_id: str) -> Answer:
    """Ask why a certificate is made anew, and make it."""
    page = _page(public_id)
    if not page.prints:
        raise Forbidden
    certificates.check_current(page.certificate)

    def show(form: Form) -> str:
        return render_template("awards/reissue_certificate.html", page=page, form=form)

    def do(typed: Typed) -> Answer:
        actor, now = actor_and_now()
        made = certificates.reissue_certificate(
            public_id, typed["cause"], typed["reason"], actor=actor, now=now
        )
        flash(
            _("The copy is made. Print it; the code of the one before says from now on that it was replaced.")
        )
        return redirect(url_for("certificates.show_certificate", public_id=made))

    return fill(_form(), {}, show, do)


def certificate_file(public_id: str) -> Response:
    """The certificate as a PDF of the texts that were signed, plain or on a blank; that it was read is noted."""
    from webapp.documents.certificates.paper import certificate_of
    from webapp.documents.certificates.writer import Described, write  # few processes write any

    page = _page(public_id)
    chosen = request.args.get("blank")
    blank = blank_of(db.session(), standing(), chosen) if chosen else None
    if not page.prints or (chosen and (blank is None or blank.public_id not in dict(page.blanks))):
        abort(404)
    facts = printed_certificates(
        db.session(), [page.certificate.id], current_app.config["SETTINGS"].public_url
    )
    title = certificate_type(page.certificate.type).title
    made = [certificate_of(each) for each in facts["certificates"]]
    described = Described(title, facts["issuer"], facts["date"])
    pdf = write(made, described, blank=sheet_of(blank) if blank else None)
    actor, now = actor_and_now()
    record_access(CertificateRead(certificate=public_id), actor=actor, now=now)
    award = page.certificate.award
    number = f"{award.register_number}-{award.register_year}" if award and award.register_number else ""
    return drawn_response(pdf, f"{title} {number}.pdf".replace(" .", "."))


def _page(public_id: str) -> CertificatePage:
    return certificate_page(db.session(), standing(), public_id) or abort(404)


def _form() -> Schema:
    causes = [{"const": cause, "title": str(CAUSES[cause])} for cause in certificates.CAUSES]
    return {
        "type": "object",
        "properties": {
            "cause": {"type": "string", "title": _("Why it is made anew"), "oneOf": causes},
            "reason": {
                "type": "string",
                "maxLength": REASON_LIMIT,
                "x-widget": "textarea",
                "title": _("Reason"),
                "description": _("Who asked for it, on which paper, and what became of the one before."),
            },
        },
        "required": ["cause", "reason"],
        "additionalProperties": False,
    }

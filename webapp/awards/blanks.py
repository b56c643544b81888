"""Blanks as their pages draw them, and the acts behind those pages."""

from __future__ import annotations

from dataclasses import replace

from flask import abort, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.datastructures import MultiDict
from werkzeug.wrappers import Response

from webapp.awards.blank_forms import blank_form, first_values, measured, sheet, values_of
from webapp.documents import UnknownDocumentError
from webapp.documents.certificates import CertificateType, certificate_type, certificate_types
from webapp.documents.certificates.preview import preview
from webapp.extensions import db
from webapp.i18n import language
from webapp.models import Blank
from webapp.operations import blanks
from webapp.operations.refusals import NotNow
from webapp.queries.blanks import blank_of, blanks_of, printing_units
from webapp.ui.access import standing
from webapp.ui.acting import actor_and_now
from webapp.ui.fields import Form
from webapp.ui.filling import Answer, Typed, fill
from webapp.ui.form_data import read
from webapp.ui.formats import zone
from webapp.ui.paper_files import drawn_response
from webapp.ui.refusal_texts import refusal_text

PICTURE = "default-src 'none'; style-src 'unsafe-inline'; sandbox"


def shown_blanks() -> str:
    """The blanks one keeps, and the types there are."""
    found = blanks_of(db.session(), standing())
    types = dict(sorted(certificate_types().items(), key=lambda each: each[1].title))
    return render_template("awards/list_blanks.html", blanks=found, types=types)


def started(name: str) -> Answer:
    """The form of a new blank; sent, it is saved."""
    kind, units = _type(name), printing_units(db.session(), standing())
    if not units:
        abort(403)

    def save(typed: Typed) -> Answer:
        actor, now = actor_and_now()
        public_id = blanks.save_blank(typed["unit"], kind.name, measured(typed), actor=actor, now=now)
        return _saved(public_id)

    return fill(blank_form(kind, units), first_values(kind, units), lambda form: _page(kind, form), save)


def changed(public_id: str) -> Answer:
    """The form of a blank; sent, it is saved."""
    blank = blank_of(db.session(), standing(), public_id) or abort(404)
    kind, version = _type(blank.type), blank.version

    def save(typed: Typed) -> Answer:
        actor, now = actor_and_now()
        try:
            blanks.change_blank(
                public_id, request.form.get("_version", 0, type=int), measured(typed), actor=actor, now=now
            )
        except NotNow as refusal:
            flash(refusal_text(refusal), "error")
            return redirect(url_for("blanks.edit_blank", public_id=public_id))
        return _saved(public_id)

    return fill(blank_form(kind, ()), values_of(blank), lambda form: _page(kind, form, blank, version), save)


def deleted(public_id: str) -> Response:
    """Delete a blank."""
    actor, now = actor_and_now()
    blanks.delete_blank(public_id, actor=actor, now=now)
    flash(_("The blank is deleted."), "success")
    return redirect(url_for("blanks.list_blanks"))


def preview_picture(name: str) -> Response:
    """The sheet as it is typed, with sample texts."""
    kind = _type(name)
    response = Response(preview(kind, kind.sample, sheet(kind, _asked(kind))), mimetype="image/svg+xml")
    response.headers["Content-Security-Policy"] = PICTURE
    response.headers["Cache-Control"] = "no-store"
    return response


def test_sheet(name: str) -> Response:
    """The sheet as it is typed with rulers, sample texts and the frame of each place, but without its ground."""
    from webapp.documents.certificates.writer import Certificate, Described, write  # few processes write any

    kind = _type(name)
    blank = replace(sheet(kind, _asked(kind)), rulers=True, ground=False)
    told = Described(_("Test sheet: %(type)s", type=kind.title), _("Measures in millimetres"))
    pdf = write([Certificate(kind.name, kind.sheet, kind.sample)], told, blank=blank)
    name = _("Test sheet")
    return drawn_response(pdf, f"{name} {kind.title}.pdf")


def _type(name: str) -> CertificateType:
    try:
        return certificate_type(name)
    except UnknownDocumentError:
        abort(404)


def _asked(kind: CertificateType) -> Typed:
    """What stands in the form, as it is sent along with a picture that is asked for."""
    return read(blank_form(kind, ()), request.args, MultiDict(), language(), zone()).data


def _saved(public_id: str) -> Response:
    flash(_("The blank is saved."), "success")
    return redirect(url_for("blanks.edit_blank", public_id=public_id))


def _page(kind: CertificateType, form: Form, blank: Blank | None = None, version: int = 0) -> str:
    fields = {field.name: field for field in form.fields}
    shown = {field.name: field.typed for field in form.fields if field.typed and not field.rows}
    for row in fields["places"].rows:
        shown |= {cell.name: cell.typed for cell in row if cell.typed}
    shown |= {f"places-{place}-_row": "1" for place in range(len(fields["places"].rows))}
    return render_template(
        "awards/edit_blank.html",
        kind=kind,
        form=form,
        fields=fields,
        blank=blank,
        version=version,
        shown=shown,
    )

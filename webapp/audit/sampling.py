"""Random samples as their pages draw them."""

from __future__ import annotations

from flask import abort, redirect, render_template, url_for
from flask_babel import gettext as _
from sqlalchemy import select

from webapp.audit import words
from webapp.audit.bundling import offered_sample
from webapp.extensions import db
from webapp.models import Campaign
from webapp.operations.samples import draw_sample
from webapp.queries.samples import draws, sample_of
from webapp.ui.access import standing
from webapp.ui.acting import actor_and_now
from webapp.ui.filling import Answer, Typed, fill
from webapp.ui.sentences import sentence
from workflows.forms import Schema
from workflows.sampling import rank

USUAL, MOST = 10, 500


def samples_page() -> Answer:
    """The draws on record, and the form for another one; sent, it is drawn."""

    def draw(typed: Typed) -> Answer:
        actor, now = actor_and_now()
        wanted = typed.get("process", ""), typed.get("campaign", "")
        seed = draw_sample(typed["size"], *wanted, actor=actor, now=now)
        return redirect(url_for("audit.show_sample", seed=seed))

    return fill(
        _form(),
        {"size": USUAL},
        lambda form: render_template(
            "audit/list_samples.html", form=form, draws=draws(db.session()), sentence=sentence
        ),
        draw,
    )


def sample_page(seed: str) -> str:
    """One draw, drawn again now."""
    sample = sample_of(db.session(), standing(), seed) or abort(404)
    return render_template(
        "audit/show_sample.html",
        sample=sample,
        seed=seed,
        bundles=offered_sample(sample, seed),
        words=words,
        rank=rank,
    )


def _form() -> Schema:
    campaigns = db.session.execute(select(Campaign.code, Campaign.title).order_by(Campaign.id)).all()
    return {
        "type": "object",
        "properties": {
            "size": {
                "type": "integer",
                "minimum": 1,
                "maximum": MOST,
                "title": _("How many cases"),
            },
            "process": {
                "type": "string",
                "title": _("Procedure"),
                "description": _("Leave it empty to draw from all procedures."),
                "oneOf": [{"const": name, "title": str(told)} for name, told in words.PROCESSES.items()],
            },
            "campaign": {
                "type": "string",
                "title": _("Campaign"),
                "oneOf": [{"const": code, "title": title} for code, title in campaigns],
            },
        },
        "required": ["size"],
    }

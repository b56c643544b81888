"""The page on which a rule of the council is tried out."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from flask import render_template

from webapp.extensions import db
from webapp.queries.councils import members_in_reach
from webapp.ui.access import standing
from webapp.ui.clock import today
from webapp.ui.fields import Form, build_form
from webapp.ui.filling import Answer, Typed, fill
from webapp.ui.rule_drafts import trial_rules
from webapp.ui.rule_trials import Tried, trial_schema, tried


def try_rule() -> Answer:
    """The form, and the outcome once it was sent; nothing is kept."""
    rules = trial_rules()

    def show(form: Form, tried: Tried | None = None) -> str:
        return render_template("council/try_rule.html", form=form, tried=tried)

    def judge(typed: Typed) -> Answer:
        return show(build_form(schema, typed), tried(rules[typed["rule"]], typed))

    schema = trial_schema(rules)
    return fill(schema, _first(rules), show, judge)


def _first(rules: Mapping[str, Mapping[str, Any]]) -> dict[str, Any]:
    members = members_in_reach(db.session(), standing(), today())
    return {"rule": next(iter(rules), ""), **({"members": members, "present": members} if members else {})}

"""The voting rules of councils: versions with what they say, a form to draft one, approval by the chairman."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from flask import abort, flash, redirect, render_template, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from webapp.extensions import db
from webapp.i18n import content
from webapp.models import Council, VoteProfileVersion
from webapp.operations.vote_profiles import decide_profile, draft_profile
from webapp.queries.rule_names import rule_names
from webapp.queries.vote_profiles import (
    council_profiles,
    council_with_profiles,
    may_decide,
    may_draft,
    profiles_for,
    rule_table,
    usual_profiles,
)
from webapp.ui.access import standing
from webapp.ui.acting import actor_and_now
from webapp.ui.clock import today
from webapp.ui.fields import Form
from webapp.ui.filling import Answer, Typed, fill
from webapp.ui.rule_drafts import draft_schema, new_profile, presets
from webapp.ui.rule_form import CUSTOM, DEFAULTS, FIRST


@dataclass(frozen=True)
class RuleChoice:
    """A row of the decision table: for these awards, none of them meaning all others, this rule holds."""

    awards: list[str]
    profile: Mapping[str, Any]
    from_date: dt.date | None
    to_date: dt.date | None


@dataclass(frozen=True)
class ShownRules:
    """A council with its rules. ``presumed`` is what holds for the usual award today; may the reader draft, decide?"""

    council: Council
    presumed: Mapping[str, Any]
    versions: list[VoteProfileVersion]
    may_draft: bool
    may_decide: bool
    award_names: Mapping[str, str]
    usual: Sequence[tuple[Sequence[str], Mapping[str, Any]]]

    @property
    def table(self) -> list[RuleChoice]:
        """The decision table of the council: what is on top holds, as far as its days go."""
        own = [version for version in self.versions if version.status == "approved"]
        ordered = sorted(own, key=lambda version: not version.awards)
        rows = [
            RuleChoice(self.awards_of(version), version.profile, version.from_date, version.to_date)
            for version in ordered
        ]
        return rows + [
            RuleChoice([content(self.award_names.get(code, code)) for code in awards], profile, None, None)
            for awards, profile in self.usual
        ]

    def awards_of(self, version: VoteProfileVersion) -> list[str]:
        """The names of the awards a version is for; none means all others."""
        return [content(self.award_names.get(code, code)) for code in version.awards]


def shown_rules() -> list[ShownRules]:
    """The councils of the units the reader works for."""
    session, actor, day = db.session(), actor_and_now()[0], today()
    names = rule_names(session).awards
    return [
        ShownRules(
            council,
            profiles_for(session, council, [""], day)[0],
            versions,
            may_draft(standing(), council),
            may_decide(session, council, actor.public_id, day),
            names,
            usual_profiles(session, council, day),
        )
        for council, versions in council_profiles(session, standing())
    ]


def _council(unit: str) -> Council:
    """The council of a unit the reader works for, or 404."""
    council, _versions = council_with_profiles(db.session(), standing(), unit) or abort(404)
    return council


def rule_file(unit: str) -> Response:
    """The decision table of a council as it stands today, as a DMN file to save."""
    table = rule_table(db.session(), _council(unit), today())
    headers = {"Content-Disposition": f"attachment; filename=vote-rule-{today().isoformat()}.dmn"}
    return Response(table, mimetype="application/xml", headers=headers)


def new_rule(unit: str) -> Answer:
    """The form that drafts a rule for the council of a unit."""
    council = _council(unit)
    if not may_draft(standing(), council):
        abort(403)
    schema = draft_schema()

    def show(form: Form) -> str:
        return render_template("council/draft_rule.html", form=form, council=council)

    def draft(typed: Typed) -> Answer:
        actor, now = actor_and_now()
        draft_profile(unit, new_profile(typed), actor=actor, now=now)
        flash(_("The draft is kept. It holds when the chairman of the council has approved it."), "success")
        return redirect(url_for("council.list_rules"))

    first = {**DEFAULTS, **FIRST, "rule": next(iter(presets()), CUSTOM), "from_date": today().isoformat()}
    return fill(schema, first, show, draft)


def decide_rule(public_id: str, *, approve: bool) -> Response:
    """Approve or discard a draft."""
    actor, now = actor_and_now()
    decide_profile(public_id, approve=approve, actor=actor, now=now)
    flash(_("The voting rule is approved.") if approve else _("The draft is discarded."), "success")
    return redirect(url_for("council.list_rules"))


def facts_of(profile: Mapping[str, Any]) -> list[str]:
    """What else a rule says, beside its threshold, as short phrases."""
    rule = profile["rule"]
    quorum = Fraction(rule["quorum"])
    told = [
        _("quorum %(share)s of the members", share=str(quorum)),
        _("secret ballot") if rule["ballot"] == "secret" else _("open vote"),
    ]
    told += [_("the minutes say how each member has voted")] if rule.get("named_in_minutes") else []
    told += [_("the chairman must agree")] if rule["chair_yes_required"] else []
    told += [_("written opinions count")] if rule["written_opinions"] else []
    told += [_("who stands aside leaves the base")] if not rule["recused_in_base"] else []
    cuts = rule.get("quota") == "cuts"
    told.append(_("the places of the plan cut") if cuts else _("the places of the plan are only shown"))
    told += [_("too many agrees make a sheet invalid for its group")] if rule.get("ballot_limit") else []
    return told

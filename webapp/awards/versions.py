"""Two versions of a decision side by side: the text with what came and went, the list row by row."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from flask import abort, current_app, request
from flask_babel import gettext as _

from webapp.documents.blocks import articles
from webapp.documents.formats import money
from webapp.documents.list_differences import Difference, row_differences, rows_of
from webapp.documents.text_changes import parts
from webapp.extensions import db
from webapp.queries.decision_versions import VersionRow, version_facts, version_rows
from webapp.queries.decisions import decision_of
from webapp.queries.verifications import printed_decision
from webapp.ui.changes import Change
from webapp.ui.shown_cases import ShownCase, shown_case

NOW = 0
"""The number under which the page has the decision as it stands now, where that is no version."""


@dataclass(frozen=True)
class ShownVersions:
    """The versions, and what is otherwise in ``new`` than in ``old``; both None where there is one version only."""

    case: ShownCase
    rows: list[VersionRow]
    changed_since: bool
    old: int | None
    new: int | None
    texts: list[Change]
    lines: list[Difference]

    def name_of(self, number: int | None) -> str:
        """What a version is called."""
        return _("as it stands now") if number == NOW else _("version %(number)s", number=number)


def shown_versions(code: str) -> ShownVersions:
    """The versions of the decision of this code, or 404; ``?old=`` and ``?new=`` say which are compared."""
    session, shown = db.session(), shown_case(code, "award_issuance")
    case = shown.page.case
    rows = version_rows(session, case)
    facts = {row.number: version_facts(session, case, row.number) or {} for row in rows}
    decision = decision_of(session, case)
    if rows and decision.number is not None:
        facts[NOW] = printed_decision(session, decision, current_app.config["SETTINGS"].public_url)
    order = [*(row.number for row in rows), *([NOW] if NOW in facts else [])]
    old, new = _asked(order)
    texts = list(_texts(facts[old], facts[new])) if old is not None and new is not None else []
    found = (
        row_differences(rows_of(facts[old]), rows_of(facts[new]))
        if old is not None and new is not None
        else []
    )
    return ShownVersions(shown, rows, NOW in facts, old, new, texts, found)


def _asked(order: list[int]) -> tuple[int | None, int | None]:
    """The two versions the address asks for; by default the newest and the one before."""
    if len(order) < 2:
        return None, None
    old, new = (request.args.get(name, type=int) for name in ("old", "new"))
    if old is None and new is None:
        return order[-2], order[-1]
    if old not in order or new not in order:
        abort(404)
    return old, new


def _texts(old: Mapping[str, Any], new: Mapping[str, Any]) -> Iterator[Change]:
    """The parts of the text that differ, in the order of the paper."""
    was, now = _told(old), _told(new)
    for name in dict.fromkeys([*now, *was]):
        if was.get(name, "") != now.get(name, ""):
            yield Change(name, tuple(parts(was.get(name, ""), now.get(name, ""))))


def _told(facts: Mapping[str, Any]) -> dict[str, str]:
    """The text of a version, part by part; articles by what they are about, as their numbers move."""
    letterhead, signature, more = facts["letterhead"], facts["signature"], facts["blocks"]["more"]
    found = articles(*(facts[name] for name in ("blocks", "acts", "reason", "fund", "groups")))
    total = sum(line["prize"] for group in facts["groups"] for line in group["lines"])
    names = [
        _("What is awarded"),
        *([_("Prize money")] if total else []),
        *(_("Further article %(number)s", number=at) for at in range(1, len(more) + 1)),
        _("Effect and execution"),
    ]
    return {
        _("Number"): f"{letterhead['number']}/{letterhead['symbol']}" if letterhead["number"] else "",
        _("Abstract"): facts["abstract"],
        _("Bases"): "\n".join(facts["bases"]),
        **{name: "\n".join(lines) for name, lines in zip(names, found, strict=True)},
        _("Recipients"): "\n".join(facts["recipients"]),
        _("Signed by"): " ".join(
            filter(None, [*signature["lead"], signature["position"], signature["name"]])
        ),
        _("Sum"): money(total),
        _("Order of the list"): _("by strand")
        if facts.get("grouping") == "strand"
        else _("by award and kind"),
    }

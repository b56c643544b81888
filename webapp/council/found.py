"""What each level found about a nominee, as lines to read."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from flask_babel import LazyString
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from webapp.i18n import content
from webapp.queries.appraisal_words import appraisal_clauses
from webapp.queries.findings import Finding
from webapp.ui.formats import day

Data = Mapping[str, Any]

TITLES: dict[str, LazyString] = {
    "record_meeting": _l("Meeting of the people"),
    "conclude_commune_council": _l("Council of the commune or unit"),
    "post_publicly": _l("Public posting"),
    "conclude_posting": _l("After the posting"),
    "give_opinion": _l("Opinion asked for"),
    "appraise": _l("Appraisal"),
    "review_appraisal": _l("Appraisal reviewed"),
    "appraise_at_province": _l("Appraisal at the province"),
    "review_at_province": _l("Appraisal at the province reviewed"),
}
DECISIONS = {
    "agree": "Nhất trí",
    "approve": "Phê duyệt",
    "ask_opinions": "Lấy ý kiến cơ quan liên quan",
    "clear": "Đủ điều kiện trình cấp trên",
    "disagree": "Không nhất trí",
    "eligible": "Đủ điều kiện trình",
    "no_comment": "Không có ý kiến",
    "return": "Trả lại để hoàn thiện",
    "supplement": "Yêu cầu bổ sung",
}
"""Decisions as the forms name them; one that refuses ends a nomination, so the council never reads it."""

PASSING = frozenset({"post_publicly", "review_appraisal", "review_at_province"})
"""Steps that find nothing of their own."""

WORDS = ("appraisal", "opinions", "reason", "return_reason", "supplement_text", "question", "remarks")
"""What was written by hand, in the order it is read."""


@dataclass(frozen=True)
class ShownFinding:
    """One step of the assessment: facts as short sentences, then what was written.

    ``by`` is the body that was asked for an opinion (``body``), else who did it.
    """

    title: str
    by: str
    at: dt.datetime
    facts: tuple[str, ...]
    words: tuple[str, ...]
    body: bool

    @property
    def line(self) -> str:
        """All of it in one line; an opinion names the body that gave it."""
        title = f"{self.title} ({self.by})" if self.body else self.title
        return f"{title}: {' '.join((*self.facts, *self.words))}"


def shown_findings(found: Iterable[Finding]) -> tuple[ShownFinding, ...]:
    """Findings in the order they were made."""
    return tuple(
        ShownFinding(
            title=str(TITLES[each.kind]),
            by=content(each.unit) if each.kind == "give_opinion" and each.unit else each.person,
            at=each.at,
            facts=tuple(_facts(each)),
            words=tuple(str(each.data[name]) for name in WORDS if each.data.get(name)),
            body=each.kind == "give_opinion" and bool(each.unit),
        )
        for each in found
    )


def _facts(finding: Finding) -> list[str]:
    facts = FACTS.get(finding.kind, _decision)
    return facts(finding.data)


def _decision(data: Data) -> list[str]:
    decision = data.get("decision")
    told = [f"{content(DECISIONS[decision])}."] if decision in DECISIONS else []
    return [*told, *(f"{clause}." for clause in appraisal_clauses(data))]


def _meeting(data: Data) -> list[str]:
    return [_("%(agreed)s of %(present)s people present agreed; %(invited)s were invited.", **_counts(data))]


def _commune_council(data: Data) -> list[str]:
    return [_("%(agreed)s of %(members)s members agreed; %(present)s were present.", **_counts(data))]


def _posted(data: Data) -> list[str]:
    return [
        _("Posted from %(day)s: %(place)s.", day=_day(data["posted_from"]), place=data["place"].rstrip("."))
    ]


def _after_posting(data: Data) -> list[str]:
    """Objections without who sent them: some have asked for that."""
    told = [
        _(
            "Objection of %(day)s: %(content)s Answer: %(handling)s",
            day=_day(row["received_on"]),
            content=row["content"],
            handling=row.get("handling", "–"),
        )
        for row in data.get("objections", ())
    ]
    return told or [_("Nobody objected.")]


def _opinion(data: Data) -> list[str]:
    told = _decision(data)
    if number := data.get("document_number"):
        told.append(_("Document no. %(number)s.", number=number))
    return told


def _counts(data: Data) -> dict[str, Any]:
    return {name: data.get(name, "–") for name in ("agreed", "present", "invited", "members")}


def _day(text: str) -> str:
    return day(dt.date.fromisoformat(text))


FACTS: dict[str, Callable[[Data], list[str]]] = {
    "record_meeting": _meeting,
    "conclude_commune_council": _commune_council,
    "post_publicly": _posted,
    "conclude_posting": _after_posting,
    "give_opinion": _opinion,
}

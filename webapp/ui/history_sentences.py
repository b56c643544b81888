"""Sentences on past awards, eligibility and delegations, for the history of a case and the audit log."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping

from flask_babel import gettext as _
from flask_babel import ngettext

from webapp.i18n import content
from webapp.queries.history import Line
from webapp.ui.bulk_sentences import BULK
from webapp.ui.case_states import suspension_kind
from webapp.ui.delegation_words import SENTENCES
from webapp.ui.formats import day
from webapp.ui.inspection_sentences import INSPECTIONS
from webapp.ui.people_sentences import given_reason, who
from webapp.ui.proof_sentences import PROOF


def _imported(line: Line) -> str:
    return ngettext(
        "%(who)s took over a list with %(num)s award.",
        "%(who)s took over a list with %(num)s awards.",
        line.event.fields["rows"],
        who=who(line),
    )


def _taken_back(line: Line) -> str:
    return ngettext(
        "%(who)s took back a list with %(num)s award.",
        "%(who)s took back a list with %(num)s awards.",
        line.event.fields["rows"],
        who=who(line),
    )


def _judged(line: Line) -> str:
    if line.event.fields["same"]:
        told = _("%(who)s found that a past award is that of the same person.", who=who(line))
    else:
        told = _("%(who)s found that a past award is that of another person.", who=who(line))
    return told + given_reason(line)


def _checked(line: Line) -> str:
    fields = line.event.fields
    told = ngettext(
        "The conditions of %(num)s dossier were checked",
        "The conditions of %(num)s dossiers were checked",
        fields["checked"],
    )
    if not fields["findings"]:
        return _("%(told)s: all met.", told=told)
    found = ngettext("%(num)s to be looked at", "%(num)s to be looked at", len(fields["findings"]))
    return f"{told}: {found}."


def _suspended(line: Line) -> str:
    fields = line.event.fields
    private = line.event.private
    by = private.get("ordered_by", "") if isinstance(private, Mapping) else ""
    return _(
        "Suspended for: %(kind)s; ordered by %(by)s, paper %(paper)s of %(day)s; to be reviewed by %(review)s.",
        kind=suspension_kind(fields["kind"]),
        by=by or "–",
        paper=fields["paper"],
        day=_day(line, "paper_date"),
        review=_day(line, "review_date"),
    )


def _day(line: Line, field: str) -> str:
    return day(dt.date.fromisoformat(line.event.fields[field]))


def _remark_written(line: Line) -> str:
    if line.event.fields["side"] == "internal":
        return _("%(who)s wrote an internal remark.", who=who(line))
    return _("%(who)s wrote a remark that the submitting unit reads, too.", who=who(line))


HISTORY: dict[str, Callable[[Line], str]] = {
    "remark_written": _remark_written,
    "remark_withdrawn": lambda line: _("%(who)s took a remark back.", who=who(line)),
    **SENTENCES,
    "awards_imported": _imported,
    "awards_taken_back": _taken_back,
    "history_filled": lambda line: ngettext(
        "%(num)s award from before the history was entered in it.",
        "%(num)s awards from before the history were entered in it.",
        line.event.fields["rows"],
    ),
    "same_person_judged": _judged,
    "eligibility_checked": _checked,
    "rows_imported": lambda line: ngettext(
        "%(who)s sent a list with %(num)s row.",
        "%(who)s sent a list with %(num)s rows.",
        line.event.fields["rows"],
        who=who(line),
    ),
    "rows_import_ended": lambda line: _(
        "A list has ended: %(opened)s opened, %(failed)s failed.",
        opened=line.event.fields["opened"],
        failed=line.event.fields["failed"],
    ),
    "list_exported": lambda line: ngettext(
        "%(who)s took a list of %(num)s row as a file.",
        "%(who)s took a list of %(num)s rows as a file.",
        line.event.fields["rows"],
        who=who(line),
    ),
    "inbox_reviewed": lambda line: _(
        "%(who)s looked at the tasks that %(person)s had on %(day)s.",
        who=who(line),
        person=line.person,
        day=day(dt.date.fromisoformat(line.event.fields["seen_date"])),
    ),
    **INSPECTIONS,
    **PROOF,
    "sample_drawn": lambda line: _(
        "%(who)s drew %(size)s of %(of)s cases at random.",
        who=who(line),
        size=line.event.fields["size"],
        of=line.event.fields["of"],
    ),
    "event_log_exported": lambda line: _(
        "%(who)s exported %(events)s events of %(cases)s cases for process mining (%(form)s).",
        who=who(line),
        events=line.event.fields["events"],
        cases=line.event.fields["cases"],
        form=line.event.fields["form"].upper(),
    ),
    "bundle_exported": lambda line: ngettext(
        "%(who)s took the evidence of %(num)s case as a signed file (%(of)s).",
        "%(who)s took the evidence of %(num)s cases as a signed file (%(of)s).",
        line.event.fields["cases"],
        who=who(line),
        of=line.event.fields["of"],
    ),
    **BULK,
    "nomination_escalated": lambda line: (
        _("%(who)s proposed it for “%(award)s”.", who=who(line), award=content(line.event.fields["name"]))
        + given_reason(line)
    ),
    "suspension_ordered": _suspended,
    "suspension_review_moved": lambda line: (
        _(
            "%(who)s moved the day of review from %(before)s to %(day)s.",
            who=who(line),
            before=_day(line, "before_date"),
            day=_day(line, "review_date"),
        )
        + given_reason(line)
    ),
    "follow_code_made": lambda line: _("%(who)s made a new code to follow it by.", who=who(line)),
    "follow_code_withdrawn": lambda line: _("%(who)s withdrew the code to follow it by.", who=who(line)),
    "deadline_moved": lambda line: (
        _(
            "%(who)s moved the deadline of “%(task)s” from %(before)s to %(day)s.",
            who=who(line),
            task=content(line.task),
            before=_day(line, "before_date"),
            day=_day(line, "after_date"),
        )
        + given_reason(line)
    ),
    "suspension_review_due": lambda line: _(
        "The day of review has come: %(day)s.", day=_day(line, "review_date")
    ),
    "warning_overridden": lambda line: (
        _("%(who)s let a warning of a condition pass.", who=who(line)) + given_reason(line)
    ),
}

"""Events of what follows an award as plain sentences."""

import datetime as dt
from collections.abc import Callable

from flask_babel import gettext as _
from flask_babel import ngettext

from webapp.queries.history import Line
from webapp.ui.formats import day, money
from webapp.ui.people_sentences import who


def _payees_entered(line: Line) -> str:
    return ngettext(
        "%(actor)s entered who receives the prize money of %(num)s award.",
        "%(actor)s entered who receives the prize money of %(num)s awards.",
        line.event.fields["count"],
        actor=who(line),
    )


def _payees_erased(line: Line) -> str:
    return ngettext(
        "Identity number and account of %(num)s payee were erased; the time they are kept is over.",
        "Identity numbers and accounts of %(num)s payees were erased; the time they are kept is over.",
        line.event.fields["count"],
    )


def _prizes_paid(line: Line) -> str:
    fields = line.event.fields
    return ngettext(
        "%(actor)s noted the prize money of %(num)s award as paid on %(day)s: %(total)s.",
        "%(actor)s noted the prize money of %(num)s awards as paid on %(day)s: %(total)s.",
        len(fields["awards"]),
        actor=who(line),
        day=day(dt.date.fromisoformat(fields["paid_date"])),
        total=money(fields["total"]),
    )


def _payment_undone(line: Line) -> str:
    return _(
        "%(actor)s took back a payment of %(amount)s that was entered by mistake.",
        actor=who(line),
        amount=money(line.event.fields["amount"]),
    )


def _fund_set(line: Line) -> str:
    fields = line.event.fields
    return _(
        "%(actor)s entered the estimate of the fund for %(year)s: %(amount)s, by paper %(paper)s.",
        actor=who(line),
        year=fields["year"],
        amount=money(fields["estimate"]),
        paper=fields["paper"],
    )


def _publication_agreed(line: Line) -> str:
    return ngettext(
        "%(actor)s noted the consent to show %(num)s award to everybody until %(day)s.",
        "%(actor)s noted the consent to show %(num)s awards to everybody until %(day)s.",
        len(line.event.fields["awards"]),
        actor=who(line),
        day=day(dt.date.fromisoformat(line.event.fields["until_date"])),
    )


def _publication_ended(line: Line) -> str:
    return _("%(actor)s took an award off the public page.", actor=who(line))


def _award_notices_sent(line: Line) -> str:
    count = line.event.fields["count"]
    if line.event.fields["again"]:
        return ngettext(
            "The people of %(num)s award were reminded to come for it.",
            "The people of %(num)s awards were reminded to come for them.",
            count,
        )
    return ngettext(
        "The people of %(num)s award were told to come for it.",
        "The people of %(num)s awards were told to come for them.",
        count,
    )


def _file_archived(line: Line) -> str:
    until = line.event.fields["until_date"]
    if not until:
        return _("%(actor)s closed the file for the archive; it is kept for ever.", actor=who(line))
    return _(
        "%(actor)s closed the file for the archive; it is kept until %(day)s.",
        actor=who(line),
        day=day(dt.date.fromisoformat(until)),
    )


AFTER: dict[str, Callable[[Line], str]] = {
    "payees_entered": _payees_entered,
    "payees_erased": _payees_erased,
    "prizes_paid": _prizes_paid,
    "payment_undone": _payment_undone,
    "fund_set": _fund_set,
    "publication_agreed": _publication_agreed,
    "publication_ended": _publication_ended,
    "award_notices_sent": _award_notices_sent,
    "file_archived": _file_archived,
}

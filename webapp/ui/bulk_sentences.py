"""Sentences on acts on many tasks at once, on tasks given to somebody and on decisions undone."""

from __future__ import annotations

from collections.abc import Callable

from flask_babel import gettext as _
from flask_babel import ngettext

from webapp.i18n import content
from webapp.queries.history import Line
from webapp.ui.people_sentences import who


def _task(line: Line) -> str:
    return content(line.task) or str(line.event.fields["element"])


BULK: dict[str, Callable[[Line], str]] = {
    "bulk_begun": lambda line: ngettext(
        "%(who)s began an act on %(num)s task.",
        "%(who)s began an act on %(num)s tasks.",
        line.event.fields["tasks"],
        who=who(line),
    ),
    "bulk_ended": lambda line: _(
        "An act on many tasks has ended: %(done)s done, %(failed)s failed.",
        done=line.event.fields["done"],
        failed=line.event.fields["failed"],
    ),
    "task_assigned": lambda line: _(
        "%(who)s gave “%(task)s” to %(person)s.", who=who(line), task=_task(line), person=line.person
    ),
    "decision_undone": lambda line: _(
        "%(who)s undid “%(task)s”; it is to be decided anew.", who=who(line), task=_task(line)
    ),
}

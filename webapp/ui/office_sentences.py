"""Events of transfers of office and of changes of units as plain sentences, with those of people and roles."""

import datetime as dt
from collections.abc import Callable

from flask_babel import gettext as _
from flask_babel import ngettext

from webapp.i18n import content
from webapp.queries.history import Line
from webapp.ui.formats import day
from webapp.ui.people_sentences import PEOPLE, who


def _day(line: Line, field: str = "from_date") -> str:
    return day(dt.date.fromisoformat(line.event.fields[field]))


def _names(line: Line) -> dict[str, str]:
    return {
        "who": who(line),
        "person": line.person or str(line.event.fields.get("person", "")),
        "taker": line.taker,
        "unit": content(line.unit) or str(line.event.fields.get("unit", "")),
    }


def _office(line: Line) -> str:
    return _(
        "%(who)s let %(person)s hand over their work to %(taker)s from %(day)s.",
        day=_day(line),
        **_names(line),
    )


def _task(line: Line) -> str:
    task = content(line.task) or str(line.event.fields["element"])
    if line.event.fields["taker"]:
        return _("“%(task)s” went from %(person)s to %(taker)s.", task=task, **_names(line))
    return _("“%(task)s” went from %(person)s to the officers of the unit.", task=task, **_names(line))


def _case(line: Line) -> str:
    if line.event.fields["taker"]:
        return _("%(taker)s looks after this instead of %(person)s.", **_names(line))
    return _("The officers of the unit look after this instead of %(person)s.", **_names(line))


def _unit(text: Callable[..., str], field: str = "from_date") -> Callable[[Line], str]:
    return lambda line: text(day=_day(line, field), **_names(line))


def _renamed(line: Line) -> str:
    before, after = str(line.event.fields.get("before", "")), str(line.event.fields.get("after", ""))
    if not before:
        return _("%(who)s gave a unit the name %(unit)s from %(day)s.", day=_day(line), **_names(line))
    names = {"before": content(before), "after": content(after), "day": _day(line)}
    return _("%(who)s renamed the unit “%(before)s” to “%(after)s” from %(day)s.", who=who(line), **names)


def _calendar(text: Callable[..., str]) -> Callable[[Line], str]:
    """A sentence on a day of the working calendar: in which unit, a day off or a working day."""

    def told(line: Line) -> str:
        kind = _("a day off") if line.event.fields["kind"] == "off" else _("a working day")
        return text(day=_day(line, "on_date"), kind=kind, **_names(line))

    return told


def _migrated(line: Line) -> str:
    at = line.event.fields
    if not at["before"]:
        return _("The database was made, at revision %(after)s.", after=at["after"])
    return _(
        "The database was migrated from revision %(before)s to %(after)s.",
        before=at["before"],
        after=at["after"],
    )


OFFICES: dict[str, Callable[[Line], str]] = {
    **PEOPLE,
    "schema_migrated": _migrated,
    "office_day_set": _calendar(lambda **names: _("%(who)s made %(day)s %(kind)s in %(unit)s.", **names)),
    "office_day_taken": _calendar(
        lambda **names: _("%(who)s took it back that %(day)s is %(kind)s in %(unit)s.", **names)
    ),
    "people_imported": lambda line: ngettext(
        "%(who)s took over a list of %(num)s person from a file.",
        "%(who)s took over a list of %(num)s people from a file.",
        line.event.fields["people"],
        who=who(line),
    ),
    "office_handed_over": _office,
    "task_handed_over": _task,
    "case_handed_over": _case,
    "unit_added": _unit(lambda **names: _("%(who)s entered the unit %(unit)s from %(day)s.", **names)),
    "unit_renamed": _renamed,
    "unit_closed": _unit(
        lambda **names: _("%(who)s closed the unit %(unit)s with %(day)s.", **names), "to_date"
    ),
    "units_merged": _unit(lambda **names: _("%(who)s merged units into %(unit)s from %(day)s.", **names)),
    "unit_split": _unit(lambda **names: _("%(who)s split the unit %(unit)s from %(day)s.", **names)),
    "cases_move_begun": lambda line: ngettext(
        "%(num)s dossier begins to go over after a change of units.",
        "%(num)s dossiers begin to go over after a change of units.",
        line.event.fields["cases"],
    ),
    "cases_move_ended": lambda line: _(
        "Dossiers have gone over after a change of units: %(moved)s gone over, %(failed)s failed.",
        moved=line.event.fields["moved"],
        failed=line.event.fields["failed"],
    ),
    "case_moved": lambda line: _("This went on at %(unit)s, after a change of units.", **_names(line)),
}

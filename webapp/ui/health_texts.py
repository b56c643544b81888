"""The health of the installation in words."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from flask_babel import gettext as _
from flask_babel import ngettext

from webapp.queries.health import Check
from webapp.ui.formats import number
from webapp.ui.proof_words import WAYS

DATABASES = {"sqlite": "SQLite", "postgresql": "PostgreSQL"}
MINUTE = 60
GIBI = 2**30


def title(check: Check) -> str:
    """What was checked."""
    return TEXTS[check.code][0]()


def text(check: Check) -> str:
    """How it is, and what to do where it is not well."""
    return TEXTS[check.code][1](check.facts)


def _database(facts: Mapping[str, Any]) -> str:
    if "fault" in facts:
        return _("It does not answer. Look at its own log and at DATABASE_URL.")
    return _("It answers (%(kind)s).", kind=DATABASES.get(facts["kind"], facts["kind"]))


def _migrations(facts: Mapping[str, Any]) -> str:
    if facts["current"] == facts["head"]:
        return _("Its tables are those of this version (%(head)s).", head=facts["head"])
    return _(
        "Its tables are those of another version (%(current)s, this one has %(head)s): run “flask db upgrade”.",
        current=facts["current"] or "–",
        head=facts["head"],
    )


def _guards(facts: Mapping[str, Any]) -> str:
    if not facts["missing"]:
        return _("They refuse every change of what is written.")
    return _(
        "Missing: %(names)s. Events could be changed without a refusal; find out who removed them and"
        " run “flask audit verify”.",
        names=", ".join(facts["missing"]),
    )


def _worker(facts: Mapping[str, Any]) -> str:
    seconds = facts["seconds"]
    if seconds is None:
        return _("It has never given a sign of life. Reminders and papers wait for it.")
    if seconds < MINUTE:
        return ngettext(
            "Last sign of life %(num)s second ago.", "Last sign of life %(num)s seconds ago.", seconds
        )
    minutes = round(seconds / MINUTE)
    return ngettext(
        "Last sign of life %(num)s minute ago.", "Last sign of life %(num)s minutes ago.", minutes
    )


def _outbox(facts: Mapping[str, Any]) -> str:
    return _(
        "%(pending)s to be done, %(held)s waiting for their receiver, %(late)s late, %(retried)s tried "
        "again and again, %(failed)s failed.",
        pending=number(facts["pending"] + facts["leased"]),
        held=number(facts["held"]),
        late=number(facts["late"]),
        retried=number(facts["retried"]),
        failed=number(facts["failed"]),
    )


def _stuck(facts: Mapping[str, Any]) -> str:
    if not facts["cases"]:
        return _("Each has a task, a date or a message it waits for.")
    return ngettext(
        "%(num)s waits for nothing, or work for it has failed. See “Stuck cases” in the administration.",
        "%(num)s wait for nothing, or work for them has failed. See “Stuck cases” in the administration.",
        facts["cases"],
    )


def _self_test(facts: Mapping[str, Any]) -> str:
    hours = facts["hours"]
    if hours is None:
        return _("It has not been run yet; the worker runs it once a night.")
    ran = ngettext("Last run %(num)s hour ago.", "Last run %(num)s hours ago.", hours)
    if facts["faults"]:
        ran += " " + ngettext(
            "In the record itself %(num)s thing does not hold: run “flask audit verify”.",
            "In the record itself %(num)s things do not hold: run “flask audit verify”.",
            facts["faults"],
        )
    if facts["missed"]:
        names = "; ".join(str(WAYS[name][0]) for name in facts["missed"])
        return ran + " " + _("Not found: %(names)s.", names=names)
    return ran + " " + _("Every way to falsify was found.")


def _disk(facts: Mapping[str, Any]) -> str:
    free, total = (f"{number(facts[name] / GIBI, 1)}\N{NO-BREAK SPACE}GB" for name in ("free", "total"))
    return _("%(free)s free of %(total)s.", free=free, total=total)


TEXTS: dict[str, tuple[Callable[[], str], Callable[[Mapping[str, Any]], str]]] = {
    "database": (lambda: _("Database"), _database),
    "migrations": (lambda: _("Migrations"), _migrations),
    "guards": (lambda: _("Guards of the log"), _guards),
    "worker": (lambda: _("Background worker"), _worker),
    "outbox": (lambda: _("Background work"), _outbox),
    "stuck": (lambda: _("Cases under way"), _stuck),
    "self_test": (lambda: _("Self-test of the proof"), _self_test),
    "disk": (lambda: _("Disk"), _disk),
}

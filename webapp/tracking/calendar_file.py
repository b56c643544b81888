"""The reader's own deadlines as a file other calendars read (iCalendar, RFC 5545)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable

from flask import Response, url_for
from flask_babel import gettext as _
from icalendar import Calendar, Event

from webapp.extensions import db
from webapp.i18n import content, language
from webapp.queries.deadline_calendar import DueTask, due_tasks
from webapp.ui.access import standing
from webapp.ui.clock import business_now, today
from workflows.values import local_day

DAY = dt.timedelta(days=1)
REACH = 366 * DAY
"""What is due so long before and after today is in the file."""


def calendar_file() -> Response:
    """The open tasks of the reader with a deadline, one event on each day: no names of nominees leave the house."""
    tasks = due_tasks(db.session(), standing(), today() - REACH, today() + REACH, own=True)
    headers = {"Content-Disposition": f"attachment; filename=deadlines-{today().isoformat()}.ics"}
    return Response(_calendar(tasks).to_ical(), mimetype="text/calendar", headers=headers)


def _calendar(tasks: Iterable[DueTask]) -> Calendar:
    found = Calendar()
    found.add("prodid", f"-//thidua//deadlines//{language().upper()}")
    found.add("version", "2.0")
    found.add("x-wr-calname", _("Deadlines of my tasks"))
    for task in tasks:
        found.add_component(_event(task))
    return found


def _event(task: DueTask) -> Event:
    """A task on the whole of the day with which its deadline ends; taken in again, it stands where it was moved to."""
    day, url = local_day(task.due), url_for("inbox.show_task", task_id=task.public_id, _external=True)
    event = Event()
    event.add("uid", f"{task.public_id}@thidua")
    event.add("dtstamp", business_now().astimezone(dt.UTC))
    event.add("dtstart", day)
    event.add("dtend", day + DAY)
    event.add("summary", f"{content(task.name)} – {task.code}")
    event.add("description", "\n".join(filter(None, (content(task.unit or ""), url))))
    event.add("url", url)
    event.add("transp", "TRANSPARENT")
    return event

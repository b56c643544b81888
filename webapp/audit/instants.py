"""The past as its page draws it: what an address asks for, and the inbox or the table of that moment."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Mapping
from dataclasses import dataclass

from flask_babel import gettext as _
from sqlalchemy import ColumnElement
from sqlalchemy.orm import Session

from webapp.models import Campaign, Person
from webapp.operations.access import record_access
from webapp.queries.as_of import Span
from webapp.queries.audit import CaseChoices, case_choices
from webapp.queries.audited_people import FoundPerson, people_called, person_of
from webapp.queries.inbox_as_of import InboxThen, inbox_then
from webapp.queries.standing import Standing
from webapp.queries.tracking_as_of import TrackingThen, WantedThen, in_unit, tracking_then
from webapp.ui.acting import actor_and_now
from webapp.ui.formats import day, instant, zone
from webapp.ui.listing import Listing, listing
from webapp.ui.numbers import ISO_DAY, read_day
from workflows.inspection_events import InboxReviewed

FILTERS = ("day", "time", "person", "campaign", "unit", "phase")
TIME = re.compile(r"(\d{1,2})(?:[hg]|[:hg](\d{2})(?::(\d{2}))?)?", re.ASCII)
FIRST_DAY = "1900-01-01"
"""Nothing is older; at the beginning of the calendar an instant cannot be counted in another time zone."""
A_DAY = dt.timedelta(days=1)
A_TICK = dt.timedelta(microseconds=1)


@dataclass(frozen=True)
class Moment:
    """The span an address asks for. ``whole``: a day is meant and no instant; ``faults``: what could not be read."""

    span: Span
    whole: bool
    faults: Mapping[str, str]

    @property
    def at(self) -> dt.datetime:
        """The instant that a table shows: of a day its end."""
        return self.span.last

    @property
    def text(self) -> str:
        return day(self.span.first) if self.whole else instant(self.at)


@dataclass(frozen=True)
class ShownMoment:
    """The page: an inbox when a person is asked for and found, people to choose from when several fit, else the table
    of nominations."""

    asked: Listing
    moment: Moment
    choices: CaseChoices
    inbox: InboxThen | None = None
    people: tuple[FoundPerson, ...] | None = None
    tracking: TrackingThen | None = None


def shown_moment(session: Session, standing: Standing, now: dt.datetime) -> ShownMoment:
    """What the address of this request asks for; without a day, of today."""
    asked = listing(FILTERS)
    moment = moment_of(asked["day"], asked["time"], now)
    choices = case_choices(session, standing, "")
    if asked["person"]:
        found = _person(session, standing, asked["person"])
        if not isinstance(found, Person):
            return ShownMoment(asked, moment, choices, people=found)
        inbox = inbox_then(session, standing, found, moment.span, _narrower(asked), asked.page)
        return ShownMoment(asked, moment, choices, inbox=inbox)
    wanted = WantedThen(asked["campaign"], asked["unit"], asked["phase"], asked.page)
    return ShownMoment(asked, moment, choices, tracking=tracking_then(session, standing, wanted, moment.at))


def note_inbox(shown: ShownMoment) -> None:
    """Note that somebody's past tasks were looked at."""
    if shown.inbox is None:
        return
    actor, now = actor_and_now()
    reviewed = InboxReviewed(
        person=shown.inbox.person.public_id, seen_date=shown.moment.at.astimezone(zone()).date().isoformat()
    )
    record_access(reviewed, actor=actor, now=now)


def _person(session: Session, standing: Standing, asked: str) -> Person | tuple[FoundPerson, ...]:
    if exact := person_of(session, standing, asked):
        return exact
    people = tuple(people_called(session, standing, asked))
    only = person_of(session, standing, people[0].public_id) if len(people) == 1 else None
    return only or people


def _narrower(asked: Listing) -> list[ColumnElement[bool]]:
    """Conditions on the campaign and the unit of a case, by their codes."""
    conditions: list[ColumnElement[bool]] = []
    if asked["campaign"]:
        conditions.append(Campaign.code == asked["campaign"])
    if asked["unit"]:
        conditions.append(in_unit(asked["unit"]))
    return conditions


def moment_of(typed_day: str, typed_time: str, now: dt.datetime) -> Moment:
    """The moment that was typed: a day, or an instant of a day; what cannot be read is today, and is told.

    What lies ahead ends now: nobody can see what is still to come.
    """
    faults = {}
    date = now.astimezone(zone()).date()
    if typed_day:
        read = read_day(typed_day)
        if ISO_DAY.fullmatch(read) and read >= FIRST_DAY:
            date = dt.date.fromisoformat(read)
        else:
            faults["day"] = _("“%(typed)s” is no day; write it like 31/12/2019.", typed=typed_day)
    begin = dt.datetime.combine(date, dt.time(), zone())
    if begin > now:
        faults["day"] = _("%(day)s has not come yet; this is what stands now.", day=day(date))
        begin = now
    time = _time(typed_time) if typed_time else None
    if typed_time and time is None:
        faults["time"] = _("“%(typed)s” is no time of day; write it like 14:30.", typed=typed_time)
    if time is None:
        return Moment(Span(begin, min(begin + A_DAY - A_TICK, now)), True, faults)
    at = min(dt.datetime.combine(date, time, zone()), now)
    return Moment(Span(at, at), False, faults)


def _time(typed: str) -> dt.time | None:
    found = TIME.fullmatch(typed)
    if found is None:
        return None
    hour, minute, second = map(int, found.groups(default="0"))
    try:
        return dt.time(hour, minute, second)
    except ValueError:
        return None


def address_of(at: dt.datetime) -> dict[str, str]:
    """Day and time of an instant as the page reads them, to the second."""
    local = at.astimezone(zone())
    return {"day": local.date().isoformat(), "time": local.strftime("%H:%M:%S")}

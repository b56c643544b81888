"""The two clocks as pages read them, once in a request: business time for deadlines, wall time for sign-in."""

import datetime as dt

from flask import Flask, current_app, g

from webapp.clock import mark_of, now
from webapp.extensions import db
from webapp.operations.acting import Now


def init_app(app: Flask) -> None:
    """Let templates ask for the business instant, and for the mark of the clock they show."""
    app.jinja_env.globals.update(business_now=business_now, clock_mark=lambda: mark_of(db.session()))


def request_now() -> Now:
    """This instant on both clocks; the same during one request."""
    if "now" not in g:
        g.now = now(db.session())
    found: Now = g.now
    return found


def business_now() -> dt.datetime:
    """The instant deadlines are measured against; the demo shifts it."""
    return request_now().at


def wall_now() -> dt.datetime:
    """The instant it really is, in UTC."""
    return request_now().wall


def today() -> dt.date:
    """The business day in the office's time zone."""
    return business_now().astimezone(current_app.config["SETTINGS"].zone).date()

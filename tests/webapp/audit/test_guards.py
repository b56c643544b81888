"""A process that begins to serve looks at the guards of the log."""

import logging

from webapp import create_app


def test_lost_guards_are_warned_of_once(app, settings, forge, caplog):
    forge()
    fresh = create_app(settings)
    client = fresh.test_client()
    with caplog.at_level(logging.CRITICAL):
        client.get("/sign-in")
        client.get("/sign-in")
    (warning,) = [record.getMessage() for record in caplog.records if "NOT GUARDED" in record.getMessage()]
    assert "event_no_delete, event_no_replace" in warning


def test_present_guards_are_not_spoken_of(app, settings, caplog):
    with caplog.at_level(logging.WARNING):
        create_app(settings).test_client().get("/sign-in")
    assert "GUARD" not in caplog.text

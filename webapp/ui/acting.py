"""The two arguments every operation gets from a request: who acts, and when."""

from dataclasses import replace

from flask import g

from webapp.operations.acting import Actor, Now
from webapp.ui.access import person
from webapp.ui.clock import request_now


def actor_and_now() -> tuple[Actor, Now]:
    """The person signed in or of the token, and this instant on both clocks. Raises 401 for a visitor."""
    return replace(Actor.of(person()), alone="bearer" in g), request_now()

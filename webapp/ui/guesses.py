"""Passwords asked for again, as a signature, are not there to be guessed: ten wrong ones close the way for a while."""

from collections.abc import Iterable

from flask import g
from flask_login import current_user
from werkzeug.wrappers import Response

from webapp.extensions import limiter
from workflows.forms import Fault

GUESSED = frozenset({"wrong_password", "key_wrong_secret"})


def note_guesses(faults: Iterable[Fault]) -> None:
    """Remember for the end of this request that a password, or what opens a key, was wrong."""
    if any(fault.code in GUESSED for fault in faults):
        g.guessed = True


def _guessed(_response: Response) -> bool:
    return bool(g.get("guessed"))


limit_guesses = limiter.shared_limit(
    "10 per 5 minutes",
    scope="signature",
    key_func=lambda: str(current_user.get_id()),
    deduct_when=_guessed,
)
"""For every way, page or API, on which a task is completed: one count a person in each web process."""

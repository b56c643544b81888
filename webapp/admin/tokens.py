"""A personal token as it is asked for: made here, shown once, kept as a digest."""

from __future__ import annotations

import secrets
from dataclasses import dataclass

from flask import request
from flask_babel import gettext as _

from webapp.operations.tokens import add_token
from webapp.text import nfc
from webapp.ui.access import person
from webapp.ui.acting import actor_and_now

LONGEST_LABEL = 120
SPANS = (30, 90, 365, 0)
"""How many days a token may be good; 0: until it is revoked."""


@dataclass(frozen=True)
class Asked:
    """What was asked for, with the fault in it if there is one, or else the new token."""

    label: str = ""
    days: int = SPANS[1]
    fault: str = ""
    plain: str = ""


def make_token() -> Asked:
    """Make the token this request asks for."""
    label, days = nfc(request.form.get("label", "")), request.form.get("days", "")
    asked = Asked(label, int(days) if days in {str(span) for span in SPANS} else SPANS[1])
    if not label or len(label) > LONGEST_LABEL:
        fault = _("Say in 1 to %(most)s letters what the token is for.", most=LONGEST_LABEL)
        return Asked(asked.label, asked.days, fault)
    plain = secrets.token_urlsafe(32)
    actor, now = actor_and_now()
    add_token(person().id, plain, label, asked.days or None, actor=actor, now=now)
    return Asked(plain=plain)

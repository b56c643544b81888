"""A key in the hand of somebody who fills a form in: opened with what they typed, it signs until it is put down."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from flask import current_app

from webapp.config import Settings
from webapp.operations.hooks import Readying
from webapp.operations.opened_keys import opened_key
from webapp.operations.refusals import InvalidForm, NotNow
from webapp.queries.signing_keys import usable_key
from workflows.forms import Fault

CHANGED = "signed_meanwhile"


@dataclass(frozen=True)
class Pen:
    """An open key, the time it writes (in the zone of the office), the service of time stamps.

    ``hand``: digest of the picture of the person's hand, where there is one.
    """

    key: str
    certificate: str
    signer: Any
    at: dt.datetime
    clock: Any
    hand: str | None

    def sign(
        self, pdf: bytes, place: str, reason: str, *, seal: float, picture: bytes | None = None
    ) -> bytes:
        """The paper signed in this place, where name and time are seen, or the ``picture`` of a seal (its width)."""
        from webapp.documents.signatures.signing import Signing, sign_visibly

        about = Signing(place, reason)
        return sign_visibly(pdf, about, self.signer, self.at, picture=picture, clock=self.clock, seal=seal)

    def number(self, pdf: bytes, place: str, reason: str, said: tuple[str, str]) -> bytes:
        """The paper signed in this place, where its number and its date are seen."""
        from webapp.documents.signatures.signing import Signing, stamped
        from webapp.documents.signatures.stamps import Stamp

        return stamped(pdf, Signing(place, reason), Stamp("number", said), self.signer, self.clock)


@contextmanager
def pen_of(readying: Readying, group: str) -> Iterator[Pen]:
    """The key that is chosen in this group of the form. Raises InvalidForm with faults at its fields, and NotNow."""
    from webapp.documents.signatures.signing import SigningRefused, clock_at

    settings: Settings = current_app.config["SETTINGS"]
    form, wall = readying.form[group], readying.now.wall
    row = usable_key(readying.session, form["key"])
    key, certificate, hand = row.public_id, row.fingerprint, row.picture
    wanted = settings.tsa_url and not form.get("unstamped")
    clock = clock_at(settings.tsa_url) if wanted else None
    with opened_key(row, form["pin"], wall, (f"/{group}/key", f"/{group}/pin")) as signer:
        try:
            yield Pen(key, certificate, signer, wall.astimezone(settings.zone), clock, hand)
        except SigningRefused as refusal:
            if refusal.code != "no_time_stamp":
                raise NotNow(CHANGED) from refusal
            raise InvalidForm([Fault(f"/{group}/unstamped", "key_no_time_stamp")]) from refusal

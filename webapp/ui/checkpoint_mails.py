"""The e-mail that carries fingerprints of checkpoints out of the reach of the machine."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from flask import current_app
from flask_babel import gettext as _

from webapp.eventlog import Recorded
from webapp.operations.mails import Letter, Written
from webapp.ui.formats import instant, number
from webapp.ui.proof_words import WHY

PAGE = "/audit/proof"


def checkpoint_mail(letter: Letter) -> Written:
    """Subject and body, in the language of now."""
    told = letter.about["checkpoints"]
    public_url = current_app.config["SETTINGS"].public_url
    parts = [
        _("Dear %(name)s,", name=letter.name) if letter.name else _("To whom it may concern,"),
        _(
            "Keep this e-mail. What stands below was signed over the record of emulation and commendation; whoever"
            " changes the record afterwards cannot make it fit any more."
        ),
        *(_one(checkpoint) for checkpoint in told),
        *_tested(letter.about["self_test"]),
        _("Public key: %(key)s", key=told[-1]["key"]),
        _("What to compare it with stands here, after signing in:") + f"\n{public_url}{PAGE}",
        "-- \n" + _("Sent by the system of emulation and commendation. Replies are not read."),
    ]
    subject = _("Fingerprint of the record, %(when)s", when=instant(told[-1]["made_at"]))
    return Written(subject, "\n\n".join(parts) + "\n")


def _tested(test: Recorded | None) -> Iterator[str]:
    """What the last self-test of the proof has found."""
    if test is None:
        return
    ways, faults = test.fields["ways"], test.fields["faults"]
    said = _(
        "Self-test of %(when)s: %(found)s of %(ways)s ways to falsify were found, %(missed)s missed.",
        when=instant(test.recorded_at),
        found=sum(each == "found" for each in ways.values()),
        ways=len(ways),
        missed=sum(each == "missed" for each in ways.values()),
    )
    yield said
    if faults:
        yield _(
            "In the record itself %(faults)s things did not hold then: ask the office.", faults=number(faults)
        )


def _one(told: Mapping[str, Any]) -> str:
    why = WHY.get(told["why"], told["why"])
    head = _(
        "Checkpoint of %(when)s (%(why)s)",
        when=instant(told["made_at"]),
        why=f"{why} {told['about']}".strip(),
    )
    covers = _(
        "%(events)s events in %(streams)s streams",
        events=number(told["events"]),
        streams=number(told["streams"]),
    )
    lines = [
        f"{head}, {covers}",
        _("Fingerprint (SHA-256): %(fingerprint)s", fingerprint=told["fingerprint"]),
        _("Signature (Ed25519): %(signature)s", signature=told["signature"]),
    ]
    return "\n".join(lines)

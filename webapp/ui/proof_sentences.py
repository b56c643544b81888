"""Sentences on the proof and its tests, for the audit log."""

from __future__ import annotations

from collections.abc import Callable

from flask_babel import gettext as _
from flask_babel import ngettext

from webapp.queries.history import Line
from webapp.queries.self_tests import passed
from webapp.queries.session_seals import short


def _self_test_run(line: Line) -> str:
    ways = line.event.fields["ways"]
    found = sum(said == "found" for said in ways.values())
    told = _(
        "The proof tested itself: %(found)s of %(ways)s ways to falsify a copy were found.",
        found=found,
        ways=len(ways),
    )
    return told if passed(line.event) else told + " " + _("The test has failed.")


PROOF: dict[str, Callable[[Line], str]] = {
    "self_test_run": _self_test_run,
    "session_sealed": lambda line: _(
        "A checkpoint was signed when the minutes were written: %(fingerprint)s.",
        fingerprint=short(line.event.fields["checkpoint"]),
    ),
    "checkpoints_mailed": lambda line: ngettext(
        "Fingerprints of checkpoints were sent to %(num)s address.",
        "Fingerprints of checkpoints were sent to %(num)s addresses.",
        line.event.fields["receivers"],
    ),
}

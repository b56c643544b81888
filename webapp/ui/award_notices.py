"""Notices of what comes after a decision has its number."""

from __future__ import annotations

from collections.abc import Callable

from flask_babel import gettext as _

AWARDS: dict[str, Callable[[str, str], str]] = {
    "award_revoked": lambda name, code: _(
        "The award of %(name)s (%(code)s) is revoked.", name=name, code=code
    ),
    "prize_return_reminder": lambda name, code: _(
        "Prize money is to be paid back soon: %(name)s (%(code)s).", name=name, code=code
    ),
    "prize_return_overdue": lambda name, code: _(
        "Prize money has not been paid back in time: %(name)s (%(code)s).", name=name, code=code
    ),
    "copies_overdue": lambda name, code: _(
        "The decision has not been sent to its recipients in time: %(name)s (%(code)s).", name=name, code=code
    ),
    "decision_sent": lambda name, code: _(
        "An award decision was sent to your unit: %(name)s (%(code)s).", name=name, code=code
    ),
    "handover_overdue": lambda name, code: _(
        "Not all awards have been handed over in time: %(name)s (%(code)s).", name=name, code=code
    ),
    "handover_reminder": lambda name, code: _(
        "The awards are to be handed over soon: %(name)s (%(code)s).", name=name, code=code
    ),
    "publication_overdue": lambda name, code: _(
        "The decision has not been published in time: %(name)s (%(code)s).", name=name, code=code
    ),
}

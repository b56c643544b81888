"""Notices that belong to no case: of drafts that an authority approves, and of delegations."""

from __future__ import annotations

from collections.abc import Callable

from flask_babel import gettext as _

from webapp.ui.delegation_words import NOTICES

OF_DELEGATIONS = tuple(NOTICES)

DRAFTS: dict[str, Callable[[str, str], str]] = {
    "mentioned": lambda name, code: _(
        "You are mentioned in the internal exchange on %(name)s (%(code)s).", name=name, code=code
    ),
    **NOTICES,
    "rule_set_submitted": lambda name, code: _("An amendment awaits your approval: %(name)s.", name=name),
    "rule_set_returned": lambda name, code: _("Your amendment was returned: %(name)s.", name=name),
    "vote_rule_drafted": lambda name, code: _("A voting rule awaits your approval: %(name)s.", name=name),
    "vote_rule_approved": lambda name, code: _("The voting rule was approved: %(name)s.", name=name),
    "vote_rule_discarded": lambda name, code: _("The voting rule was discarded: %(name)s.", name=name),
    "criteria_submitted": lambda name, code: _("A criteria table awaits your approval: %(name)s.", name=name),
    "criteria_returned": lambda name, code: _("Your criteria table was returned: %(name)s.", name=name),
}

"""Why registration in a campaign is not open yet."""

from __future__ import annotations

import datetime as dt

from flask_babel import gettext as _
from flask_babel import ngettext

from webapp.ui.formats import day


def waits(published: bool, opens: dt.date | None, units: int) -> str:
    """What registration waits for: the paper, units that answer within the launch, or its day."""
    if not published:
        return _("Registration is not open: the founding paper has not been published.")
    if units:
        return ngettext(
            "Registration is not open: %(num)s unit has not answered yet.",
            "Registration is not open: %(num)s units have not answered yet.",
            units,
        )
    return _("Registration opens on %(day)s", day=day(opens)) if opens else ""

"""A step against its clock and its versions, in words."""

from __future__ import annotations

from flask_babel import gettext as _
from flask_babel import ngettext

from webapp.i18n import content
from webapp.queries.replay_clocks import Deadline
from webapp.queries.replay_versions import VersionChange
from webapp.ui.formats import instant
from webapp.ui.spans import clock_span


def deadline_verdict(deadline: Deadline, *, done: bool = False, frozen: bool = False) -> str:
    """How a deadline stands: kept or over when its task was ``done``, else left or over; or at rest."""
    days = _days(abs(deadline.left), deadline.working)
    if frozen:
        return _("stands still, %(days)s left", days=days)
    if deadline.left < 0:
        return _("done %(days)s late", days=days) if done else _("over-due by %(days)s", days=days)
    if done:
        return _("in time, %(days)s before it was due", days=days)
    return _("%(days)s left", days=days)


def deadline_terms(deadline: Deadline) -> str:
    """The instant it is due at, where it was due first, what of it is used, and the rule it runs by."""
    told = [_("due %(instant)s", instant=instant(deadline.due))]
    if deadline.first:
        told.append(_("first due %(instant)s", instant=instant(deadline.first)))
    if deadline.used is not None:
        told.append(_("%(days)s used", days=_days(deadline.used, deadline.working)))
    if deadline.clock:
        told.append(
            _("clock: %(name)s, %(span)s", name=content(deadline.clock.name), span=clock_span(deadline.clock))
        )
    else:
        told.append(_("a day of the plan or of a form"))
    return " · ".join(told)


def _days(count: int, working: bool) -> str:
    if working:
        return ngettext("%(num)s working day", "%(num)s working days", count)
    return ngettext("%(num)s calendar day", "%(num)s calendar days", count)


def version_change(change: VersionChange) -> str:
    """What of the versions is another than in the step before."""
    version = change.version
    since = instant(version.since) if version.since else "–"
    match change.kind:
        case "diagram":
            return _("From here on by another diagram: %(digest)s.", digest=version.digest[:12])
        case "newer":
            return _(
                "A new diagram (%(digest)s) is in use since %(since)s; this case goes on by its own.",
                digest=version.digest[:12],
                since=since,
            )
    return _(
        "From here on by another version of the rules: %(title)s, %(digest)s, in use since %(since)s.",
        title=content(version.title),
        digest=version.digest[:12],
        since=since,
    )

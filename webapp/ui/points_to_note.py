"""Points to note as sentences, in the reader's language."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping
from typing import Any

from flask_babel import gettext as _
from flask_babel import ngettext

from webapp.i18n import content
from webapp.queries.points_to_note import Code, Point
from webapp.ui.case_states import suspension_kind
from webapp.ui.formats import day

Values = Mapping[str, Any]

CRITERIA = {
    "right_group": "Đúng đối tượng thi đua, khen thưởng",
    "standard_met": "Đạt tiêu chuẩn của danh hiệu, hình thức khen thưởng",
    "papers_complete": "Hồ sơ đủ thành phần, đúng mẫu",
    "procedure_followed": "Đúng trình tự xét chọn, công khai ở cơ sở",
    "no_pending_case": "Không đang bị xem xét kỷ luật, điều tra, thanh tra, khiếu nại, tố cáo",
    "not_awarded_twice": "Chưa được khen thưởng cho cùng thành tích",
}
"""The criteria as the forms of the appraisal name them."""


def point_sentence(point: Point, award: str = "") -> str:
    """What there is to note; ``award`` is the name of the award proposed, in the reader's language."""
    return SENTENCES[point.code]({**point.values, "award": award})


def _criteria_unmet(values: Values) -> str:
    names = "; ".join(content(CRITERIA.get(name, name)) for name in values["criteria"])
    return _(
        "An appraisal found not met, the last one found the nominee eligible: %(criteria)s.", criteria=names
    )


def _supplements(values: Values) -> str:
    return ngettext(
        "The dossier was returned for supplement %(num)d time.",
        "The dossier was returned for supplement %(num)d times.",
        values["count"],
    )


def _objections(values: Values) -> str:
    told = ngettext(
        "%(num)d objection came in while the list was posted",
        "%(num)d objections came in while the list was posted",
        values["count"],
    )
    if values["unanswered"]:
        open_ones = ngettext("%(num)d has no answer", "%(num)d have no answer", values["unanswered"])
        return f"{told}; {open_ones}."
    return f"{told}; {_('all are answered')}."


def _opinions_against(values: Values) -> str:
    bodies = "; ".join(content(body) for body in values["bodies"])
    return _("Did not agree when asked for an opinion: %(bodies)s.", bodies=bodies)


def _awarded_before(values: Values) -> str:
    return _("“%(award)s” was given before, in %(year)s.", award=values["award"], year=values["year"])


def _over_places(values: Values) -> str:
    return ngettext(
        "%(proposed)s nominees compete for %(num)d place of their group.",
        "%(proposed)s nominees compete for %(num)d places of their group.",
        values["places"],
        proposed=values["proposed"],
    )


def _suspended_before(values: Values) -> str:
    since, until = (day(dt.date.fromisoformat(values[name])) for name in ("since", "until"))
    return _(
        "The dossier was suspended from %(since)s to %(until)s: %(kind)s.",
        since=since,
        until=until,
        kind=suspension_kind(values["kind"]),
    )


def _looked_at(values: Values) -> str:
    names = "; ".join(content(name) for name in values["conditions"])
    return _("To be looked at: %(conditions)s.", conditions=names)


def _papers_missing(values: Values) -> str:
    return _("Papers are missing: %(papers)s.", papers=", ".join(content(name) for name in values["papers"]))


SENTENCES: dict[Code, Callable[[Values], str]] = {
    "criteria_unmet": _criteria_unmet,
    "supplements": _supplements,
    "objections": _objections,
    "opinions_against": _opinions_against,
    "posting_passed_over": lambda _values: _("The list was not posted: the rules ask for no posting here."),
    "awarded_before": _awarded_before,
    "over_places": _over_places,
    "suspended_before": _suspended_before,
    "looked_at": _looked_at,
    "papers_missing": _papers_missing,
}
"""Every code of a point; a test holds the two together."""

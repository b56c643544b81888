"""Inspections in tests: begun as a decision says, with a finding raised and answered."""

import datetime as dt
from typing import Any

from tests.factories import Office
from tests.people import AN_CU
from webapp.extensions import db
from webapp.operations.inspection_findings import raise_finding
from webapp.operations.inspection_mandates import Mandate
from webapp.operations.inspections import begin_inspection
from webapp.queries.standing import Standing, standing_of

DAY = dt.timedelta(days=1)


def mandate(office: Office, *, head: str = "stranger", members: tuple[str, ...] = (), **said: Any) -> Mandate:
    """A decision of today on An Cư and the days around today; the head is somebody without a role."""
    usual: dict[str, Any] = {
        "title": "Kiểm tra công tác khen thưởng",
        "decision_number": "15/QĐ-TTr",
        "decision_date": office.today,
        "issued_by": "Chánh Thanh tra huyện Tịnh Biên",
        "units": [AN_CU],
        "period_from": office.today - 30 * DAY,
        "period_to": office.today + 30 * DAY,
        "begins_on": office.today,
        "ends_on": office.today + 20 * DAY,
    }
    people = {
        "head": office.person(head).public_id,
        "members": [office.person(one).public_id for one in members],
    }
    return Mandate(**(usual | people | said))


def begin(office: Office, by: str = "auditor", **said: Any) -> str:
    """Begin an inspection; returns its code."""
    return begin_inspection(mandate(office, **said), actor=office.actor(by), now=office.now)


def found(office: Office, **said: Any) -> dict[str, Any]:
    """What a finding says."""
    usual = {
        "severity": "shortcoming",
        "seen": "Biên bản họp ấp không có chữ ký của thư ký",
        "citation": "Khoản 2 Điều 10 Quy chế xét khen thưởng của huyện",
        "request": "Giải trình và bổ sung chữ ký",
        "answer_by": (office.today + 10 * DAY).isoformat(),
    }
    return usual | said


def raised(
    office: Office, inspection: str, case: str, event: int = 1, by: str = "stranger", **said: Any
) -> str:
    """Raise a finding; returns the code of its case."""
    return raise_finding(
        inspection, case, event, found(office, **said), actor=office.actor(by), now=office.now
    )


def standing(office: Office, username: str) -> Standing:
    """What somebody holds today."""
    return standing_of(db.session(), office.person(username), office.today)

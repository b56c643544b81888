"""People who delegate and accept, in a few words."""

import datetime as dt

from tests.people import AN_CU
from webapp.operations import delegations
from webapp.operations.delegations import Proposal

DAY = dt.timedelta(days=1)


def proposal(office, delegate="head", role="officer", unit=AN_CU, **changed):
    given = {
        "delegate": office.person(delegate).public_id,
        "roles": ((role, unit),),
        "from_date": office.today,
        "to_date": office.today + 7 * DAY,
        "reason": "Nghỉ phép năm",
    }
    return Proposal(**{**given, **changed})


def propose(office, principal="officer", delegate="head", **changed):
    asked = proposal(office, delegate, **changed)
    return delegations.propose(asked, actor=office.actor(principal), now=office.now)


def accepted(office, principal="officer", delegate="head", **changed):
    made = propose(office, principal, delegate, **changed)
    delegations.accept(made, actor=office.actor(delegate), now=office.now)
    return made

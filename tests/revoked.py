"""A decision one of whose two awards is revoked."""

from typing import Any

from tests.amending import award_of, issue, revoke
from tests.offices import scene
from tests.sittings import OURS_CODES
from webapp.operations.payments import pay_prizes

HER = {"award": OURS_CODES[0], "reason": "Khai khống thành tích"}


@scene
def revoked(council: Any) -> tuple[str, str]:
    """Of two awards the second one, of Nguyễn Thị Ượng, is revoked after its prize was paid."""
    decision = issue(council, OURS_CODES[:2])
    actor = council.actor("specialist")
    pay_prizes(decision, [award_of(2).public_id], council.today, "cash", actor=actor, now=council.now)
    return decision, revoke(council, decision, [HER])

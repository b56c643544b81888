"""A decision with its number: one person and two collectives are awarded, their papers are there."""

import io
from typing import Any

from sqlalchemy import select

from tests.factories import PDF
from tests.offices import scene
from tests.sittings import OURS_CODES
from webapp.extensions import db
from webapp.models import Award, Nominee
from webapp.operations.consents import agree_to_publish
from webapp.operations.papers import Upload

CODE = "QD-2019-0001"
PAGE = f"/awards/decisions/{CODE}"
PERSON, COLLECTIVE, OTHER_COLLECTIVE = OURS_CODES[:3]


@scene
def awarded(council: Any) -> Any:
    """The council after its decision no. 8, of 14 December 2019."""
    council.draft(OURS_CODES[:3])
    council.sign(CODE)
    council.number(CODE, 8)
    return council


def award(code: str) -> Award:
    """The award of a nomination, as it stands now."""
    db.session.rollback()
    query = select(Award).where(
        Award.nomination.has(Award.nomination.property.mapper.class_.case.has(code=code))
    )
    return db.session.execute(query).scalar_one()


def nominee(code: str) -> Nominee:
    return award(code).nomination.nominee


def publish(council: Any) -> None:
    """Copies are sent and the decision is made public."""
    council.do("clerk", "send_copies", CODE)
    council.do("secretary", "publish_decision", CODE)


def agree(council: Any, code: str, until: Any) -> None:
    """The awardee of a nomination agrees to be shown until a day."""
    paper = Upload("dong-y.pdf", io.BytesIO(PDF), "consent")
    agree_to_publish(
        CODE, [award(code).public_id], until, paper, actor=council.actor("specialist"), now=council.now
    )

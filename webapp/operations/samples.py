"""Draws a random sample of cases for an auditor, on record."""

from __future__ import annotations

import secrets

from webapp.extensions import db
from webapp.models import Person
from webapp.operations.acting import Actor, Now
from webapp.operations.refusals import Forbidden, InvalidForm
from webapp.operations.transaction import write
from webapp.queries.samples import STREAM, drawn_from
from webapp.queries.standing import INSPECTING, standing_of
from workflows.forms import Fault
from workflows.inspection_events import SampleDrawn
from workflows.sampling import digest_of
from workflows.values import local_day

SEED_BYTES = 16


def draw_sample(size: int, process: str, campaign: str, *, actor: Actor, now: Now) -> str:
    """Draw ``size`` of the cases the auditor may see, of a process and a campaign (empty: of all); returns the seed.

    Raises Forbidden, and InvalidForm where there are no cases to draw from.
    """
    session = db.session()
    standing = standing_of(session, session.get_one(Person, actor.person_id), local_day(now.at))
    if not standing.holds(*INSPECTING):
        raise Forbidden
    codes = drawn_from(session, standing, process, campaign)
    if not codes:
        raise InvalidForm([Fault("/process", "no_cases")])
    sample = SampleDrawn(
        seed=secrets.token_hex(SEED_BYTES),
        size=min(size, len(codes)),
        of=len(codes),
        last=codes[-1],
        process=process,
        campaign=campaign,
        digest=digest_of(codes),
    )
    with write(actor, now) as transaction:
        transaction.log(STREAM, sample)
    return sample.seed

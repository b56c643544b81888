"""A full house: more members, and nominations copied in bulk from really acted ones that wait for the council."""

import secrets
from typing import Any

from sqlalchemy import insert, inspect, select

from tests.sittings import CODES, Council
from webapp.extensions import db
from webapp.models import AgendaItem, Case, FormEntry, Nomination, Nominee, Strand
from webapp.models.types import new_public_id
from webapp.text import search_key


def crowd(council: Council, members: int, nominees: int) -> tuple[list[str], list[str]]:
    """Fill the council up to ``members``, and the list before it up to ``nominees``: user names, codes."""
    seats = ["authority", "chair", "member1", "member2", *council.seat(members - 4)]
    return seats, [*CODES, *copied_nominations(nominees - len(CODES))]


def copied_nominations(number: int) -> list[str]:
    """Copies of the second nomination that waits, spread over the strands of its campaign."""
    session = db.session()
    model = session.execute(
        select(Nomination).join(Case, Case.id == Nomination.case_id).where(Case.code == CODES[1])
    ).scalar_one()
    strands = session.scalars(
        select(Strand.id).where(Strand.campaign_id == model.case.campaign_id).order_by(Strand.id)
    ).all()
    entries = session.scalars(select(FormEntry).where(FormEntry.case_id == model.case_id)).all()
    codes = [f"HS-2019-{place:04d}" for place in range(1001, 1001 + number)]
    for place, code in enumerate(codes):
        case_id = _copy(model.case, code=code)
        name = f"Tập thể số {place + 1:03d}"
        nominee_id = _copy(model.nominee, name=name, search_key=search_key(name), public_id=new_public_id())
        strand = strands[place % len(strands)]
        _copy(model, case_id=case_id, nominee_id=nominee_id, strand_id=strand)
        _copy(entries[0], case_id=case_id, task_id=None)
    session.commit()
    return codes


def put_on_the_agenda(codes: list[str]) -> None:
    """Add nominations to the agenda of the one session, whose papers then need not be drawn for all of them."""
    session = db.session()
    last = session.scalars(select(AgendaItem).order_by(AgendaItem.position.desc()).limit(1)).one()
    query = select(Nomination.id).join(Case, Case.id == Nomination.case_id).where(Case.code.in_(codes))
    session.add_all(
        AgendaItem(session_id=last.session_id, nomination_id=nomination_id, position=last.position + place)
        for place, nomination_id in enumerate(session.scalars(query.order_by(Case.code)), 1)
    )
    session.commit()


def _copy(row: Case | Nominee | Nomination | FormEntry, **changes: Any) -> int:
    mapper = inspect(type(row))
    values = {column.key: getattr(row, column.key) for column in mapper.column_attrs if column.key != "id"}
    values = {name: value for name, value in values.items() if name in mapper.columns}
    if "public_id" in values and "public_id" not in changes:
        changes["public_id"] = secrets.token_hex(16)
    done = db.session.execute(insert(type(row)).values(values | changes).returning(mapper.columns["id"]))
    return int(done.scalar_one())

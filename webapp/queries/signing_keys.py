"""Keys that sign papers: those a form offers, those of the units somebody administers."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import ColumnElement, select
from sqlalchemy.orm import Session, joinedload

from webapp.models import Case, Decision, Paper, SealPicture, SigningKey, Unit
from webapp.queries.administered import ADMIN
from webapp.queries.decision_kinds import DECIDING
from webapp.queries.nomination_choices import Choice
from webapp.queries.standing import Standing, at_or_below
from workflows.values import local_day

KEY = "key"
"""The method of a signature that is made with a key."""

METHODS: tuple[Choice, ...] = (
    ("password", "Ký trên hệ thống, nhập lại mật khẩu"),
    (KEY, "Ký số lên văn bản bằng khóa của mình"),
    ("scan", "Đã ký trên giấy, tải lên bản quét"),
)


@dataclass(frozen=True)
class KeyRow:
    """A key as the administration lists it; ``person`` is empty for that of the unit itself."""

    public_id: str
    unit: str
    person: str
    subject: str
    issuer: str
    serial: str
    token: str
    valid_from: dt.datetime
    valid_until: dt.datetime
    development: bool
    active: bool


def key_rows(session: Session, standing: Standing) -> list[KeyRow]:
    """The keys of the units administered: those in use first, the unit's own before those of its people."""
    query = (
        select(SigningKey)
        .join(Unit, Unit.id == SigningKey.unit_id)
        .where(at_or_below(standing, ADMIN))
        .options(joinedload(SigningKey.unit), joinedload(SigningKey.person))
        .order_by(
            SigningKey.active.desc(), Unit.sort_key, SigningKey.person_id.is_not(None), SigningKey.id.desc()
        )
    )
    return [
        KeyRow(
            public_id=key.public_id,
            unit=key.unit.name,
            person=key.person.name if key.person else "",
            subject=key.subject,
            issuer=key.issuer,
            serial=key.serial,
            token=key.token or "",
            valid_from=key.valid_from,
            valid_until=key.valid_until,
            development=key.development,
            active=key.active,
        )
        for key in session.scalars(query)
    ]


def seal_pictures(session: Session, standing: Standing) -> list[SealPicture]:
    """The pictures of seals of the units administered."""
    query = select(SealPicture).join(Unit).where(at_or_below(standing, ADMIN))
    return list(session.scalars(query.options(joinedload(SealPicture.unit)).order_by(Unit.sort_key)))


def own_keys(session: Session, case: Case, person_id: int | None) -> Sequence[Choice]:
    """The keys with which a person signs the decision of a case."""
    return _choices(session, _of_decision(case) & (SigningKey.person_id == person_id))


def office_keys(session: Session, case: Case) -> Sequence[Choice]:
    """The keys of the body whose decision a case is."""
    return _choices(session, _of_decision(case) & SigningKey.person_id.is_(None))


def signing_methods(session: Session, case: Case, person_id: int | None) -> Sequence[Choice]:
    """How a person can sign the decision of a case: with a key where they have one and the body has one, too."""
    able = case.process in DECIDING and own_keys(session, case, person_id) and office_keys(session, case)
    return [each for each in METHODS if able or each[0] != KEY]


def usable_key(session: Session, public_id: str) -> SigningKey:
    """A key in use, by the public id that a form has offered."""
    query = select(SigningKey).where(SigningKey.public_id == public_id, SigningKey.active.is_(True))
    return session.scalars(query).one()


def is_usable(session: Session, public_id: str) -> bool:
    """Whether nobody has switched a key off."""
    query = select(SigningKey.id).where(SigningKey.public_id == public_id, SigningKey.active.is_(True))
    return session.scalar(query) is not None


def seal_of(session: Session, unit_id: int) -> SealPicture | None:
    """The picture of a unit's seal, where it has one."""
    return session.get(SealPicture, unit_id)


def signed_by_key(session: Session, case: Case) -> bool:
    """Whether the decision of a case was signed here with a key: the file of record is made of one that we drew."""
    query = (
        select(Paper.id)
        .join(Decision, Decision.signed_paper_id == Paper.id)
        .where(Decision.case_id == case.id, Paper.origin_id.is_not(None))
    )
    return session.scalar(query) is not None


def key_texts(session: Session, public_ids: set[str]) -> dict[str, str]:
    """What keys are called, whether in use or not."""
    rows = session.scalars(select(SigningKey).where(SigningKey.public_id.in_(public_ids)))
    return {key.public_id: _called(key) for key in rows}


def _of_decision(case: Case) -> ColumnElement[bool]:
    """Condition on SigningKey: in use, and for the body whose decision a case is."""
    body = select(Decision.unit_id).where(Decision.case_id == case.id).scalar_subquery()
    return (SigningKey.unit_id == body) & SigningKey.active.is_(True)


def _choices(session: Session, which: ColumnElement[bool]) -> list[Choice]:
    rows = session.scalars(select(SigningKey).where(which).order_by(SigningKey.valid_until.desc()))
    return [(key.public_id, _called(key)) for key in rows]


def _called(key: SigningKey) -> str:
    return f"{key.subject} – hạn dùng {local_day(key.valid_until):%d/%m/%Y}"

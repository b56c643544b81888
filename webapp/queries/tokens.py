"""The personal tokens of a person."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from webapp.models import ApiToken


@dataclass(frozen=True)
class TokenRow:
    """One token; instants are wall time. The token itself is not known any more."""

    id: int
    label: str
    created_at: dt.datetime
    expires_at: dt.datetime | None
    revoked_at: dt.datetime | None


def token_rows(session: Session, person_id: int) -> list[TokenRow]:
    """Tokens of a person, the newest first."""
    rows = session.execute(
        select(ApiToken.id, ApiToken.label, ApiToken.created_at, ApiToken.expires_at, ApiToken.revoked_at)
        .where(ApiToken.person_id == person_id)
        .order_by(ApiToken.id.desc())
    )
    return [TokenRow(*row) for row in rows]

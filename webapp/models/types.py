"""Column types that behave alike on SQLite and PostgreSQL, and the shared declarative pieces."""

from __future__ import annotations

import datetime as dt
import json
import uuid
from decimal import ROUND_HALF_UP, Decimal
from typing import Annotated, Any

from sqlalchemy import BigInteger, DateTime, Integer, String, Text
from sqlalchemy.engine import Dialect
from sqlalchemy.orm import mapped_column
from sqlalchemy.types import TypeDecorator, TypeEngine
from uuid6 import uuid7


class Instant(TypeDecorator[dt.datetime]):
    """An instant with microseconds; always UTC and always aware in Python."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: dt.datetime | None, dialect: Dialect) -> dt.datetime | None:
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("an instant needs a time zone")
        value = value.astimezone(dt.UTC)
        return value if dialect.name == "postgresql" else value.replace(tzinfo=None)

    def process_result_value(self, value: dt.datetime | None, dialect: Dialect) -> dt.datetime | None:
        if value is None:
            return None
        return value.replace(tzinfo=dt.UTC) if value.tzinfo is None else value.astimezone(dt.UTC)


class InstantAsItLies(TypeDecorator[Any]):
    """An instant, or whatever SQLite keeps in its place: only read, by who looks for what was falsified."""

    impl = String
    cache_ok = True

    def load_dialect_impl(self, dialect: Dialect) -> TypeEngine[Any]:
        postgresql = dialect.name == "postgresql"
        return dialect.type_descriptor(DateTime(timezone=True) if postgresql else String())

    def process_result_value(self, value: Any, dialect: Dialect) -> Any:
        if isinstance(value, str):
            try:
                value = dt.datetime.fromisoformat(value).replace(tzinfo=dt.UTC)
            except ValueError:
                return value
        return value.astimezone(dt.UTC) if isinstance(value, dt.datetime) else value


class JsonText(TypeDecorator[Any]):
    """JSON kept as the text that was written: key order survives, unlike with JSONB."""

    impl = Text
    cache_ok = True

    def process_bind_param(self, value: Any, dialect: Dialect) -> str | None:
        return None if value is None else json.dumps(value, ensure_ascii=False, separators=(",", ":"))

    def process_result_value(self, value: str | None, dialect: Dialect) -> Any:
        return None if value is None else json.loads(value)


class Points(TypeDecorator[Decimal]):
    """Points to a hundredth, exact on both databases: kept as whole hundredths."""

    impl = Integer
    cache_ok = True

    def process_bind_param(self, value: Decimal | None, dialect: Dialect) -> int | None:
        return None if value is None else int((value * 100).to_integral_value(ROUND_HALF_UP))

    def process_result_value(self, value: int | None, dialect: Dialect) -> Decimal | None:
        return None if value is None else Decimal(value) / 100


class Quantity(TypeDecorator[Decimal]):
    """A measured number, exact on both databases: kept as it is written."""

    impl = String(40)
    cache_ok = True

    def process_bind_param(self, value: Decimal | None, dialect: Dialect) -> str | None:
        return None if value is None else str(value)

    def process_result_value(self, value: str | None, dialect: Dialect) -> Decimal | None:
        return None if value is None else Decimal(value)


def new_public_id() -> str:
    """A time-ordered id for addresses; it tells nothing about how many rows there are."""
    return str(uuid7())


PrimaryKey = Annotated[
    int, mapped_column(BigInteger().with_variant(Integer, "sqlite"), primary_key=True, autoincrement=True)
]
PublicId = Annotated[str, mapped_column(String(36), unique=True, default=new_public_id)]
Code = Annotated[str, mapped_column(String(120))]
Name = Annotated[str, mapped_column(String(500))]
Digest = Annotated[str, mapped_column(String(64))]


def is_uuid(text: str) -> bool:
    """True when ``text`` is the canonical form of a UUID."""
    try:
        return str(uuid.UUID(text)) == text
    except ValueError:
        return False

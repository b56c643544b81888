"""The ways cases took, derived from the log: made anew from it at any time, and proof of nothing."""

from __future__ import annotations

from struct import Struct
from typing import Any

from sqlalchemy import ForeignKey, LargeBinary, String
from sqlalchemy.orm import Mapped, mapped_column

from webapp.extensions import Model
from webapp.models.types import Digest, JsonText, PrimaryKey

WAIT = Struct("<4i")
"""A task that was done: number of its place among ``places`` of the route, id of its unit (0: none), the day it was
opened, the day it was done, as ordinals. Packed, because a page counts a million of them at once."""
DAYS_OF_WAIT = Struct("<i4x2i")
"""The same without the unit."""


class TakenRoute(Model):
    """A way that some cases took alike. ``variant`` is the digest of the names of its steps, shared by ways that
    passed other flows; ``drawn`` is an object of ``steps`` (name, place), ``places``, ``flows`` and ``returns``, each
    with how often.
    """

    __tablename__ = "taken_route"

    id: Mapped[PrimaryKey]
    process: Mapped[str] = mapped_column(String(60))
    digest: Mapped[Digest] = mapped_column(unique=True)
    variant: Mapped[Digest] = mapped_column(index=True)
    drawn: Mapped[Any] = mapped_column(JsonText)


class CaseRoute(Model):
    """The way of a case up to event ``number`` of its stream; ``waits``: one WAIT after the other."""

    __tablename__ = "case_route"

    case_id: Mapped[int] = mapped_column(ForeignKey("case.id"), primary_key=True, autoincrement=False)
    route_id: Mapped[int] = mapped_column(ForeignKey("taken_route.id"), index=True)
    number: Mapped[int]
    waits: Mapped[bytes] = mapped_column(LargeBinary)

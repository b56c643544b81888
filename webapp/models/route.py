"""The ways cases took, derived from the log: made anew from it at any time, and proof of nothing."""

from __future__ import annotations

from typing import Any

from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from webapp.extensions import Model
from webapp.models.types import Digest, JsonText, PrimaryKey


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
    """The way of a case up to event ``number`` of its stream.

    ``waits``: of each task that was done, [number of its place among ``places`` of the route, id of its unit (0: none),
    day it was opened, day it was done]; days are ordinals.
    """

    __tablename__ = "case_route"

    case_id: Mapped[int] = mapped_column(ForeignKey("case.id"), primary_key=True, autoincrement=False)
    route_id: Mapped[int] = mapped_column(ForeignKey("taken_route.id"), index=True)
    number: Mapped[int]
    waits: Mapped[Any] = mapped_column(JsonText)

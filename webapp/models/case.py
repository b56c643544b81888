"""Cases: running or ended root processes."""

from __future__ import annotations

import datetime as dt

from sqlalchemy import ForeignKey, Index, LargeBinary, String
from sqlalchemy.orm import Mapped, deferred, mapped_column, relationship

from webapp.extensions import Model
from webapp.models.person import Person
from webapp.models.types import Instant, Name, PrimaryKey
from webapp.models.unit import Unit


class Case(Model):
    """One run of a root process.

    ``state``: active, frozen or ended. ``snapshot`` holds the engine's state without the specification; ``version``
    counts saves and stands in the WHERE of every update. ``inputs`` counts the engine's recorded inputs. ``erased_at``:
    its personal data are gone, and ``title`` says so.
    """

    __tablename__ = "case"
    __table_args__ = (
        Index("ix_case_due", "state", "next_due"),
        Index("ix_case_process_stage", "process", "stage"),
        # Lists count by these over all cases: read from the index alone, never from rows that carry a snapshot.
        Index(
            "ix_case_counted",
            *("process", "state", "stage", "outcome", "unit_id", "campaign_id"),
            *("organiser_id", "district_id", "province_id", "registrant_id", "stage_since"),
        ),
    )

    id: Mapped[PrimaryKey]
    code: Mapped[str] = mapped_column(String(40), unique=True)
    process: Mapped[str] = mapped_column(String(60))
    deployment_digest: Mapped[str] = mapped_column(ForeignKey("deployment.digest"))
    title: Mapped[Name]
    state: Mapped[str] = mapped_column(String(20), default="active")
    stage: Mapped[str | None] = mapped_column(String(30))
    stage_since: Mapped[dt.datetime | None] = mapped_column(Instant)
    outcome: Mapped[str | None] = mapped_column(String(60))
    campaign_id: Mapped[int | None] = mapped_column(ForeignKey("campaign.id"), index=True)
    unit_id: Mapped[int] = mapped_column(ForeignKey("unit.id"), index=True)
    district_id: Mapped[int | None] = mapped_column(ForeignKey("unit.id"))
    organiser_id: Mapped[int] = mapped_column(ForeignKey("unit.id"), index=True)
    province_id: Mapped[int | None] = mapped_column(ForeignKey("unit.id"))
    registrant_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"), index=True)
    opened_at: Mapped[dt.datetime] = mapped_column(Instant)
    ended_at: Mapped[dt.datetime | None] = mapped_column(Instant)
    erased_at: Mapped[dt.datetime | None] = mapped_column(Instant)
    frozen_at: Mapped[dt.datetime | None] = mapped_column(Instant)
    next_due: Mapped[dt.datetime | None] = mapped_column(Instant)
    version: Mapped[int] = mapped_column()
    inputs: Mapped[int] = mapped_column(default=0)
    state_hash: Mapped[str | None] = mapped_column(String(64))
    snapshot: Mapped[bytes | None] = deferred(mapped_column(LargeBinary))

    unit: Mapped[Unit] = relationship(foreign_keys=[unit_id])
    district: Mapped[Unit | None] = relationship(foreign_keys=[district_id])
    organiser: Mapped[Unit] = relationship(foreign_keys=[organiser_id])
    province: Mapped[Unit | None] = relationship(foreign_keys=[province_id])
    registrant: Mapped[Person | None] = relationship(foreign_keys=[registrant_id])

    __mapper_args__ = {"version_id_col": version}  # noqa: RUF012 -- the base class types it as an instance attribute

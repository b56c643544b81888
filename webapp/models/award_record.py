"""What was awarded before: taken over from lists, and fed by our own decisions and those above."""

from __future__ import annotations

import datetime as dt

from sqlalchemy import ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from webapp.extensions import Model
from webapp.models.decision import Award
from webapp.models.person import Person
from webapp.models.types import Digest, Instant, Name, PrimaryKey, PublicId
from webapp.models.unit import Unit
from workflows.vocabulary import NomineeKind


class AwardImport(Model):
    """One list taken over for a unit; taken back, its records count no more."""

    __tablename__ = "award_import"

    id: Mapped[PrimaryKey]
    public_id: Mapped[PublicId]
    unit_id: Mapped[int] = mapped_column(ForeignKey("unit.id"), index=True)
    file_name: Mapped[str] = mapped_column(String(300))
    sha256: Mapped[Digest]
    rows: Mapped[int]
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    imported_at: Mapped[dt.datetime] = mapped_column(Instant)
    taken_back_at: Mapped[dt.datetime | None] = mapped_column(Instant)

    unit: Mapped[Unit] = relationship()
    person: Mapped[Person] = relationship()


class AwardRecord(Model):
    """One award of somebody in a year. ``award``: its code in the rule sets, or none with the name as it was written.

    ``identity``: keyed digest of the identity number (webapp/identity.py), never the number. From a list it has an
    ``import_id``, from our own decision an ``award_id``,
    from that of a level above on a nomination of ours a ``HigherAward``. ``given``: the award of ours it is about.
    """

    __tablename__ = "award_record"
    __table_args__ = (
        UniqueConstraint("award_id"),
        Index("ix_award_record_search_key_unit_id", "search_key", "unit_id"),
    )

    id: Mapped[PrimaryKey]
    public_id: Mapped[PublicId]
    kind: Mapped[NomineeKind] = mapped_column(String(30))
    name: Mapped[Name]
    unit_id: Mapped[int] = mapped_column(ForeignKey("unit.id"), index=True)
    birth_year: Mapped[int | None]
    identity: Mapped[str | None] = mapped_column(String(64), index=True)
    award: Mapped[str | None] = mapped_column(String(120))
    award_name: Mapped[Name]
    year: Mapped[int]
    movement: Mapped[str] = mapped_column(String(20))
    decided_by: Mapped[str | None] = mapped_column(String(300))
    decision_number: Mapped[str | None] = mapped_column(String(120))
    decided_on: Mapped[dt.date | None]
    import_id: Mapped[int | None] = mapped_column(ForeignKey("award_import.id"), index=True)
    award_id: Mapped[int | None] = mapped_column(ForeignKey("award.id"))
    sort_key: Mapped[str] = mapped_column(String(1000), index=True)
    search_key: Mapped[str] = mapped_column(String(500))

    unit: Mapped[Unit] = relationship()
    given: Mapped[Award | None] = relationship()


class HigherAward(Model):
    """A record that is the decision of a level above on a nomination of ours."""

    __tablename__ = "higher_award"

    id: Mapped[PrimaryKey]
    record_id: Mapped[int] = mapped_column(ForeignKey("award_record.id"), unique=True)
    nomination_id: Mapped[int] = mapped_column(ForeignKey("nomination.id"), unique=True)


class SamePerson(Model):
    """Somebody has looked whether a record is that of a nominee: it is, or it is somebody else's."""

    __tablename__ = "same_person"
    __table_args__ = (UniqueConstraint("nominee_id", "record_id"),)

    id: Mapped[PrimaryKey]
    nominee_id: Mapped[int] = mapped_column(ForeignKey("nominee.id"))
    record_id: Mapped[int] = mapped_column(ForeignKey("award_record.id"), index=True)
    same: Mapped[bool]
    reason: Mapped[str] = mapped_column(String(2000))
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    judged_at: Mapped[dt.datetime] = mapped_column(Instant)


class Override(Model):
    """A warning of a condition that the secretary has let pass for a nomination, with the reason."""

    __tablename__ = "eligibility_override"
    __table_args__ = (UniqueConstraint("nomination_id", "condition"),)

    id: Mapped[PrimaryKey]
    nomination_id: Mapped[int] = mapped_column(ForeignKey("nomination.id"))
    condition: Mapped[str] = mapped_column(String(120))
    reason: Mapped[str] = mapped_column(String(2000))
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    overridden_at: Mapped[dt.datetime] = mapped_column(Instant)

    person: Mapped[Person] = relationship()

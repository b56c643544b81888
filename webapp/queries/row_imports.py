"""Lists that are being taken over: how far they have come, and which rows could not be opened."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import func, select
from sqlalchemy.orm import Session, joinedload

from webapp.models import Campaign, RowImport, RowImportLine
from webapp.queries.long_work import Progress, progress_of
from webapp.queries.standing import Standing

MOST_FAILED = 200
FOLLOWING = {"registration": "registration.check_registration", "nomination": "nomination.prepare_on_behalf"}


@dataclass(frozen=True)
class ImportPage:
    """One list; ``failed`` are the first rows that could not be opened, ``opened`` the first that were."""

    made: RowImport
    progress: Progress
    failed: tuple[RowImportLine, ...]
    opened: tuple[RowImportLine, ...]

    @property
    def next_kind(self) -> str:
        """Kind of the tasks that the rows opened lead to for who sent the list; empty while there are none."""
        return FOLLOWING.get(self.made.process, "") if self.progress.done else ""


def campaign_by_code(session: Session, code: str) -> Campaign:
    """The campaign of a code that is known to exist."""
    return session.execute(select(Campaign).where(Campaign.code == code)).scalar_one()


def import_page(session: Session, standing: Standing, public_id: str) -> ImportPage | None:
    """A list of the reader's own; None for any other. Four statements."""
    made = session.scalar(
        select(RowImport)
        .where(RowImport.public_id == public_id, RowImport.person_id == standing.person_id)
        .options(joinedload(RowImport.campaign))
    )
    if made is None:
        return None
    lines = RowImportLine.import_id == made.id
    counted = session.execute(
        select(RowImportLine.state, func.count()).where(lines).group_by(RowImportLine.state)
    )
    found = {
        state: tuple(
            session.scalars(
                select(RowImportLine)
                .where(lines, RowImportLine.state == state)
                .order_by(RowImportLine.id)
                .limit(MOST_FAILED)
            )
        )
        for state in ("failed", "done")
    }
    progress = progress_of(made.state, dict(counted.all()))
    return ImportPage(made, progress, found["failed"], found["done"])


def own_imports(session: Session, standing: Standing, campaign_id: int) -> list[RowImport]:
    """Lists the reader has sent in a campaign, the latest first."""
    query = select(RowImport).where(
        RowImport.campaign_id == campaign_id, RowImport.person_id == standing.person_id
    )
    return list(session.scalars(query.order_by(RowImport.id.desc()).limit(10)))

"""Lists that are written to files: how far one has come, and those somebody has asked for."""

from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.orm import Session

from webapp.models import ListExport
from webapp.queries.standing import Standing

SHOWN = 10


def own_export(session: Session, standing: Standing, public_id: str) -> ListExport | None:
    """One the reader has asked for; None for any other."""
    query = select(ListExport).where(
        ListExport.public_id == public_id, ListExport.person_id == standing.person_id
    )
    return session.scalar(query)


def own_exports(session: Session, standing: Standing) -> list[ListExport]:
    """Those the reader has asked for, the latest first."""
    query = select(ListExport).where(ListExport.person_id == standing.person_id)
    return list(session.scalars(query.order_by(ListExport.id.desc()).limit(SHOWN)))


def under_way(session: Session, person_id: int | None, page: str, query: str, language: str) -> str | None:
    """The public id of the same file, when the person has asked for it and it is not written yet."""
    same = ListExport.page == page, ListExport.query == query, ListExport.language == language
    open_ = ListExport.person_id == person_id, ListExport.state.in_(("waiting", "running"))
    return session.scalar(select(ListExport.public_id).where(*same, *open_).limit(1))

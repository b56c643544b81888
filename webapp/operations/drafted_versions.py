"""Drafts of rule sets and criteria tables: entered, sent to the authority, approved or discarded there."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Generic

from sqlalchemy import select

from webapp.models import Notice, Unit
from webapp.operations.administering import acting_standing
from webapp.operations.interventions import checked_reason
from webapp.operations.refusals import Forbidden, NotFound, NotNow
from webapp.operations.transaction import Transaction
from webapp.queries.drafted_versions import OPEN, Version, authorities, may_decide, version_of
from webapp.queries.standing import Standing
from workflows.cluster_events import CriteriaDecided, CriteriaDrafted, CriteriaReturned
from workflows.rule_events import RuleSetDecided, RuleSetDrafted, RuleSetReturned


@dataclass(frozen=True)
class Drafts(Generic[Version]):
    """What is drafted as versions of one kind of file: who drafts it, and what is said of it.

    ``moved`` refuses an act on what others have gone on from, ``notice`` tells the authority and ``told_back`` who
    drafted it, ``stream`` begins the name of the stream in the log.
    """

    kind: type[Version]
    stream: str
    moved: str
    notice: str
    told_back: str
    title: Callable[[Version], str]
    may_draft: Callable[[Standing, Unit], bool]
    drafted: type[RuleSetDrafted | CriteriaDrafted]
    decided: type[RuleSetDecided | CriteriaDecided]
    returned: type[RuleSetReturned | CriteriaReturned]

    def version(self, transaction: Transaction, public_id: str) -> Version:
        """The version of a public id. Raises NotFound."""
        found = version_of(transaction.session, self.kind, public_id)
        if found is None:
            raise NotFound
        return found

    def drafting(self, transaction: Transaction, unit: str) -> Unit:
        """The unit of a code, held, for which the actor drafts. Raises NotFound, Forbidden."""
        place = transaction.session.scalar(select(Unit).where(Unit.code == unit))
        if place is None:
            raise NotFound
        if not self.may_draft(acting_standing(transaction), place):
            raise Forbidden
        transaction.hold(Unit, place.id)
        return place

    def enter(self, transaction: Transaction, row: Version, place: Unit, upon: Version | None) -> str:
        """Enter a draft for a unit; an open one of the same file that it goes on from is replaced by it."""
        own = upon is not None and (upon.code, upon.unit_id) == (row.code, place.id)
        if upon is not None and own and upon.status in OPEN:
            upon.status, row.remark = "replaced", upon.remark
        row.unit_id, row.drafted_by_id = place.id, transaction.actor.person_id
        transaction.session.add(row)
        transaction.session.flush()
        drafted = self.drafted(
            code=row.code,
            unit=place.code,
            version=row.public_id,
            digest=row.digest,
            upon=upon.digest if upon else "",
        )
        transaction.log(f"{self.stream}/{row.code}", drafted)
        return row.public_id

    def submit(self, transaction: Transaction, public_id: str) -> None:
        """Send a draft to the authority, who is told of it. Raises NotFound, Forbidden, NotNow."""
        version = self.version(transaction, public_id)
        place = self.drafting(transaction, self.place(version).code)
        transaction.session.refresh(version)
        if version.status != "draft":
            raise NotNow(self.moved)
        version.remark = None
        self._set_status(transaction, version, "submitted")
        told = authorities(transaction.session, place, transaction.day)
        self._tell(transaction, version, self.notice, told)

    def give_back(self, transaction: Transaction, public_id: str, reason: str) -> None:
        """Return what was submitted to who drafted it, with a reason: it is a draft again.

        Raises NotFound, Forbidden for others than the authority, InvalidForm for no reason, NotNow.
        """
        version = self.version(transaction, public_id)
        place = self.place(version)
        transaction.hold(Unit, place.id)
        transaction.session.refresh(version)
        if not may_decide(acting_standing(transaction), place):
            raise Forbidden
        if version.status != "submitted":
            raise NotNow(self.moved)
        version.status, version.remark = "draft", checked_reason(reason)
        returned = self.returned(
            code=version.code, unit=place.code, version=version.public_id, digest=version.digest
        )
        transaction.log(f"{self.stream}/{version.code}", returned, private={"reason": version.remark})
        drafter = [version.drafted_by_id] if version.drafted_by_id else []
        self._tell(transaction, version, self.told_back, drafter, reason=version.remark)

    def decide(self, transaction: Transaction, public_id: str, *, approve: bool) -> None:
        """Approve what was submitted, or discard it; an open draft may be discarded by who drafts, too.

        Raises NotFound, Forbidden, NotNow.
        """
        version = self.version(transaction, public_id)
        place, standing = self.place(version), acting_standing(transaction)
        transaction.hold(Unit, place.id)
        transaction.session.refresh(version)
        if not may_decide(standing, place) and (approve or not self.may_draft(standing, place)):
            raise Forbidden
        if version.status not in (("submitted",) if approve else OPEN):
            raise NotNow(self.moved)
        version.decided_by_id, version.decided_at = transaction.actor.person_id, transaction.now.at
        self._set_status(transaction, version, "approved" if approve else "discarded")

    def place(self, version: Version) -> Unit:
        """The unit of a draft. Raises NotNow for a version that came with the software or from a file."""
        if version.unit is None:
            raise NotNow(self.moved)
        return version.unit

    def _tell(
        self, transaction: Transaction, version: Version, template: str, people: Iterable[int], **more: str
    ) -> None:
        values = {"code": version.code, "title": self.title(version), **more}
        transaction.session.add_all(
            Notice(person_id=each, template=template, values=values, created_at=transaction.now.at)
            for each in people
        )

    def _set_status(self, transaction: Transaction, version: Version, status: str) -> None:
        version.status = status
        decided = self.decided(
            code=version.code,
            unit=self.place(version).code,
            version=version.public_id,
            digest=version.digest,
            status=status,
        )
        transaction.log(f"{self.stream}/{version.code}", decided)


def digest_of(text: str) -> str:
    """The SHA-256 of a file, by which its version is known."""
    return hashlib.sha256(text.encode()).hexdigest()

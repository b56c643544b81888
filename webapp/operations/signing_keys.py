"""Brings the keys that sign papers, switches them off, and keeps the pictures of seals."""

from __future__ import annotations

import io
from dataclasses import asdict, dataclass, field
from typing import TYPE_CHECKING, Any

from flask import current_app
from sqlalchemy import select

from webapp.key_files import lay_key, signing_key_path
from webapp.models import Person, SealPicture, SigningKey, Unit
from webapp.models.types import new_public_id
from webapp.operations.acting import Actor, Now
from webapp.operations.administering import person_in_reach, unit_in_reach
from webapp.operations.opened_keys import fingerprint, refused, token_key
from webapp.operations.papers import file_store
from webapp.operations.refusals import InvalidForm, NotFound
from webapp.operations.transaction import Transaction, write
from webapp.pictures import NoPicture, see_through_copy
from workflows.forms import Fault
from workflows.signing_events import SealPictureKept, SigningKeyAdded, SigningKeyDeactivated

if TYPE_CHECKING:
    from webapp.documents.signatures.keys import SigningKey as Opening

STREAM = "signing"
TENTHS = 10


@dataclass(frozen=True)
class Token:
    """A key on a token: the library of its driver, the label of the token, that of the key."""

    library: str
    token: str
    label: str


@dataclass(frozen=True)
class NewKey:
    """A key of a unit, or of a person (public id) for it: the content of its file, or where its token is.

    ``picture``: of the person's hand, to be seen where they sign.
    """

    unit: str
    person: str | None
    file: bytes = field(default=b"", repr=False)
    token: Token | None = None
    picture: bytes = field(default=b"", repr=False)


def add_key(new: NewKey, secret: str, *, actor: Actor, now: Now) -> str:
    """Bring a key, opened this once with its secret, which is not kept; returns its public id.

    Raises NotFound, and InvalidForm where it cannot be opened or is there already.
    """
    with write(actor, now) as transaction:
        unit_in_reach(transaction, new.unit)  # nobody else tries a secret
    picture = _see_through(new.picture, "/picture") if new.picture else b""
    certificate = _certificate(new, secret, now)
    public_id = new_public_id()
    with write(actor, now) as transaction:
        unit = unit_in_reach(transaction, new.unit)
        person = person_in_reach(transaction, new.person) if new.person else None
        key = _entered(transaction, public_id, unit, person, new, certificate)
        key.picture = file_store().put(io.BytesIO(picture), len(picture)).sha256 if picture else None
    return public_id


def _certificate(new: NewKey, secret: str, now: Now) -> Any:
    from webapp.documents.signatures.keys import KeyRefused

    place = "/label" if new.token else "/file"
    try:
        with _opening(new).opened(secret, now.wall) as signer:
            return signer.signing_cert
    except KeyRefused as refusal:
        raise refused(refusal, place, "/secret") from refusal


def _opening(new: NewKey) -> Opening:
    from webapp.documents.signatures.keys import FileKey

    if new.token is None:
        return FileKey(new.file)
    return token_key(new.token.library, new.token.token, new.token.label)


def _entered(
    transaction: Transaction, public_id: str, unit: Unit, person: Person | None, new: NewKey, certificate: Any
) -> SigningKey:
    from webapp.documents.signatures.authority import is_of_no_value

    key = SigningKey(
        public_id=public_id,
        unit_id=unit.id,
        person_id=person.id if person else None,
        **(asdict(new.token) if new.token else {}),
        subject=_named(certificate.subject),
        issuer=_named(certificate.issuer),
        serial=f"{certificate.serial_number:x}",
        fingerprint=fingerprint(certificate),
        valid_from=certificate.not_valid_before,
        valid_until=certificate.not_valid_after,
        development=is_of_no_value(certificate),
        added_at=transaction.now.at,
    )
    _refuse_known(transaction, key)
    if new.token is None:
        lay_key(signing_key_path(current_app.config["SETTINGS"].data_dir, public_id), new.file)
    transaction.session.add(key)
    transaction.log(
        STREAM,
        SigningKeyAdded(
            key=public_id,
            unit=unit.code,
            person=person.public_id if person else None,
            certificate=key.fingerprint,
            development=key.development,
        ),
    )
    return key


def _refuse_known(transaction: Transaction, key: SigningKey) -> None:
    transaction.hold(Unit, key.unit_id)
    known = select(SigningKey.id).where(
        SigningKey.unit_id == key.unit_id,
        SigningKey.person_id == key.person_id,
        SigningKey.fingerprint == key.fingerprint,
        SigningKey.active.is_(True),
    )
    if transaction.session.scalar(known) is not None:
        raise InvalidForm([Fault("/label" if key.token else "/file", "key_known")])


def deactivate_key(public_id: str, *, actor: Actor, now: Now) -> None:
    """Let nothing more be signed with a key here; what it has signed stays as it is. Raises NotFound."""
    with write(actor, now) as transaction:
        key = transaction.session.scalar(select(SigningKey).where(SigningKey.public_id == public_id))
        if key is None:
            raise NotFound
        unit = unit_in_reach(transaction, key.unit.code)
        if not key.active:
            return
        key.active = False
        transaction.log(STREAM, SigningKeyDeactivated(key=public_id, unit=unit.code))


def keep_seal(unit: str, picture: bytes, width: float, *, actor: Actor, now: Now) -> None:
    """Keep the picture of a unit's seal (PNG, see-through), as wide in millimetres as the seal itself.

    Raises NotFound, and InvalidForm for a file that is no such picture.
    """
    copy = _see_through(picture, "/file")
    with write(actor, now) as transaction:
        place = unit_in_reach(transaction, unit)
        transaction.hold(Unit, place.id)
        kept = transaction.session.get(SealPicture, place.id)
        if kept is None:
            kept = SealPicture(unit_id=place.id)
            transaction.session.add(kept)
        kept.sha256 = file_store().put(io.BytesIO(copy), len(copy)).sha256
        kept.width, kept.saved_at = round(width * TENTHS), transaction.now.at
        transaction.log(STREAM, SealPictureKept(unit=place.code, sha256=kept.sha256, width=kept.width))


def _see_through(picture: bytes, place: str) -> bytes:
    try:
        return see_through_copy(io.BytesIO(picture))
    except NoPicture as fault:
        raise InvalidForm([Fault(place, "no_stamp_picture")]) from fault


def _named(name: Any) -> str:
    """Whom a certificate names: the person or body, else all that is said of it."""
    return str(name.native.get("common_name") or name.human_friendly)[:500]

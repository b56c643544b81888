"""Opens the keys of an installation, and says in the words of a form why one was not."""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from flask import current_app

from webapp.config import Settings
from webapp.key_files import signing_key_path
from webapp.operations.refusals import InvalidForm
from workflows.forms import Fault

if TYPE_CHECKING:
    from webapp.documents.signatures.keys import KeyRefused, SigningKey
    from webapp.models import SigningKey as KeyRow


def fingerprint(certificate: Any) -> str:
    """SHA-256 of a certificate, as pyHanko reads it."""
    return hashlib.sha256(certificate.dump()).hexdigest()


@contextmanager
def opened_key(row: KeyRow, secret: str, wall: dt.datetime, places: tuple[str, str]) -> Iterator[Any]:
    """The signer of a key while it is open; certificates are in force by the clock of the machine.

    Raises InvalidForm with a fault at one of the places: that of the key, that of its secret.
    """
    from webapp.documents.signatures.keys import KeyRefused

    try:
        with _key(row).opened(secret, wall) as signer:
            if fingerprint(signer.signing_cert) != row.fingerprint:
                raise KeyRefused("no_key")
            yield signer
    except KeyRefused as refusal:
        raise refused(refusal, *places) from refusal


def token_key(library: str, token: str, label: str) -> SigningKey:
    """A key on a token whose driver this installation names. Raises KeyRefused."""
    from webapp.documents.signatures.keys import KeyRefused, TokenKey

    if library not in _settings().token_libraries:
        raise KeyRefused("no_token")
    return TokenKey(library, token, label)


def refused(refusal: KeyRefused, key: str, secret: str) -> InvalidForm:
    """Why a key was not opened, at the place that is to be mended."""
    place = secret if refusal.code == "wrong_secret" else key
    return InvalidForm([Fault(place, f"key_{refusal.code}")])


def _key(row: KeyRow) -> SigningKey:
    from webapp.documents.signatures.keys import FileKey, KeyRefused

    if row.library is not None:
        return token_key(row.library, row.token or "", row.label or "")
    path = signing_key_path(_settings().data_dir, row.public_id)
    if not path.is_file():
        raise KeyRefused("no_key")
    return FileKey(path.read_bytes())


def _settings() -> Settings:
    found: Settings = current_app.config["SETTINGS"]
    return found

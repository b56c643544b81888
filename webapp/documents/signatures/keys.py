"""Keys that sign, behind one interface: a PKCS#12 file, or a PKCS#11 token that keeps its key to itself."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass, field
from typing import Any, Literal, Protocol

from pkcs11.exceptions import PinIncorrect, PinInvalid, PinLenRange, PinLocked, PKCS11Error
from pyhanko.config.pkcs11 import TokenCriteria
from pyhanko.sign.pkcs11 import PKCS11Signer, open_pkcs11_session
from pyhanko.sign.signers import SimpleSigner

Signer = Any
"""What pyHanko signs with."""

Refusal = Literal[
    "wrong_secret",
    "incomplete",
    "locked",
    "no_token",
    "no_key",
    "not_yet_valid",
    "expired",
    "not_for_signing",
    "weak",
]
SHORTEST = {"rsa": 2048, "ec": 256}
"""Kinds of keys that papers are signed with, and how many bits they have at least."""

FOR_SIGNING = {"digital_signature", "non_repudiation"}


class KeyRefused(Exception):
    """Nothing can be signed with this key now; ``code`` says why."""

    def __init__(self, code: Refusal) -> None:
        super().__init__(code)
        self.code: Refusal = code


class SigningKey(Protocol):
    """A key that can be opened with its secret: a password, a PIN."""

    def opened(self, secret: str, now: dt.datetime) -> AbstractContextManager[Signer]:
        """The signer, while the key is open. Raises KeyRefused."""
        ...


@dataclass(frozen=True)
class FileKey:
    """A key in a PKCS#12 file (.p12, .pfx): the content of the file."""

    content: bytes = field(repr=False)

    @contextmanager
    def opened(self, secret: str, now: dt.datetime) -> Iterator[Signer]:
        try:
            signer = SimpleSigner.load_pkcs12_data(self.content, (), secret.encode())
        except ValueError:
            raise KeyRefused("wrong_secret") from None  # the file says no more than that
        except AttributeError:  # pyHanko takes for granted that a key and its certificate lie in it
            raise KeyRefused("incomplete") from None
        check_certificate(signer.signing_cert, now)
        yield signer


@dataclass(frozen=True)
class TokenKey:
    """A key on a PKCS#11 token: the driver's library, the label of the token, the label of key and certificate."""

    library: str
    token: str
    label: str

    @contextmanager
    def opened(self, secret: str, now: dt.datetime) -> Iterator[Signer]:
        with self._session(secret) as session:
            # Tokens differ in what they hash themselves; all of them sign a digest.
            signer = PKCS11Signer(
                session, cert_label=self.label, key_label=self.label, use_raw_mechanism=True
            )
            try:
                certificate = signer.signing_cert
            except PKCS11Error:
                raise KeyRefused("no_key") from None
            if certificate is None:
                raise KeyRefused("no_key")
            check_certificate(certificate, now)
            try:
                yield signer
            except PKCS11Error:  # taken out while it signed
                raise KeyRefused("no_token") from None

    def _session(self, secret: str) -> Any:
        try:
            return open_pkcs11_session(
                self.library, token_criteria=TokenCriteria(label=self.token), user_pin=secret
            )
        except (PinIncorrect, PinInvalid, PinLenRange):
            raise KeyRefused("wrong_secret") from None
        except PinLocked:
            raise KeyRefused("locked") from None
        except (PKCS11Error, OSError):
            raise KeyRefused("no_token") from None


def check_certificate(certificate: Any, now: dt.datetime) -> None:
    """Whether papers may be signed with this certificate now. Raises KeyRefused."""
    if now < certificate.not_valid_before:
        raise KeyRefused("not_yet_valid")
    if now > certificate.not_valid_after:
        raise KeyRefused("expired")
    usage = certificate.key_usage_value
    if usage is not None and not FOR_SIGNING & usage.native:
        raise KeyRefused("not_for_signing")
    public = certificate.public_key
    if public.algorithm not in SHORTEST or public.bit_size < SHORTEST[public.algorithm]:
        raise KeyRefused("weak")

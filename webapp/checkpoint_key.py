"""The key that signs checkpoints: Ed25519, made at the first use, kept outside the database.

The seed is readable by its owner only; the public half lies beside it and is what auditors take home.
"""

from __future__ import annotations

import os
import secrets
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from nacl.encoding import HexEncoder
from nacl.exceptions import BadSignatureError
from nacl.signing import SigningKey, VerifyKey

PRIVATE = "checkpoint.key"
PUBLIC = "checkpoint.pub"


@dataclass(frozen=True)
class CheckpointKey:
    """The signing key of an installation; both halves as hexadecimal text of 32 bytes."""

    folder: Path

    @property
    def public(self) -> str:
        """The public half."""
        return self._signing().verify_key.encode(HexEncoder).decode()

    def sign(self, body: bytes) -> str:
        """The signature over exactly these bytes, hexadecimal."""
        return self._signing().sign(body).signature.hex()

    def trusted(self) -> set[str]:
        """Public keys whose signatures count: this one and those of earlier keys that were left beside it."""
        return set(self._lying())

    def _lying(self) -> Iterator[str]:
        for path in self.folder.glob("*.pub"):
            with suppress(OSError, UnicodeDecodeError):  # what is no key trusts nobody
                yield path.read_text(encoding="ascii").strip()

    def _signing(self) -> SigningKey:
        path = self.folder / PRIVATE
        if not path.exists():
            self._make(path)
        key = SigningKey(path.read_bytes().strip(), HexEncoder)
        public = self.folder / PUBLIC
        if not public.exists():
            public.write_bytes(key.verify_key.encode(HexEncoder) + b"\n")
        return key

    def _make(self, path: Path) -> None:
        self.folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        draft = self.folder / f".{PRIVATE}.{os.getpid()}.{secrets.token_hex(4)}"
        handle = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(handle, "wb") as file:
            file.write(SigningKey.generate().encode(HexEncoder) + b"\n")
            file.flush()
            os.fsync(file.fileno())
        try:
            os.link(draft, path)  # of two processes that make it together one wins, and both read the same
        except FileExistsError:
            pass
        finally:
            draft.unlink()


def key_of(data_dir: Path) -> CheckpointKey:
    """The key of the installation whose data lie in ``data_dir``."""
    return CheckpointKey(data_dir / "keys")


def is_signed(public: str, body: bytes, signature: str) -> bool:
    """True when ``signature`` over ``body`` was made with the key that belongs to ``public``."""
    try:
        VerifyKey(public.encode(), HexEncoder).verify(body, bytes.fromhex(signature))
    except (BadSignatureError, ValueError, TypeError):
        return False
    return True

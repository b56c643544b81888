"""The keys that seal secret ballots: X25519, one pair for each round, the private half outside the database.

It lies in a file of its own until the ballots are counted or voided, and is destroyed then: what is left of sealed
ballots (in a backup, in a write-ahead log) can never be opened again. Never back this folder up.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from nacl.encoding import HexEncoder
from nacl.exceptions import CryptoError
from nacl.public import PrivateKey, PublicKey, SealedBox

SUFFIX = ".key"


class KeyMissing(LookupError):
    """The private key of a round is gone or cannot be read: its ballots cannot be opened."""


class BrokenSeal(ValueError):
    """Bytes that were not sealed for this round, or were changed since."""


def seal(public: str, body: bytes) -> bytes:
    """The body under the public key (hexadecimal); two seals of one body have nothing in common but their size."""
    return bytes(SealedBox(PublicKey(public.encode(), HexEncoder)).encrypt(body))


@dataclass(frozen=True)
class BallotKeys:
    """The keys of an installation, by the public id of the round."""

    folder: Path

    def make(self, name: str) -> str:
        """Make the pair of a round and return its public half, hexadecimal. On disk before it returns."""
        self.folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        private = PrivateKey.generate()
        handle = os.open(self._path(name), os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(handle, "wb") as file:
            file.write(private.encode(HexEncoder))
            file.flush()
            os.fsync(file.fileno())
        return private.public_key.encode(HexEncoder).decode()

    def open(self, name: str, sealed: bytes) -> bytes:
        """What was sealed for a round. Raises KeyMissing and BrokenSeal."""
        try:
            private = PrivateKey(self._path(name).read_bytes(), HexEncoder)
        except (OSError, ValueError, TypeError) as fault:  # gone, not to be read, or cut off
            raise KeyMissing(name) from fault
        try:
            return bytes(SealedBox(private).decrypt(sealed))
        except CryptoError as fault:
            raise BrokenSeal(name) from fault

    def destroy(self, name: str) -> None:
        """Overwrite and remove the private half; nothing happens when it is gone already."""
        path = self._path(name)
        try:
            with path.open("r+b") as file:
                file.write(os.urandom(path.stat().st_size))
                file.flush()
                os.fsync(file.fileno())
            path.unlink()
        except FileNotFoundError:
            return

    def names(self) -> Iterator[tuple[str, float]]:
        """The rounds whose private half is here, each with the time its file was made (seconds of the epoch)."""
        for path in self.folder.glob(f"*{SUFFIX}"):
            yield path.stem, path.stat().st_mtime

    def _path(self, name: str) -> Path:
        return self.folder / f"{name}{SUFFIX}"


def ballot_keys(data_dir: Path) -> BallotKeys:
    """The keys of the installation whose data lie in ``data_dir``."""
    return BallotKeys(data_dir / "ballot-keys")

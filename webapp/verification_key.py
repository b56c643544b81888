"""The key that signs the codes of papers: ECDSA P-256, made at the first use, kept outside the database.

`verification.key` is readable by its owner only; public halves lie beside it as `verification-<id>.pem`. A new key
takes the place of the old one, whose public half stays: papers that carry codes outlive keys.
"""

from __future__ import annotations

import hashlib
import os
import secrets
from dataclasses import dataclass
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
    PublicFormat,
    load_pem_private_key,
)

from workflows.paper_codes import sign

PRIVATE = "verification.key"


@dataclass(frozen=True)
class Signer:
    """The key as it is now: its id (16 hexadecimal digits of the SHA-256 of its public half) and its hand."""

    id: str
    public: bytes
    key: ec.EllipticCurvePrivateKey

    def sign(self, body: bytes) -> str:
        """The signature over exactly these bytes, as text."""
        return sign(self.key, body)


@dataclass(frozen=True)
class VerificationKey:
    """The keys of an installation for the codes of its papers."""

    folder: Path

    def signer(self) -> Signer:
        """The key that signs now; made when there is none."""
        path = self.folder / PRIVATE
        if not path.exists():
            self._make(path, replacing=False)
        key = load_pem_private_key(path.read_bytes(), None)
        assert isinstance(key, ec.EllipticCurvePrivateKey), path
        signer = _signer(key)
        public = self.folder / _public_name(signer.id)
        if not public.exists():
            self._lay(public, signer.public, replacing=True)
        return signer

    def rotate(self) -> Signer:
        """A new key signs from now on; what the old one signed stays trusted."""
        self.signer()
        self._make(self.folder / PRIVATE, replacing=True)
        return self.signer()

    def trusted(self) -> dict[str, bytes]:
        """Public keys whose signatures count, by id, the one that signs now first."""
        now = self.signer()
        old = {path.stem.partition("-")[2]: path for path in sorted(self.folder.glob("verification-*.pem"))}
        return {now.id: now.public} | {id: path.read_bytes() for id, path in old.items() if id != now.id}

    def _make(self, path: Path, *, replacing: bool) -> None:
        key = ec.generate_private_key(ec.SECP256R1())
        self._lay(path, key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()), replacing)

    def _lay(self, path: Path, content: bytes, replacing: bool) -> None:
        """A file that is there whole or not at all; of two processes that make it together one wins."""
        self.folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        draft = self.folder / f".{path.name}.{os.getpid()}.{secrets.token_hex(4)}"
        handle = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(handle, "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        if replacing:
            draft.replace(path)
            return
        try:
            os.link(draft, path)
        except FileExistsError:
            pass
        finally:
            draft.unlink()


def verification_key_of(data_dir: Path) -> VerificationKey:
    """The keys of the installation whose data lie in ``data_dir``."""
    return VerificationKey(data_dir / "keys")


def _signer(key: ec.EllipticCurvePrivateKey) -> Signer:
    public = key.public_key()
    der = public.public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo)
    pem = public.public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo)
    return Signer(hashlib.sha256(der).hexdigest()[:16], pem, key)


def _public_name(id: str) -> str:
    return f"verification-{id}.pem"

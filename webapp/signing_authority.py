"""Whose certificates count here, and the authority for development: made when it is asked for, kept with the keys."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives.serialization import Encoding

from webapp.documents.signatures.authority import Authority, new_authority, read_authority
from webapp.key_files import FOLDER, lay_key

TRUST = "trust"
KEPT = "development.pem"
"""Certificate and key of the authority for development, in one file that its owner alone reads."""


def development_authority(data_dir: Path, now: dt.datetime) -> Authority:
    """The authority for development of the installation whose data lie in ``data_dir``."""
    path = data_dir / FOLDER / KEPT
    if not path.exists():
        made = new_authority(now)
        lay_key(path, made.pem + made.key_pem)
    kept = path.read_bytes()
    return read_authority(kept, kept)


def trusted_certificates(data_dir: Path) -> list[bytes]:
    """Certificates of the authorities that count: the files of the folder `trust`, and that for development."""
    files = [*sorted((data_dir / TRUST).glob("*.pem")), data_dir / FOLDER / KEPT]
    found = [x509.load_pem_x509_certificates(file.read_bytes()) for file in files if file.is_file()]
    return [each.public_bytes(Encoding.DER) for several in found for each in several]

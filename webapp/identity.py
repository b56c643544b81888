"""Identity numbers: kept as a keyed digest only, so that two entries can be compared and no number be read.

The key lies outside the database; whoever has the database alone cannot try all numbers out.
"""

from __future__ import annotations

import hashlib
import hmac
from pathlib import Path

from webapp.config import kept_secret

KEY = "identity_key"


def identity_digest(data_dir: Path, number: str) -> str:
    """The digest of an identity number, hexadecimal; spaces and dots do not matter."""
    digits = "".join(filter(str.isdigit, number))
    key = kept_secret(data_dir, KEY).encode("ascii")
    return hmac.new(key, digits.encode("ascii"), hashlib.sha256).hexdigest()

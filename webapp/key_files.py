"""Files of keys: readable by their owner only, beside the data, under the secret of whoever brought them."""

from __future__ import annotations

import os
import secrets
from pathlib import Path

FOLDER = "keys"


def lay_key(path: Path, content: bytes) -> None:
    """Write a file of a key, unless there is one: of two processes that make it together one wins."""
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    draft = path.with_name(f".{path.name}.{os.getpid()}.{secrets.token_hex(4)}")
    handle = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(handle, "wb") as file:
        file.write(content)
    try:
        os.link(draft, path)
    except FileExistsError:
        pass
    finally:
        draft.unlink()


def signing_key_path(data_dir: Path, public_id: str) -> Path:
    """Where the PKCS#12 file of a signing key lies."""
    return data_dir / FOLDER / f"signing-{public_id}.p12"

"""Papers are drawn once in a run of tests: equal pages give equal bytes, as tests/webapp/documents shows without it."""

import hashlib
import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

from webapp.documents import drawing

Draw = Callable[..., bytes]
drawn: Draw = drawing.draw


def once(folder: Path) -> Draw:
    """Draws what is not in the folder yet; processes that are killed and those that share it do not disturb it."""
    folder.mkdir(parents=True, exist_ok=True)

    def draw(html: str, document: str, **how: Any) -> bytes:
        kept = folder / hashlib.sha256(repr((html, document, sorted(how.items()))).encode()).hexdigest()
        if not kept.exists():
            new = kept.with_suffix(f".{os.getpid()}")
            new.write_bytes(drawn(html, document, **how))
            new.replace(kept)
        return kept.read_bytes()

    return draw

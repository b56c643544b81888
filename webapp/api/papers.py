"""Uploads: one file in the multipart field ``file``."""

from __future__ import annotations

from collections.abc import Callable
from typing import BinaryIO, cast

from flask import request

from webapp.operations.papers import LIMIT, PaperRefused, Upload
from webapp.operations.refusals import InvalidForm
from workflows.forms import Fault

FILE = {
    "type": "object",
    "properties": {"file": {"type": "string", "format": "binary"}},
    "required": ["file"],
}


def taken_in(kind: str, take: Callable[[Upload], str]) -> dict[str, str]:
    """Take in the file of this request; the id to name it by. Raises InvalidForm when it is none, or not taken."""
    file = request.files.get("file")
    try:
        if file is None:
            raise PaperRefused("empty")
        return {"id": take(Upload(file.filename or "", cast(BinaryIO, file.stream), kind))}
    except PaperRefused as refusal:
        fault = Fault("/file", f"paper_{refusal.code}", {"limit": LIMIT})
        raise InvalidForm([fault], FILE) from refusal

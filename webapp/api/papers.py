"""``/api/v1/papers``: files to read; uploads, one file in the multipart field ``file``."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, BinaryIO, cast

from flask import request
from werkzeug.wrappers import Response

from webapp.api.description import Part
from webapp.extensions import db
from webapp.operations.papers import LIMIT, MEDIA_TYPES, PaperRefused, Upload
from webapp.operations.refusals import InvalidForm
from webapp.queries.papers import readable_paper
from webapp.ui.access import hidden, signed_in, standing
from webapp.ui.paper_files import opened_paper
from workflows.forms import Fault

FILE = {
    "type": "object",
    "properties": {"file": {"type": "string", "format": "binary"}},
    "required": ["file"],
}

READ: dict[str, Any] = {
    "200": {
        "description": "The file",
        "content": {
            kind: {"schema": {"type": "string", "format": "binary"}}
            for kind in sorted(set(MEDIA_TYPES.values()))
        },
    }
}
"""What the description says of a route that answers with a file."""

part = Part("papers", "/papers", "Papers of the dossiers that the owner of the token may know of.")


@part.get("/<paper_id>")
@signed_in
@part.doc(responses=READ)
def show_paper(paper_id: str) -> Response:
    """The file of a paper; that it was read is noted."""
    return opened_paper(readable_paper(db.session(), standing(), paper_id) or hidden())


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

"""A file whose signatures a visitor asks about: it is read once, and nothing of it is kept."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from flask import current_app
from flask_babel import gettext as _
from werkzeug.datastructures import FileStorage

from webapp.clock import wall
from webapp.signing_authority import trusted_certificates

if TYPE_CHECKING:
    from webapp.documents.signatures.validating import Examined

LIMIT = 10 * 1024 * 1024


@dataclass(frozen=True)
class ShownCheck:
    """What came of it: ``found`` in the file ``name``, or a ``fault``."""

    name: str = ""
    found: Examined | None = None
    fault: str = ""


def checked_file(upload: FileStorage | None) -> ShownCheck:
    """What the signatures in a file prove, or why it was not looked at."""
    if upload is None or not upload.filename:
        return ShownCheck(fault=_("Choose a PDF file."))
    content = upload.stream.read(LIMIT + 1)
    if len(content) > LIMIT:
        return ShownCheck(fault=_("The file is larger than 10 MB."))
    from webapp.documents.signatures.apart import examined_apart
    from webapp.documents.signatures.validating import Unreadable

    try:
        trusted = trusted_certificates(current_app.config["SETTINGS"].data_dir)
        return ShownCheck(upload.filename, examined_apart(content, trusted, wall()))
    except Unreadable:
        return ShownCheck(
            fault=_(
                "This is no PDF file, it is locked with a password, or it is damaged. Nothing can be said of it."
            )
        )

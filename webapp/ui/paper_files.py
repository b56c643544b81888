"""Sends a paper: shown by the browser where that is harmless, else to be saved; and the pictures of public pages."""

import unicodedata
from io import BytesIO
from urllib.parse import quote

from flask import request, send_file
from werkzeug.wrappers import Response

from webapp.models import IntroducedPicture, Paper, WaitingPaper
from webapp.operations.access import record_access
from webapp.operations.papers import MEDIA_TYPES, file_store
from webapp.operations.refusals import Erased
from webapp.pictures import THUMBNAIL, public_copy
from webapp.ui.acting import actor_and_now
from workflows.events import PaperRead

SHOWN = frozenset({"application/pdf", "image/png", "image/jpeg"})
MINUTES_KEPT = 5
BARRED = str.maketrans("đĐ", "dD")
ALONE = "default-src 'none'; img-src 'self'; style-src 'unsafe-inline'; sandbox"
"""Even if a browser took the file for a page, nothing in it could run or reach us."""


def paper_response(paper: Paper | WaitingPaper) -> Response:
    """The file under the name it came with; ``?save`` asks for a download in any case. Raises Erased."""
    _refuse_erased(paper)
    return kept_response(paper.sha256, paper.size, paper.media_type, paper.filename)


def kept_response(sha256: str, size: int, media_type: str, filename: str) -> Response:
    """A file that is kept, as it is called; ``?save`` asks for a download in any case."""
    shown = media_type in SHOWN and "save" not in request.args
    response = send_file(
        file_store().open(sha256),
        mimetype=media_type,
        as_attachment=not shown,
        download_name=filename,
        etag=sha256,
        max_age=0,
    )
    response.content_length = size
    return _private(_called(response, filename))


def opened_paper(paper: Paper) -> Response:
    """The file of a paper for somebody who may read it; that they opened it is noted before it is sent.

    Raises Erased.
    """
    _refuse_erased(paper)
    actor, now = actor_and_now()
    record_access(PaperRead(paper=paper.public_id), actor=actor, now=now)
    return paper_response(paper)


def _refuse_erased(paper: Paper | WaitingPaper) -> None:
    if isinstance(paper, Paper) and paper.erased_at is not None:
        raise Erased


def thumbnail_response(paper: Paper | WaitingPaper) -> Response:
    """A small copy of a picture, to be seen inside the page of its case. Raises NoPicture, Erased."""
    _refuse_erased(paper)
    with file_store().open(paper.sha256) as file:
        copy = public_copy(file, THUMBNAIL)
    response = _private(send_file(BytesIO(copy.content), copy.media_type, etag=paper.sha256))
    response.headers["Cache-Control"] = f"private, max-age={MINUTES_KEPT * 60}"
    return response


def picture_response(picture: IntroducedPicture) -> Response:
    """A picture of a public page. It may be kept for some minutes, not longer: a page can be taken down."""
    file = file_store().open(picture.sha256)
    response = send_file(file, picture.media_type, etag=picture.sha256, max_age=MINUTES_KEPT * 60)
    response.headers["Content-Security-Policy"] = ALONE
    response.headers["Cache-Control"] = f"public, max-age={MINUTES_KEPT * 60}, must-revalidate"
    return response


def drawn_response(content: bytes, filename: str) -> Response:
    """A document that was drawn for this answer only; Office files are for saving."""
    media_type = MEDIA_TYPES["." + filename.rpartition(".")[2]]
    response = send_file(
        BytesIO(content),
        media_type,
        as_attachment=media_type not in SHOWN,
        download_name=filename,
        max_age=0,
        etag=False,
    )
    return _private(_called(response, filename))


def _called(response: Response, filename: str) -> Response:
    """The name for old programs keeps each letter: ``đ`` has no accent to take off, and would be left out."""
    if not filename.isascii():
        plain = unicodedata.normalize("NFKD", filename.translate(BARRED)).encode("ascii", "ignore").decode()
        head = response.headers["Content-Disposition"].partition(";")[0]
        names = {"filename": plain, "filename*": f"UTF-8''{quote(filename, safe='')}"}
        response.headers.set("Content-Disposition", head, **names)
    return response


def _private(response: Response) -> Response:
    response.headers["Content-Security-Policy"] = ALONE
    response.headers["Cache-Control"] = "private, no-store"
    return response

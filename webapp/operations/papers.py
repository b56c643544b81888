"""Takes in uploaded papers and keeps rendered ones."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, BinaryIO

import puremagic
from flask import current_app

from webapp.documents import Rendered, is_confidential
from webapp.files import FileStore, TooLarge, file_store_of
from webapp.models import Case, Paper
from webapp.operations.acting import Actor, Now
from webapp.operations.form_papers import StoredUpload, enter_paper
from webapp.operations.refusals import Refused
from webapp.operations.tasks import actable_task
from webapp.operations.transaction import Transaction, write
from webapp.pictures import is_picture
from webapp.text import nfc
from workflows.events import PaperAdded
from workflows.record import digest

LIMIT = 20 * 1024 * 1024
HEAD = TAIL = 8 * 1024
LONGEST_NAME = 200
PICTURE = "picture"
"""The kind of paper that is shown as a picture: it has to be one."""

MEDIA_TYPES = {
    ".pdf": "application/pdf",
    ".png": "image/png",
    ".jpg": "image/jpeg",
    ".jpeg": "image/jpeg",
    ".docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    ".xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}
OFFICE_PARTS = {".docx": "word/document.xml", ".xlsx": "xl/workbook.xml"}
SAME_CONTENT = {".jpeg": ".jpg", ".docx": ".zip", ".xlsx": ".zip"}


class PaperRefused(Refused):
    """The file was not taken: ``empty``, ``too_large``, ``wrong_type``, ``no_picture`` or ``too_many``."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


@dataclass(frozen=True)
class Upload:
    """A file as it came in."""

    filename: str
    content: BinaryIO
    kind: str


@dataclass(frozen=True)
class Drawn:
    """A document that is drawn of its facts and not yet kept; ``kind`` tells several of one sort in a case apart."""

    document: str
    filename: str
    paper: Rendered
    facts: Mapping[str, Any]
    kind: str

    @property
    def facts_digest(self) -> str:
        return digest(self.facts)


def add_paper(task_id: str, upload: Upload, *, actor: Actor, now: Now) -> str:
    """Take in a paper for the form of a task; returns its public id. Raises PaperRefused.

    The file is on disk before the row is written, and belongs to the person's draft until the form is completed.
    """
    return add_paper_to(lambda transaction: actable_task(transaction, task_id).case, upload, actor, now)


def add_paper_to(case_for: Callable[[Transaction], Case], upload: Upload, actor: Actor, now: Now) -> str:
    """Take in a paper for a case that ``case_for`` locks, or refuses; asked before and after the file is stored."""
    _checked_suffix(upload)
    with write(actor, now) as transaction:
        case_for(transaction)  # nobody else fills the disk
    stored = store_upload(upload)
    with write(actor, now) as transaction:
        return enter_paper(transaction, case_for(transaction), upload.kind, stored)


def store_upload(upload: Upload) -> StoredUpload:
    """Keep a file that came in, by its digest. Raises PaperRefused."""
    suffix = _checked_suffix(upload)
    if upload.kind == PICTURE and not is_picture(upload.content):
        raise PaperRefused("no_picture")
    try:
        stored = file_store().put(upload.content, LIMIT)
    except TooLarge as fault:
        raise PaperRefused("too_large") from fault
    return StoredUpload(_safe_name(upload.filename), MEDIA_TYPES[suffix], stored.size, stored.sha256)


def keep_document(transaction: Transaction, case: Case, drawn: Drawn) -> Paper:
    """Keep a rendered document of a case."""
    stored = file_store().put(io.BytesIO(drawn.paper.pdf), len(drawn.paper.pdf))
    paper = Paper(
        case_id=case.id,
        kind=drawn.kind,
        filename=_safe_name(drawn.filename),
        media_type="application/pdf",
        size=stored.size,
        sha256=stored.sha256,
        document_type=drawn.document,
        facts_digest=drawn.facts_digest,
        facts=None if is_confidential(drawn.document) else drawn.facts,
        type_digest=drawn.paper.type_digest,
        created_at=transaction.now.at,
    )
    transaction.session.add(paper)
    transaction.session.flush()
    transaction.log_case(case, PaperAdded(paper=paper.public_id, kind=drawn.kind, sha256=paper.sha256))
    return paper


def file_store() -> FileStore:
    """The file store of the running application."""
    return file_store_of(current_app.config["SETTINGS"])


def _checked_suffix(upload: Upload) -> str:
    """The suffix of the name, when the content is what the suffix says. Raises PaperRefused."""
    suffix = "." + upload.filename.rpartition(".")[2].lower()
    if suffix not in MEDIA_TYPES:
        raise PaperRefused("wrong_type")
    head = upload.content.read(HEAD)
    upload.content.seek(0)
    if not head:
        raise PaperRefused("empty")
    if upload.content.seek(0, io.SEEK_END) > LIMIT:
        raise PaperRefused("too_large")
    upload.content.seek(0)
    wanted = SAME_CONTENT.get(suffix, suffix)
    try:
        found = {match.extension for match in puremagic.magic_string(head)}
    except puremagic.PureError as fault:
        raise PaperRefused("wrong_type") from fault
    if not found & {wanted, suffix} or not _is_whole(upload.content, suffix):
        raise PaperRefused("wrong_type")
    return suffix


def _is_whole(content: BinaryIO, suffix: str) -> bool:
    """Whether a PDF has its end, and an Office file its document and no macros; pictures are known by their head."""
    if suffix == ".pdf":
        content.seek(-min(TAIL, content.seek(0, io.SEEK_END)), io.SEEK_END)
        whole = b"%%EOF" in content.read()
    elif suffix in OFFICE_PARTS:
        whole = OFFICE_PARTS[suffix] in (names := _names_in(content)) and not any(
            name.lower().endswith("vbaproject.bin") for name in names
        )
    else:
        return True
    content.seek(0)
    return whole


def _names_in(content: BinaryIO) -> list[str]:
    try:
        return zipfile.ZipFile(content).namelist()
    except (
        zipfile.BadZipFile,
        NotImplementedError,
        ValueError,
    ):  # a newer sort of archive, names in no alphabet
        return []


def _safe_name(filename: str) -> str:
    """The last part of the name as people read it, a long one cut before its suffix; it is never used as a path."""
    stem, dot, suffix = nfc(filename.replace("\\", "/").rpartition("/")[2]).rpartition(".")
    return stem[: LONGEST_NAME - len(dot + suffix)] + dot + suffix

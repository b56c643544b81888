"""What becomes of the name of an uploaded file, and which files are taken."""

import hashlib
import io
import zipfile

import pytest
from sqlalchemy import select

from webapp.extensions import db
from webapp.models import Paper
from webapp.operations.papers import PaperRefused, Upload, add_paper, file_store
from webapp.operations.refusals import NotFound


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        ("bao\x01 cao\x00.pdf", "bao cao.pdf"),
        ("../../etc/Báo cáo.pdf", "Báo cáo.pdf"),
        ("Báo cáo " * 60 + ".pdf", ("Báo cáo " * 60)[:196] + ".pdf"),
    ],
)
def test_name_is_one_that_can_be_sent_back(office, campaign, given, kept):
    task = office.task("prepare_on_behalf", office.nominate())
    office.paper("officer", task.public_id, "achievement_report", given)
    assert db.session.scalar(select(Paper.filename).order_by(Paper.id.desc())) == kept


def archive(*names):
    """An Office file, as far as its list of parts goes."""
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w") as packed:
        for name in ("[Content_Types].xml", *names):
            packed.writestr(name, "<xml/>")
    return content.getvalue()


def with_bytes(*changes):
    """The same with other bytes (place, bytes …) in the first entry of its list of parts."""
    content = bytearray(archive("word/document.xml"))
    at = content.index(b"PK\x01\x02")
    for place, other in zip(changes[::2], changes[1::2], strict=True):
        content[at + place : at + place + len(other)] = other
    return bytes(content)


@pytest.fixture
def add(office, campaign):
    """Adds a file to the form of a task."""
    task = office.task("prepare_on_behalf", office.nominate()).public_id

    def act(name, content, username="officer"):
        upload = Upload(name, io.BytesIO(content), "achievement_report")
        return add_paper(task, upload, actor=office.actor(username), now=office.now)

    return act


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("a.pdf", b"%PDF-"),
        ("a.pdf", b"%PDF-1.7\n" + b"cut off " * 4000),
        ("a.docx", archive("word/vbaProject.bin", "word/document.xml")),
        ("a.xlsx", archive("word/document.xml")),
        ("a.docx", archive("xl/workbook.xml")),
        ("a.docx", archive()),
        ("a.docx", archive("word/document.xml")[:40]),
        ("a.docm", archive("word/document.xml")),
        ("a.docx", archive("word/VBAProject.bin", "word/document.xml")),
        ("a.docx", with_bytes(6, b"\x63\x00")),  # a version of archives nobody has
        ("a.docx", with_bytes(8, b"\x00\x08", 46, b"\xff")),  # a name in no alphabet
        ("a.pdf", archive("word/document.xml")),
    ],
)
def test_what_is_not_what_its_name_says_is_refused(add, name, content):
    with pytest.raises(PaperRefused, match="wrong_type"):
        add(name, content)


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("a.pdf", b"%PDF-1.7\n%%EOF\n"),
        ("a.docx", archive("word/document.xml")),
        ("A.XLSX", archive("xl/workbook.xml")),
    ],
)
def test_whole_files_are_taken(add, name, content):
    assert db.session.scalar(select(Paper.size).where(Paper.public_id == add(name, content))) == len(content)


def test_file_of_somebody_else_is_not_even_stored(add):
    content = b"%PDF-1.7\n% of a stranger\n%%EOF\n"
    with pytest.raises(NotFound):
        add("a.pdf", content, username="other_officer")
    with pytest.raises(FileNotFoundError):
        file_store().open(hashlib.sha256(content).hexdigest())

"""Facts in, paper out: checked plain data and a packaged template make a PDF. No database, no clock."""

import hashlib
import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from typing import Any

from jinja2 import FileSystemLoader, StrictUndefined
from jinja2.sandbox import SandboxedEnvironment

from webapp.documents import ballot_codes, blocks, formats, letters, words
from webapp.documents.attachments import data_of
from webapp.documents.catalogue import CERTIFICATES, SHARED, TYPES, check_facts, document_type
from webapp.documents.codes import square
from webapp.documents.errors import UnknownDocumentError

FILTERS = (
    ballot_codes.columns,
    ballot_codes.trackers_sentence,
    blocks.articles,
    blocks.awarded,
    formats.assumption,
    formats.broken,
    formats.by_kind,
    formats.by_part,
    formats.clause,
    formats.closing_hour,
    formats.counted,
    formats.day,
    formats.described,
    formats.document_number,
    formats.full_name,
    formats.hour,
    formats.kinds_of,
    formats.lines_of,
    formats.listed,
    formats.long_day,
    formats.mentioned,
    formats.money,
    formats.outcomes,
    formats.padded,
    formats.prose,
    formats.roman,
    formats.runs,
    formats.sentence,
    formats.share,
    formats.stated,
    formats.stripped,
    letters.letter_heading,
    letters.outcome_groups,
    square,
    words.amount_in_words,
)

_FONT_FACE = re.compile(r"@font-face \{[^}]*\}\n?")

NAMES = {
    "EXPLAINED": letters.EXPLAINED,
    "KINDS": formats.KINDS,
    "OUTCOMES": formats.OUTCOMES,
}


@dataclass(frozen=True)
class Rendered:
    """A finished paper: the bytes of the PDF, their SHA-256 in hexadecimal, and that of what drew it."""

    pdf: bytes = field(repr=False)
    digest: str
    type_digest: str


def render(type: str, facts: Mapping[str, Any], *, draft: bool = False) -> Rendered:
    """The paper of this type made of ``facts`` (plain JSON data, see the type's `meta.json`).

    A ``draft`` says on each page that it is one, and has no data inside. Equal facts give equal bytes. Raises
    UnknownDocumentError, FactsError (naming each place), FontsMissingError.
    """
    from webapp.documents import drawing  # a web process never needs to load Pango
    from webapp.documents.certificates.paper import certificates_pdf

    if type == CERTIFICATES:
        pdf = certificates_pdf(composed(facts))
        return Rendered(pdf, hashlib.sha256(pdf).hexdigest(), drawing.type_digest(type))
    kind = document_type(type)
    attached = data_of(kind.title, composed(facts)) if kind.attach and not draft else None
    pdf = drawing.draw(page(type, facts), type, draft=draft, attached=attached)
    return Rendered(pdf, hashlib.sha256(pdf).hexdigest(), drawing.type_digest(type))


def render_docx(type: str, facts: Mapping[str, Any], *, draft: bool = False) -> bytes:
    """The paper of this type as a Word file; a ``draft`` says on each page that it is one.

    Equal facts give equal bytes. Raises UnknownDocumentError, also where the type has no Word file, and FactsError.
    """
    from webapp.documents.word_files import filled_in  # as late as Pango: few processes make Office files

    check_facts(type, facts)
    template = document_type(type).folder / "template.docx"
    if not template.is_file():
        raise UnknownDocumentError(type)
    return filled_in(template, facts, draft)


def render_xlsx(type: str, facts: Mapping[str, Any], *, draft: bool = False) -> bytes:
    """The paper of this type as an Excel file, where it has one. Equal facts give equal bytes.

    Raises UnknownDocumentError, also where the type has no Excel file, and FactsError.
    """
    from webapp.documents.list_workbooks import list_workbook
    from webapp.documents.payment_workbooks import payment_workbook
    from webapp.documents.review_workbooks import review_workbook
    from webapp.documents.workbooks import workbook

    makers = {
        "summary_sheet": workbook,
        "review_report": review_workbook,
        "registration_list": list_workbook,
        "payment_sheet": payment_workbook,
    }
    check_facts(type, facts)
    if type not in makers:
        raise UnknownDocumentError(type)
    return makers[type](facts, document_type(type).title, draft)


def score_sheet(facts: Mapping[str, Any]) -> bytes:
    """The scores of a cluster's year as an Excel file. Equal facts give equal bytes."""
    from webapp.documents.score_sheets import score_workbook

    return score_workbook(facts)


def page(type: str, facts: Mapping[str, Any]) -> str:
    """The paper as HTML, before it is drawn. Raises UnknownDocumentError and FactsError."""
    check_facts(type, facts)
    template = environment().get_template(f"{type}/template.html")
    return template.render(composed(facts), meta=document_type(type))


def alone(type: str, facts: Mapping[str, Any]) -> str:
    """The paper as an HTML file that needs nothing else: its styles stand in it, fonts are those of the reader.

    Raises UnknownDocumentError and FactsError.
    """
    sheets = (TYPES / SHARED / "style.css", TYPES / type / "style.css", TYPES / SHARED / "screen.css")
    style = _FONT_FACE.sub("", "\n".join(sheet.read_text("utf-8") for sheet in sheets))
    return page(type, facts).replace("</head>", f"<style>\n{style}</style>\n</head>", 1)


@cache
def environment() -> SandboxedEnvironment:
    """What fills templates of papers in."""
    made = SandboxedEnvironment(
        loader=FileSystemLoader(TYPES),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    made.filters.update({filter_.__name__: filter_ for filter_ in FILTERS})
    made.globals.update(NAMES)
    return made


def composed(value: Any) -> Any:
    """The same data with every text in NFC: one letter, one character, so that names are found in the PDF."""
    if isinstance(value, str):
        return unicodedata.normalize("NFC", value)
    if isinstance(value, Mapping):
        return {key: composed(item) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [composed(item) for item in value]
    return value

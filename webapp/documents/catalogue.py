"""The kinds of paper there are: one folder each under `types/`, described by its `meta.json`."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from functools import cache
from pathlib import Path
from typing import Any

from jsonschema import Draft202012Validator, FormatChecker
from jsonschema.exceptions import ValidationError
from referencing import Registry, Resource

from webapp.documents.errors import FactsError, UnknownDocumentError

TYPES = Path(__file__).parent / "types"
FONTS = Path(__file__).parent / "fonts"
SHARED = "_base"
CERTIFICATES, CERTIFICATES_TITLE = "certificate", "Giấy khen, bằng khen"
"""The kind of paper that is no folder under `types/`: certificates have types of their own."""

_FORMATS = FormatChecker(["date"])


@_FORMATS.checks("moment", raises=ValueError)
def _is_moment(value: object) -> bool:
    return not isinstance(value, str) or bool(datetime.fromisoformat(value))


@dataclass(frozen=True)
class DocumentType:
    """A kind of paper: its name, Vietnamese title, page formats and what its facts must be.

    ``attach``: a finished one has its facts inside, as a file. ``confidential``: its facts are kept nowhere but on it.
    """

    name: str
    title: str
    description: str
    pages: tuple[str, ...]
    schema: Mapping[str, Any] = field(repr=False)
    attach: bool = False
    confidential: bool = False

    @property
    def folder(self) -> Path:
        return TYPES / self.name

    @property
    def in_word(self) -> bool:
        """Whether it is made as a Word file, too."""
        return (self.folder / "template.docx").is_file()


@cache
def document_types() -> Mapping[str, DocumentType]:
    """All kinds of paper by name."""
    folders = sorted(path.parent for path in TYPES.glob("*/meta.json"))
    return {folder.name: _read(folder) for folder in folders}


def document_type(name: str) -> DocumentType:
    """The kind of paper with this name; UnknownDocumentError if there is none."""
    try:
        return document_types()[name]
    except KeyError:
        raise UnknownDocumentError(name) from None


def title_of(name: str) -> str | None:
    """What a kind of paper is called; None if there is none of this name."""
    if name == CERTIFICATES:
        return CERTIFICATES_TITLE
    kind = document_types().get(name)
    return kind.title if kind else None


def is_confidential(name: str) -> bool:
    """Whether the facts of a paper are kept nowhere but on it."""
    return name != CERTIFICATES and document_type(name).confidential


def check_facts(name: str, facts: Mapping[str, Any]) -> None:
    """Raise FactsError naming every place where ``facts`` differ from what the kind of paper needs."""
    found = sorted(_validator(name).iter_errors(facts), key=lambda error: [str(part) for part in error.path])
    if found:
        raise FactsError(name, [(_pointer(error), _fault(error)) for error in found])


@cache
def _validator(name: str) -> Draft202012Validator:
    shared = json.loads((TYPES / SHARED / "facts.json").read_text("utf-8"))
    registry: Registry[Any] = Registry().with_resource("facts.json", Resource.from_contents(shared))
    schema = document_type(name).schema
    return Draft202012Validator(schema, registry=registry, format_checker=_FORMATS)


def _read(folder: Path) -> DocumentType:
    meta = json.loads((folder / "meta.json").read_text("utf-8"))
    return DocumentType(
        folder.name,
        meta["title"],
        meta["description"],
        tuple(meta["pages"]),
        meta["facts"],
        meta.get("attach", False),
        meta.get("confidential", False),
    )


def _pointer(error: ValidationError) -> str:
    return "".join("/" + str(part).replace("~", "~0").replace("/", "~1") for part in error.absolute_path)


def _fault(error: ValidationError) -> str:
    """What is wrong, without the value: facts are about people, and faults end up in logs."""
    if error.validator in ("required", "additionalProperties"):
        return error.message
    return f"{error.validator} must be {error.validator_value}"

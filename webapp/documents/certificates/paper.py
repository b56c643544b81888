"""The certificates of one decision as a kept paper: checked facts in, the file out."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from typing import Any

from jsonschema import Draft202012Validator

from webapp.documents.catalogue import CERTIFICATES, CERTIFICATES_TITLE
from webapp.documents.certificates.binding import bound
from webapp.documents.certificates.catalogue import PORTION, certificate_type, certificate_types
from webapp.documents.certificates.layout import CODE
from webapp.documents.certificates.writer import Certificate, Described, write
from webapp.documents.codes import picture
from webapp.documents.errors import FactsError


def check_paper(facts: Mapping[str, Any]) -> None:
    """Raise FactsError naming every place where ``facts`` differ from what certificates are written of."""
    found = [
        ("".join(f"/{part}" for part in error.absolute_path), _fault(error.validator, error.message))
        for error in sorted(
            _validator().iter_errors(facts), key=lambda error: [str(part) for part in error.path]
        )
    ]
    if not found:
        for place, each in enumerate(facts["certificates"]):
            kind = certificate_type(each["type"])
            unknown = sorted(set(each["printed"]) - {field.name for field in kind.variable})
            found += [(f"/certificates/{place}/printed", f"no field {name!r}") for name in unknown]
            if each["sheet"] not in kind.sheets:
                found.append((f"/certificates/{place}/sheet", f"not one of {', '.join(kind.sheets)}"))
    if found:
        raise FactsError(CERTIFICATES, found)


def certificates_pdf(facts: Mapping[str, Any]) -> bytes:
    """The file of these certificates, a page each, written in portions. Equal facts give equal bytes.

    Raises like `write`, and FactsError.
    """
    check_paper(facts)
    made = [certificate_of(each) for each in facts["certificates"]]
    portions = (made[at : at + PORTION] for at in range(0, len(made), PORTION))
    return bound([write(portion, described(facts)) for portion in portions])


def described(facts: Mapping[str, Any]) -> Described:
    """What a file of these certificates says of itself."""
    return Described(CERTIFICATES_TITLE, facts["issuer"], facts["date"])


def certificate_of(facts: Mapping[str, Any]) -> Certificate:
    """One certificate of such facts, with its code where it has one: the square, and the letters to be typed."""
    code = facts.get("code")
    if code is None:
        return Certificate(facts["type"], facts["sheet"], facts["printed"])
    printed = {**facts["printed"], CODE: f"Mã kiểm tra: {code['text']}"}
    return Certificate(facts["type"], facts["sheet"], printed, picture(code["url"]))


@cache
def _validator() -> Draft202012Validator:
    text = {"type": "string", "minLength": 1}
    certificate = {
        "type": "object",
        "properties": {
            "type": {"enum": list(certificate_types())},
            "sheet": text,
            "printed": {"type": "object", "additionalProperties": text, "minProperties": 1},
            "code": {
                "type": ["object", "null"],
                "properties": {"text": text, "url": text, "page": text},
                "required": ["text", "url"],
                "additionalProperties": False,
            },
        },
        "required": ["type", "sheet", "printed"],
        "additionalProperties": False,
    }
    paper = {
        "type": "object",
        "properties": {
            "issuer": text,
            "date": {"type": ["string", "null"], "pattern": r"^\d{4}-\d{2}-\d{2}$"},
            "certificates": {"type": "array", "minItems": 1, "items": certificate},
        },
        "required": ["issuer", "date", "certificates"],
        "additionalProperties": False,
    }
    return Draft202012Validator(paper)


def _fault(rule: str, message: str) -> str:
    """What is wrong, without the value: facts are about people, and faults end up in logs."""
    return message if rule in ("required", "additionalProperties") else f"{rule} does not hold"

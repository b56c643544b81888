"""Letters of a decision and its certificates that the fonts of our papers do not have: found while it is a draft."""

from __future__ import annotations

import unicodedata
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy.orm import Session

from webapp.documents.certificates.faces import face
from webapp.models import Decision
from webapp.queries.certificate_facts import worded_certificates


@dataclass(frozen=True)
class Unprintable:
    """A text with the letters that cannot be printed, and the nominations it is of: none where it is the decision's."""

    text: str
    letters: str
    codes: tuple[str, ...]


def unprintable_texts(session: Session, decision: Decision, facts: Mapping[str, Any]) -> list[Unprintable]:
    """The texts of a decision (its ``facts``) and of its certificates that cannot be printed as they are."""
    found: defaultdict[str, set[str]] = defaultdict(set)
    for each in worded_certificates(session, decision):
        for text in each.printed.values():
            if missing_letters(text):
                found[text].add(each.award.nomination.case.code)
    for text in _texts(facts):
        if missing_letters(text) and not any(text.casefold() in known.casefold() for known in found):
            found[text] = set()
    return [Unprintable(text, missing_letters(text), tuple(sorted(of))) for text, of in found.items()]


def missing_letters(text: str) -> str:
    """The letters of a text that the fonts do not have, each once. All faces have the same ones."""
    known = face("Regular").widths
    composed = unicodedata.normalize("NFC", text)
    return "".join(dict.fromkeys(one for one in composed if one not in known and not one.isspace()))


def _texts(node: Any) -> Iterator[str]:
    if isinstance(node, str):
        yield node
    elif isinstance(node, Mapping):
        for value in node.values():
            yield from _texts(value)
    elif isinstance(node, list | tuple):
        for value in node:
            yield from _texts(value)

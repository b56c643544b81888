"""What is still Vietnamese on an English page, when the names of people, places and papers are taken away."""

from __future__ import annotations

import json
import re
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from functools import cache
from pathlib import Path
from typing import Any

from babel.messages.pofile import read_po
from playwright.sync_api import Page

from webapp.i18n import TRANSLATIONS

VIETNAMESE = re.compile("[À-ÖØ-öø-ỹ]")
# Symbols of documents, the currency, and what is written the same in both languages.
MARKS = re.compile(r"\b\d*/?[A-ZĐ]+-[A-ZĐ]+\b|\d đ\b")
# What people have named. Campaigns, strands, units and forms are content and have their English.
NAMED = (
    ("person", "name"),
    ("nominee", "name"),
    ("nominee", "address"),
    ("council", "name"),
    ("cluster", "name"),
    ("criteria_version", "name"),
    ("award_record", "name"),
    ("award_import", "file_name"),
    ("suspension", "ordered_by"),
    ("suspension", "paper_number"),
    ("council", "founded_by"),
    ("paper", "filename"),
    ("inspection", "title"),
    ("inspection", "issued_by"),
    ("inspection", "decision_number"),
    ("erasure", "number"),
)
NO_CHROME = "script, style, template, textarea, .answers dd, .prose, [lang=vi], [translate=no]"
TEXTS = """(left) => {
  const kept = (element) => !element.closest(left);
  const found = [];
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) if (kept(walker.currentNode.parentElement)) found.push(walker.currentNode.data);
  for (const name of ["alt", "aria-label", "data-label", "placeholder", "title"])
    for (const element of document.querySelectorAll(`[${name}]`))
      if (kept(element)) found.push(element.getAttribute(name));
  return found;
}"""


def untranslated(page: Page, known: Names) -> set[str]:
    """The texts of a page that are Vietnamese, though nobody entered them as they stand there."""
    texts = {" ".join(text.split()) for text in page.evaluate(TEXTS, NO_CHROME)}
    return {text for text in texts if VIETNAMESE.search(text) and VIETNAMESE.search(known.taken_from(text))}


class Names:
    """What may be Vietnamese on an English page: what people entered, and names inside English texts."""

    def __init__(self, data_dir: Path) -> None:
        translated, english = _catalogues()
        self.known = sorted(
            english | _named(data_dir) | (_entered(data_dir) - translated), key=len, reverse=True
        )

    def taken_from(self, text: str) -> str:
        for name in self.known:
            text = text.replace(name, "")
        return MARKS.sub("", text)


def _named(data_dir: Path) -> set[str]:
    """The names of people, nominees, councils and files, and addresses."""
    return {text for table, column in NAMED for text in _texts(data_dir, f'select {column} from "{table}"')}


def _entered(data_dir: Path) -> set[str]:
    """The titles of cases, every text of a form that somebody filled in, whole and line by line, and what campaigns in
    response are called in lists."""
    forms = _texts(data_dir, "select data from form_entry")
    typed = {text for form in forms for text in _strings(json.loads(form))}
    lines = {line for text in typed for line in text.splitlines()}
    # A campaign in response is made on a page, from what a unit enters; its plan is kept as JSON.
    made = (each for each in _texts(data_dir, "select content from plan_version") if each.startswith("{"))
    called = {str(json.loads(each)["short_title"]) for each in made}
    return (
        _texts(data_dir, 'select title from "case"')
        | called
        | {" ".join(each.split()) for each in typed | lines}
    )


def _texts(data_dir: Path, query: str) -> set[str]:
    with closing(sqlite3.connect(data_dir / "thidua.sqlite3")) as database:
        return {text for (text,) in database.execute(query) if text and VIETNAMESE.search(text)}


def _strings(node: Any) -> Iterator[str]:
    if isinstance(node, str):
        yield node
    for each in node.values() if isinstance(node, dict) else node if isinstance(node, list) else ():
        yield from _strings(each)


@cache
def _catalogues() -> tuple[set[str], set[str]]:
    """(texts that have an English, the English and place names in it that are written with Vietnamese letters)."""
    pairs = list(_pairs("en/LC_MESSAGES/content.po"))
    english = {text for _, text in pairs} | {text for text, _ in _pairs("vi/LC_MESSAGES/messages.po")}
    return {text for text, _ in pairs}, {text for text in english if VIETNAMESE.search(text)}


def _pairs(catalogue: str) -> Iterator[tuple[str, str]]:
    with (TRANSLATIONS / catalogue).open("rb") as file:
        for message in read_po(file):
            if message.id and message.string:
                yield str(message.id), str(message.string)

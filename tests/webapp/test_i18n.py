"""Vietnamese is what a reader gets unless they choose otherwise; content is translated from Vietnamese."""

import re
from collections import Counter
from pathlib import Path

import pytest
from babel.messages.extract import DEFAULT_KEYWORDS, extract_from_dir
from babel.messages.pofile import read_po
from flask import Flask, session
from flask_babel import refresh

from tests.conftest import ROOT
from webapp.i18n import TRANSLATIONS, compile_catalogs, content, language


def catalogue(locale: str, domain: str) -> dict[str, tuple[str, ...]]:
    with (TRANSLATIONS / locale / "LC_MESSAGES" / f"{domain}.po").open("rb") as file:
        found = read_po(file, locale=locale)
    return {
        message.id if isinstance(message.id, str) else message.id[0]: message.string
        if isinstance(message.string, tuple)
        else (message.string,)
        for message in found
        if message.id
    }


def test_vietnamese_whatever_the_browser_wishes(app: Flask) -> None:
    with app.test_request_context(headers={"Accept-Language": "en"}):
        assert language() == "vi"


def test_the_choice_of_the_session_counts(app: Flask) -> None:
    with app.test_request_context():
        session["language"] = "en"
        assert language() == "en"
        refresh()
        session["language"] = "../../etc"
        assert language() == "vi"


def test_content_is_vietnamese_and_has_its_english(app: Flask) -> None:
    compile_catalogs()
    texts = catalogue("en", "content")
    text = next(iter(texts))
    with app.test_request_context():
        assert content(text) == text
        refresh()
        session["language"] = "en"
        assert content(text) == texts[text][0]
        assert content("Văn bản chưa ai dịch") == "Văn bản chưa ai dịch"
        assert content("") == ""


@pytest.mark.parametrize(("locale", "domain"), [("vi", "messages"), ("en", "content")])
def test_every_text_is_translated(locale: str, domain: str) -> None:
    assert [text for text, translated in catalogue(locale, domain).items() if not all(translated)] == []


def test_translations_hold_the_same_values() -> None:
    """A %(name)s that is lost or misspelt would break the page that shows the sentence."""
    names = re.compile(r"%\((\w+)\)")
    wrong = [
        text
        for text, translated in catalogue("vi", "messages").items()
        for each in translated
        if not set(names.findall(each)) <= set(names.findall(text)) | {"num"}
    ]
    assert wrong == []


def test_a_catalogue_is_compiled_when_it_has_changed(tmp_path: Path) -> None:
    folder = tmp_path / "vi" / "LC_MESSAGES"
    folder.mkdir(parents=True)
    (folder / "messages.po").write_text('msgid "Save"\nmsgstr "Lưu"\n', encoding="utf-8")
    assert compile_catalogs(tmp_path) == [folder / "messages.mo"]
    assert compile_catalogs(tmp_path) == []


def test_every_english_text_of_the_code_has_its_vietnamese() -> None:
    options = {"**.html": {"trimmed": "true"}}
    methods = [
        ("documents/**", "ignore"),
        ("static/**", "ignore"),
        ("**.py", "python"),
        ("**.html", "jinja2"),
    ]
    keywords = {**DEFAULT_KEYWORDS, "_l": None, "N_": None}
    known = catalogue("vi", "messages")
    missing = set()
    for folder in ("webapp", "workflows"):
        found = extract_from_dir(str(ROOT / folder), methods, options, keywords)
        missing |= {(file, _msgid(text)) for file, _line, text, _notes, _context in found}
    assert sorted((file, text) for file, text in missing if text and text not in known) == []


def _msgid(text: str | tuple[str, ...]) -> str:
    return text if isinstance(text, str) else text[0]


@pytest.mark.parametrize("path", sorted(TRANSLATIONS.rglob("*.po")), ids=lambda path: path.stem)
def test_no_text_is_translated_twice(path: Path) -> None:
    """Of two translations of a text the last one counts: the other would be read and not shown."""
    ids = re.findall(
        r"^((?:msgctxt .*\n)?msgid (?:\".*\"\n)+)", path.read_text(encoding="utf-8"), re.MULTILINE
    )
    assert [text for text, times in Counter(ids).items() if times > 1] == []

"""Languages: which one a reader gets, and the second gettext domain for texts written in Vietnamese."""

import contextlib
from pathlib import Path
from typing import Any

from flask import Flask, has_request_context, session
from flask_babel import Domain, get_locale
from flask_login import current_user
from jinja2 import pass_context
from jinja2.runtime import Context

from webapp.extensions import babel

LANGUAGES = {"vi": "Tiếng Việt", "en": "English"}
DEFAULT = "vi"
TRANSLATIONS = Path(__file__).parent / "translations"
_content = Domain(domain="content")


class _Count(int):
    """A count that reads as numbers do in the language of the sentence around it: 100.000, 100,000."""

    def __str__(self) -> str:
        text = format(int(self), ",")
        return text.replace(",", ".") if language() == DEFAULT else text


class _Messages(Domain):
    """Our own texts; what is counted in them is written as a number of the language."""

    def ngettext(self, singular: str, plural: str, num: int, **variables: Any) -> str:
        return str(super().ngettext(singular, plural, _Count(num), **variables))


def init_app(app: Flask) -> None:
    """Bind Babel and give templates `_`, `ngettext`, `content`, `language` and `languages`."""
    babel.init_app(app, locale_selector=choose_language)
    babel.domain_instance = _Messages()
    of_templates: Any = app.jinja_env.globals["ngettext"]

    @pass_context
    def counted(context: Context, singular: str, plural: str, num: int, **variables: Any) -> Any:
        return of_templates(context, singular, plural, _Count(num), **variables)

    app.jinja_env.globals.update(ngettext=counted, content=content, language=language, languages=LANGUAGES)


def choose_language() -> str:
    """The language chosen in this session, else the person's, else Vietnamese.

    The browser's wish is not asked: offices use Windows in English and work in Vietnamese.
    """
    if not has_request_context():
        return DEFAULT
    chosen = session.get("language")
    if chosen not in LANGUAGES:
        chosen = getattr(current_user, "locale", None)
    return chosen if chosen in LANGUAGES else DEFAULT


def language() -> str:
    """Code of the language of this answer, for `<html lang>`."""
    locale = get_locale()
    return locale.language if locale else DEFAULT


def content(text: str) -> str:
    """A text of a diagram, form, law or plan in the reader's language; Vietnamese is the source.

    A name that is no text of its own but one of each year is translated without it.
    """
    if not text or language() == DEFAULT:
        return text
    found: str = _content.gettext(text)
    head, of_year, year = text.rpartition(" năm ")
    if found == text and of_year and year.isdecimal():
        return str(_content.gettext(f"{head} năm %(year)s")).replace("%(year)s", year)
    return found


def compile_catalogs(folder: Path = TRANSLATIONS) -> list[Path]:
    """Compile each .po whose .mo is missing or older. Returns the compiled files."""
    from babel.messages.mofile import write_mo
    from babel.messages.pofile import read_po

    compiled = []
    for source in sorted(folder.glob("*/LC_MESSAGES/*.po")):
        target = source.with_suffix(".mo")
        if target.exists() and target.stat().st_mtime >= source.stat().st_mtime:
            continue
        with source.open("rb") as file:
            catalog = read_po(file, locale=source.parts[-3], domain=source.stem)
        draft = target.with_suffix(".mo.new")
        with draft.open("wb") as file:
            write_mo(file, catalog)
        with contextlib.suppress(FileNotFoundError):  # another process compiled the same file meanwhile
            draft.replace(target)
        compiled.append(target)
    return compiled

"""E-mails in words: the sentence of the notice in the language of who gets it, with the address of the page."""

from __future__ import annotations

import textwrap

from flask import Flask, current_app
from flask_babel import force_locale
from flask_babel import gettext as _

from webapp.i18n import DEFAULT, LANGUAGES
from webapp.operations.mails import CHECKPOINTS, Letter, Written, written_by
from webapp.ui.cases import PAGES, case_name
from webapp.ui.checkpoint_mails import checkpoint_mail
from webapp.ui.formats import instant
from webapp.ui.notices import OWED, SENTENCES
from webapp.ui.owing import owed_lines, owed_notice

LONGEST_SUBJECT = 150


def init_app(_app: Flask) -> None:
    """Let the operations have their e-mails written here."""
    written_by(write_mail)


def write_mail(letter: Letter) -> Written:
    """Subject and body, with nothing in them that the notice does not say."""
    with force_locale(letter.locale if letter.locale in LANGUAGES else DEFAULT):
        if letter.template == CHECKPOINTS:
            return checkpoint_mail(letter)
        name = case_name(letter.process, letter.title)
        owed = letter.template == OWED
        sentence = owed_notice(letter.about) if owed else SENTENCES[letter.template](name, letter.code)
        parts = [
            _("Dear %(name)s,", name=letter.name),
            "\n".join([sentence, *(owed_lines(letter.about)[1:] if owed else _meeting(letter))]),
            _("Read on here, after signing in:") + "\n" + _address(letter),
            "-- \n" + _("Sent by the system of emulation and commendation. Replies are not read."),
        ]
    return Written(subject(sentence), "\n\n".join(parts) + "\n")


def subject(sentence: str) -> str:
    """The sentence as one line that an inbox can show."""
    return textwrap.shorten(sentence.rstrip("."), LONGEST_SUBJECT, placeholder=" …")


def _address(letter: Letter) -> str:
    if letter.template == OWED:
        return str(current_app.config["SETTINGS"].public_url) + "/"
    return page_address(letter.process, letter.code)


def page_address(process: str, code: str) -> str:
    """The page of a case as people outside the application reach it."""
    path = current_app.url_map.bind("").build(PAGES[process], {"code": code})
    return f"{current_app.config['SETTINGS'].public_url}{path}"


def _meeting(letter: Letter) -> list[str]:
    told: list[str] = []
    if letter.template != "session_invitation":
        return told
    if letter.held_at is not None:
        told.append(_("Time: %(when)s", when=instant(letter.held_at)))
    if letter.place:
        told.append(_("Place: %(place)s", place=letter.place))
    return told

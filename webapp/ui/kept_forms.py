"""A form sent after the sign-in has expired: kept sealed for half an hour and offered again after signing in.

The server stores only a ciphertext; its key travels in the visitor's session cookie. A form carries a signed
mark of the person it was shown to: no other person gets it, and no other site can slip one in.
"""

import base64
import binascii
import hashlib
import json
import time
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from flask import Flask, current_app, g, request, session
from flask_login import current_user
from flask_wtf.csrf import generate_csrf
from itsdangerous import BadSignature, URLSafeSerializer
from markupsafe import Markup
from nacl.exceptions import CryptoError
from nacl.secret import SecretBox
from nacl.utils import random
from werkzeug.datastructures import MultiDict

MINUTES = 30
LARGEST = 1024 * 1024
MOST = 2_000
SHOWN_TO = "_shown_to"
NEVER_KEPT = ("csrf_token", SHOWN_TO)
SECRETS = ("password", "pin", "secret")
"""How names of fields end that open an account or a key: what is typed there stays nowhere."""

NAME = "kept_form"


@dataclass(frozen=True)
class KeptForm:
    """A form as it was sent: where to, from which page, its fields, how many files must be chosen again."""

    person: str
    action: str
    page: str
    fields: tuple[tuple[str, str], ...]
    files: int

    @property
    def values(self) -> MultiDict[str, str]:
        return MultiDict(self.fields)


def init_app(app: Flask) -> None:
    """Let templates write the hidden fields of every form and ask for the form that waits."""
    app.jinja_env.globals.update(form_token=form_token, waiting_form=waiting_form)


def form_token() -> Markup:
    """The hidden fields of every form that is posted: against forgery, and whom it was shown to."""
    fields = Markup('<input type="hidden" name="csrf_token" value="{}">').format(generate_csrf())
    if current_user.is_authenticated:
        mark = _signer().dumps(current_user.get_id())
        fields += Markup('<input type="hidden" name="{}" value="{}">').format(SHOWN_TO, mark)
    return fields


def keep_form() -> str:
    """Keep the form of this request, if we showed it to somebody; return the address of its page."""
    page = _page()
    fields = [(name, value) for name, value in request.form.items(multi=True) if _may_keep(name)]
    files = sum(bool(file.filename) for file in request.files.values())
    person = _shown_to()
    body = json.dumps([person, request.full_path.rstrip("?"), page, fields, files]).encode()
    folder = _folder()
    _sweep(folder)
    if person and fields and len(body) <= LARGEST and sum(1 for _each in folder.iterdir()) < MOST:
        key = random(SecretBox.KEY_SIZE)
        path = folder / hashlib.sha256(key).hexdigest()
        path.touch(0o600)
        path.write_bytes(SecretBox(key).encrypt(body))
        session[NAME] = base64.urlsafe_b64encode(key).decode()
    return page


def waiting_form() -> KeptForm | None:
    """The form that waits for whoever has just signed in again; None when it was taken or is too old."""
    if NAME not in session or not current_user.is_authenticated:
        return None
    if "kept_form" not in g:
        g.kept_form = _open(session[NAME])
    kept: KeptForm | None = g.kept_form
    return kept if kept and kept.person == current_user.get_id() else None


def take_form(page: str) -> MultiDict[str, str] | None:
    """The fields that were sent from `page`, once: a page that fills them in itself calls this."""
    kept = waiting_form()
    if kept is None or kept.page != page:
        return None
    drop_form()
    return kept.values


def drop_form() -> None:
    """Forget the form that waits."""
    key = session.pop(NAME, None)
    g.kept_form = None
    if key:
        with suppress(OSError, binascii.Error):
            _path(base64.urlsafe_b64decode(key)).unlink()


def _open(token: str) -> KeptForm | None:
    with suppress(OSError, CryptoError, ValueError):
        key = base64.urlsafe_b64decode(token)
        path = _path(key)
        if path.stat().st_mtime >= time.time() - MINUTES * 60:
            person, action, page, fields, files = json.loads(SecretBox(key).decrypt(path.read_bytes()))
            return KeptForm(person, action, page, tuple((name, value) for name, value in fields), files)
    return None


def _may_keep(name: str) -> bool:
    return name not in NEVER_KEPT and not name.endswith(SECRETS)


def _shown_to() -> str:
    try:
        return str(_signer().loads(request.form.get(SHOWN_TO, "")))
    except BadSignature:
        return ""


def _signer() -> URLSafeSerializer:
    return URLSafeSerializer(current_app.config["SECRET_KEY"], salt="form shown to")


def _page() -> str:
    """Path and query of the page the form was on, as the browser says, else the address it was sent to."""
    parts = urlsplit(request.headers.get("Referer", ""))
    if parts.netloc != request.host or not parts.path.startswith("/"):
        return request.full_path.rstrip("?")
    return f"{parts.path}?{parts.query}" if parts.query else parts.path


def _folder() -> Path:
    settings: Any = current_app.config["SETTINGS"]
    folder = Path(settings.data_dir) / "kept_forms"
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    return folder


def _path(key: bytes) -> Path:
    return _folder() / hashlib.sha256(key).hexdigest()


def _sweep(folder: Path) -> None:
    oldest = time.time() - MINUTES * 60
    for path in folder.iterdir():
        with suppress(OSError):
            if path.stat().st_mtime < oldest:
                path.unlink()

"""A drafted decision whose authority and body have keys, and the task pages on which they sign."""

from __future__ import annotations

import io
from typing import Any

from cryptography.hazmat.primitives.serialization import Encoding
from PIL import Image, ImageDraw

from tests.pages import Browser, Page
from tests.people import TINH_BIEN
from tests.signing import BODY, LEADER, SECRET, file_key, root
from tests.sittings import OURS_CODES, SIGNATURE, Council
from webapp.extensions import db
from webapp.models import Decision
from webapp.operations.acting import SYSTEM
from webapp.operations.papers import file_store
from webapp.operations.signing_keys import NewKey, add_key, keep_seal

CODE = "QD-2019-0001"


def seal() -> bytes:
    """A red ring on a see-through ground."""
    made = Image.new("RGBA", (300, 300), (0, 0, 0, 0))
    ImageDraw.Draw(made).ellipse((6, 6, 294, 294), outline=(200, 0, 0, 255), width=14)
    file = io.BytesIO()
    made.save(file, "PNG")
    return file.getvalue()


class Signers:
    """Whoever signs the decision of a council, in a browser; ``leader`` and ``body`` are the public ids of keys."""

    def __init__(self, app: Any, council: Council) -> None:
        self.council, self.browser = council, Browser(app)
        trust = app.config["SETTINGS"].data_dir / "trust"
        trust.mkdir(parents=True, exist_ok=True)
        (trust / "office.pem").write_bytes(root()[0].public_bytes(Encoding.PEM))
        council.draft(OURS_CODES[:2])
        council.do("head", "submit_decision", CODE, decision="submit", signature=SIGNATURE)
        council.do("office", "check_decision", CODE, decision="approve", signing="here")
        self.leader = self.add(file_key(LEADER).content, "authority")
        self.body = self.add(file_key(BODY).content)
        keep_seal(TINH_BIEN, seal(), 36, actor=SYSTEM, now=council.now)

    def add(self, content: bytes, username: str | None = None, secret: str = SECRET) -> str:
        """Bring a key for the body, or for somebody in it."""
        person = self.council.person(username).public_id if username else None
        return add_key(NewKey(TINH_BIEN, person, content), secret, actor=SYSTEM, now=self.council.now)

    def opened(self, username: str, element: str) -> Page:
        """The page of a task, taken."""
        self.browser.sign_in_as(self.council.person(username))
        page = self.browser.get(f"/tasks/{self.council.task(element, CODE).public_id}")
        return self.browser.submit("main .notice form") if page.all("main .notice form") else page

    def sign(self, status: int = 200, **fields: Any) -> Page:
        """The authority signs with a key; ``fields`` of the signature otherwise than usual."""
        self.opened("authority", "sign_decision")
        given = {"method": "key", "key": self.leader, "pin": SECRET, **fields}
        typed = {f"signature-{name}": value for name, value in given.items()}
        return self.browser.submit("form.task-form", status, act="complete", decision="sign", **typed)

    def number(self, number: int = 8, status: int = 200, **fields: Any) -> Page:
        """The clerk gives number and date and seals."""
        self.opened("clerk", "number_decision")
        given = {"key": self.body, "pin": SECRET, **fields}
        typed = {f"office_seal-{name}": value for name, value in given.items()}
        dated = self.council.at.astimezone().strftime("%d/%m/%Y")
        return self.browser.submit(
            "form.task-form", status, act="complete", number=number, symbol="QĐ-UBND", dated_on=dated, **typed
        )

    def file(self) -> bytes:
        """The decision of record."""
        db.session.rollback()
        paper = db.session.query(Decision).one().signed_paper
        assert paper is not None
        with file_store().open(paper.sha256) as file:
            return file.read()

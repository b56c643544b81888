"""The office's mail server: its address, and handing it one message."""

from __future__ import annotations

import datetime as dt
import smtplib
import ssl
import time
from dataclasses import dataclass, field
from email.headerregistry import Address
from email.message import EmailMessage
from email.utils import format_datetime
from typing import Protocol
from urllib.parse import parse_qs, unquote, urlsplit

PATIENCE = 20
"""Seconds until a server that does not answer is given up; the outbox tries again."""

PAUSE = 30
"""Seconds in which a server that did not answer is not asked again: a batch must not wait for it twenty times."""

_silent: dict[str, float] = {}
"""Until when, of the monotonic clock, a server of an address is not asked."""


class ServerSilent(ConnectionError):
    """The server did not answer a moment ago."""


PORTS = {"smtp": 25, "smtps": 465}
STARTTLS_PORT = 587


@dataclass(frozen=True)
class MailServer:
    """Where messages are handed over. ``tls``: from the first byte; ``starttls``: after the greeting."""

    host: str
    port: int
    tls: bool
    starttls: bool
    user: str = ""
    password: str = field(default="", repr=False)


@dataclass(frozen=True)
class Message:
    """One message to one person; ``id`` is the same whenever it is sent again."""

    id: str
    name: str
    address: str
    subject: str
    body: str
    locale: str
    written_at: dt.datetime


class Settings(Protocol):
    """What an installation says about its mail."""

    @property
    def mail_url(self) -> str: ...

    @property
    def mail_from(self) -> str: ...


def server_of(url: str) -> MailServer:
    """Read ``smtp://user:password@host:port``, ``smtps://…`` or ``smtp://…?starttls=1``. Raises ValueError."""
    parts = urlsplit(url)
    if parts.scheme not in PORTS or not parts.hostname:
        raise ValueError("starts with smtp:// or smtps:// and names a host")
    user, password = unquote(parts.username or ""), unquote(parts.password or "")
    if not (user + password).isascii():
        raise ValueError("has signs in its user or password that mail servers do not take")
    starttls = parse_qs(parts.query).get("starttls", ["0"])[-1].lower() in ("1", "yes", "true", "on")
    return MailServer(
        host=parts.hostname,
        port=parts.port or (STARTTLS_PORT if starttls else PORTS[parts.scheme]),
        tls=parts.scheme == "smtps",
        starttls=starttls,
        user=user,
        password=password,
    )


def sender_of(text: str) -> Address:
    """Read ``name@office.gov.vn`` or ``Name <name@office.gov.vn>``. Raises ValueError."""
    name, _, rest = text.rpartition("<")
    address = rest.strip().removesuffix(">").strip()
    if "@" not in address or any(sign.isspace() for sign in address):
        raise ValueError("is no address")
    try:
        return Address(name.strip().strip('"'), addr_spec=address)
    except (IndexError, ValueError) as fault:  # the library stumbles over some texts
        raise ValueError("is no address") from fault


def send(settings: Settings, message: Message) -> None:
    """Hand a message over, in a connection of its own. Raises OSError, of which SMTPException is a kind."""
    url = settings.mail_url
    if time.monotonic() < _silent.get(url, 0):
        raise ServerSilent(f"no answer within the last {PAUSE} seconds")
    letter = compose(sender_of(settings.mail_from), message)
    try:
        _hand_over(server_of(url), letter)
    except OSError as fault:
        if not isinstance(fault, smtplib.SMTPException):  # what it answers concerns this message alone
            _silent[url] = time.monotonic() + PAUSE
        raise


def _hand_over(server: MailServer, letter: EmailMessage) -> None:
    context = ssl.create_default_context()
    with _connected(server, context) as connection:
        if server.starttls:
            connection.starttls(context=context)
        if server.user:
            connection.login(server.user, server.password)
        connection.send_message(letter)


def _connected(server: MailServer, context: ssl.SSLContext) -> smtplib.SMTP:
    if server.tls:
        return smtplib.SMTP_SSL(server.host, server.port, timeout=PATIENCE, context=context)
    return smtplib.SMTP(server.host, server.port, timeout=PATIENCE)


def compose(sender: Address, message: Message) -> EmailMessage:
    """The message with its headers; programs must not answer it by themselves."""
    letter = EmailMessage()
    letter["From"] = sender
    letter["To"] = _recipient(message)
    letter["Subject"] = message.subject
    letter["Date"] = format_datetime(message.written_at)
    letter["Message-ID"] = f"<{message.id}@{sender.domain}>"
    letter["Auto-Submitted"] = "auto-generated"
    letter.set_content(message.body)
    letter["Content-Language"] = message.locale
    return letter


def _recipient(message: Message) -> Address:
    return Address(message.name, addr_spec=message.address)

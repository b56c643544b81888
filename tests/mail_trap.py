"""A mail server in the process of the test: it keeps what it gets, and can refuse."""

import socket
from collections.abc import Iterator
from contextlib import contextmanager
from email.message import EmailMessage
from email.parser import BytesParser
from email.policy import default
from typing import Any

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import AuthResult, LoginPassword

USER, SECRET = "thidua", "b@o/mat:1"


class Trap:
    """What the server got, as messages; ``refuses`` answers each with this line instead."""

    def __init__(self) -> None:
        self.messages: list[EmailMessage] = []
        self.recipients: list[list[str]] = []
        self.signed_in: list[bool] = []
        self.refuses = ""
        self.port = 0

    async def handle_DATA(self, _server: Any, session: Any, envelope: Any) -> str:  # noqa: N802 -- aiosmtpd's
        if self.refuses:
            return self.refuses
        parsed = BytesParser(_class=EmailMessage, policy=default).parsebytes(envelope.content)
        self.messages.append(parsed)
        self.recipients.append(list(envelope.rcpt_tos))
        self.signed_in.append(bool(session.authenticated))
        return "250 kept"


def _authenticate(
    _server: Any, _session: Any, _envelope: Any, _mechanism: str, data: LoginPassword
) -> AuthResult:
    return AuthResult(success=(data.login, data.password) == (USER.encode(), SECRET.encode()))


def _free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as asked:
        port: int = asked.getsockname()[1]
        return port


@contextmanager
def mail_trap(**options: Any) -> Iterator[Trap]:
    """A server on a free port of this machine while the block runs."""
    trap = Trap()
    controller = Controller(
        trap,
        hostname="127.0.0.1",
        port=_free_port(),
        authenticator=_authenticate,
        auth_require_tls=False,
        **options,
    )
    controller.start()
    try:
        trap.port = controller.port
        yield trap
    finally:
        controller.stop()

"""What an act asks of the database."""

from collections.abc import Callable
from typing import Any

from sqlalchemy import event

from webapp.extensions import db


def statements(act: Callable[[], Any]) -> list[str]:
    """The statements an act sends, without those that open and close transactions."""
    sent: list[str] = []

    def note(_connection: Any, _cursor: Any, statement: str, *_rest: Any) -> None:
        if not statement.startswith(("BEGIN", "PRAGMA")):
            sent.append(statement)

    event.listen(db.engine, "before_cursor_execute", note)
    try:
        act()
    finally:
        event.remove(db.engine, "before_cursor_execute", note)
    return sent

"""Erases a case in few words, and looks what is left of a text: in every column of every table, in every file."""

from __future__ import annotations

import contextlib
import zlib
from pathlib import Path

from sqlalchemy import inspect, text

from tests.factories import Office
from webapp.extensions import db
from webapp.operations.erasures import Request, decide_erasure, propose_erasure


def asked(office: Office, reason: str = "Người dân yêu cầu xóa") -> Request:
    """The paper of a person who asks for it, of today."""
    return Request("12/ĐN", office.today, reason)


def erase(office: Office, code: str) -> str:
    """Propose and agree, each by somebody else; returns the public id."""
    erasure = propose_erasure(code, asked(office), actor=office.actor("clerk"), now=office.now)
    decide_erasure(erasure, True, "", actor=office.actor("head"), now=office.now)
    return erasure


def columns_with(word: str) -> list[str]:
    """``table.column`` wherever a text stands, snapshots unpacked."""
    db.session.rollback()
    found = []
    for table in inspect(db.engine).get_table_names():
        for column in (each["name"] for each in inspect(db.engine).get_columns(table)):
            query = text(f'SELECT "{column}" FROM "{table}" WHERE "{column}" IS NOT NULL')
            if any(_holds(value, word) for (value,) in db.session.execute(query)):
                found.append(f"{table}.{column}")
    return sorted(found)


def _holds(value: object, word: str) -> bool:
    if not isinstance(value, bytes | memoryview):
        return word in str(value)
    packed = bytes(value)
    with contextlib.suppress(zlib.error):
        packed = zlib.decompress(packed)
    return word.encode() in packed


def files_with(folder: Path, word: str) -> list[str]:
    """Names of the files below a folder that hold the bytes of a text."""
    return sorted(
        path.name for path in folder.rglob("*") if path.is_file() and word.encode() in path.read_bytes()
    )

"""How connections are opened."""

from flask import Flask
from sqlalchemy import text

from tests.offices import Database
from webapp.extensions import db

ASKED = {
    "sqlite": {"PRAGMA foreign_keys": 1, "PRAGMA journal_mode": "wal", "PRAGMA secure_delete": 1},
    "postgresql": {"SHOW jit": "off"},
}


def test_every_connection_has_its_settings(app: Flask, database: Database) -> None:
    asked = ASKED[database.kind]
    assert {one: db.session.scalar(text(one)) for one in asked} == asked

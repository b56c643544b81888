"""Procedures of the council and of awards, tested in a council that sits."""

from tests.founded import founded_postgresql, founded_sqlite
from tests.seated import council, database, seated_postgresql, seated_sqlite

__all__ = [
    "council",
    "database",
    "founded_postgresql",
    "founded_sqlite",
    "seated_postgresql",
    "seated_sqlite",
]

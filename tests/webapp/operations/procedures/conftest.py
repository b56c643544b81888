"""Procedures of the council and of awards, tested in a council at work."""

from tests.founded import founded_postgresql, founded_sqlite
from tests.seated import (
    concluded_postgresql,
    concluded_sqlite,
    council,
    database,
    sitting_postgresql,
    sitting_sqlite,
)

__all__ = [
    "concluded_postgresql",
    "concluded_sqlite",
    "council",
    "database",
    "founded_postgresql",
    "founded_sqlite",
    "sitting_postgresql",
    "sitting_sqlite",
]

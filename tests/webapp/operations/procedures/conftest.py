"""Procedures of the council and of awards, tested in a council at work."""

from tests.seated import council, database

__all__ = ["council", "database"]

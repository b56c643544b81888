"""Writes logs in the formats of process mining: XES, OCEL 2.0 (JSON and SQLite), CSV."""

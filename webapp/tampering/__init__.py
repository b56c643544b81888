"""Falsifies copies of the record, to show that it is found; nothing here writes to the database of the installation."""

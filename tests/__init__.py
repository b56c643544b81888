"""Tests mirror the source; `architecture/` looks at the whole tree, `e2e/` through a real browser."""

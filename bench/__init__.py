"""Measures of speed and size: `make bench`, `make soak`. No test is decided by them."""

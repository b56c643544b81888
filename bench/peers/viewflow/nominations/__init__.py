"""Nominations as an application of Django with viewflow's own lists."""

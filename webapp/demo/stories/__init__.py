"""The stories of the demo: each follows one case, or one unit's part in it, through the procedure."""

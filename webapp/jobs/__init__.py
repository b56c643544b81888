"""What runs in the background: each job is a thin call of an operation."""

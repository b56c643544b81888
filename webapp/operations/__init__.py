"""The only code that writes: verbs, one transaction each, state and event together."""

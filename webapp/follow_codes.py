"""Codes by which a case is followed without an account: not to be guessed, short, and self-checking."""

from __future__ import annotations

import secrets

ALPHABET = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"
"""31 signs, a prime: none that is taken for another (0 O, 1 I L)."""
RANDOM = 9
LENGTH = RANDOM + 1
"""The last sign is the check: every wrong sign and every two that changed places are noticed."""
HALF = LENGTH // 2


def new_code() -> str:
    """A new code of 9 random signs (44 bits) and its check."""
    signs = "".join(secrets.choice(ALPHABET) for _each in range(RANDOM))
    return signs + _check(signs)


def shown_code(code: str) -> str:
    """A code as people read it: ``K7Q4X-MT2RB``."""
    return f"{code[:HALF]}-{code[HALF:]}"


def typed_code(text: str) -> str | None:
    """The code somebody typed, with or without hyphen, spaces and capitals; None for what cannot be one."""
    signs = "".join(text.split()).replace("-", "").replace("–", "").upper()
    if len(signs) != LENGTH or not set(signs) <= set(ALPHABET):
        return None
    return signs if _check(signs[:RANDOM]) == signs[-1] else None


def _check(signs: str) -> str:
    """The sign that makes the weighted sum of all a multiple of 31; the check itself has the weight 1."""
    total = sum((LENGTH - place) * ALPHABET.index(sign) for place, sign in enumerate(signs))
    return ALPHABET[-total % len(ALPHABET)]

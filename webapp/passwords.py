"""Passwords: argon2id, compared in constant time, the same cost for a name that does not exist."""

import secrets
import unicodedata
from functools import lru_cache

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

SHORTEST, LONGEST = 8, 200
"""Characters of a password that somebody chooses; the least is a default of this software."""

SYLLABLES = tuple(consonant + vowel for consonant in "bcghklmnptv" for vowel in "aeiou")
"""For one-time passwords: easy to say and to copy, and none that Telex or VNI turns into a marked letter."""


@lru_cache(maxsize=1)
def _hasher() -> PasswordHasher:
    return PasswordHasher()


@lru_cache(maxsize=1)
def _nobody() -> str:
    """A hash that no password fits, to spend the same time on an unknown name."""
    return _hasher().hash("\0")


def hash_password(password: str) -> str:
    """The argon2id hash to store. Raises ValueError outside 1 to 200 characters."""
    if not 1 <= len(password) <= LONGEST:
        raise ValueError(f"a password has 1 to {LONGEST} characters")
    return _hasher().hash(_plain(password))


def check_password(password: str, stored: str | None) -> bool:
    """True when the password fits the stored hash; takes as long for `None` as for a wrong password."""
    try:
        _hasher().verify(stored or _nobody(), _plain(password[: LONGEST + 1]))
    except (VerificationError, InvalidHashError):
        return False
    return bool(stored) and len(password) <= LONGEST


def one_time_password() -> str:
    """A password to hand over, such as ``bake-muti-pola-hevo``: 46 random bits."""
    pairs = ("".join(secrets.choice(SYLLABLES) for _syllable in range(2)) for _pair in range(4))
    return "-".join(pairs)


def _plain(password: str) -> str:
    """The same bytes for the same letters, whichever input method made them."""
    return unicodedata.normalize("NFC", password)

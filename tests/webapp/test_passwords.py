"""Passwords are hashed with argon2id, whatever input method typed them."""

import unicodedata

import pytest

from webapp.passwords import check_password, hash_password


def test_the_right_password_fits_and_a_wrong_one_does_not() -> None:
    stored = hash_password("mật khẩu")
    assert stored.startswith("$argon2id$")
    assert check_password("mật khẩu", stored)
    assert not check_password("mat khau", stored)


def test_the_same_letters_in_other_bytes_fit() -> None:
    stored = hash_password(unicodedata.normalize("NFD", "mật khẩu"))
    assert check_password(unicodedata.normalize("NFC", "mật khẩu"), stored)


def test_two_hashes_of_one_password_differ() -> None:
    assert hash_password("x") != hash_password("x")


@pytest.mark.parametrize("stored", [None, "", "plain", "$argon2id$broken"])
def test_without_a_usable_hash_nothing_fits(stored: str | None) -> None:
    assert not check_password("\0", stored)
    assert not check_password("plain", stored)


@pytest.mark.parametrize("password", ["", "x" * 201])
def test_lengths_are_limited(password: str) -> None:
    with pytest.raises(ValueError, match="1 to 200"):
        hash_password(password)


def test_a_long_password_is_not_cut_to_one_that_fits() -> None:
    assert not check_password("x" * 201, hash_password("x" * 200))

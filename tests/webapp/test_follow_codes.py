"""Codes by which a case is followed: mistyped ones are noticed, none follows from another."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from webapp.follow_codes import ALPHABET, LENGTH, new_code, shown_code, typed_code

places = st.integers(0, LENGTH - 1)


@pytest.mark.parametrize("change", [str.lower, shown_code, lambda code: f" {code[:3]} {code[3:]} "])
def test_however_it_is_typed_it_is_the_code(change):
    code = new_code()
    assert typed_code(change(code)) == code


@given(places, st.sampled_from(ALPHABET))
def test_one_wrong_sign_is_noticed(place, sign):
    code = new_code()
    wrong = code[:place] + sign + code[place + 1 :]
    assert typed_code(wrong) == (code if wrong == code else None)


@given(places, places)
def test_two_that_changed_places_are_noticed(one, other):
    signs = list(code := new_code())
    signs[one], signs[other] = signs[other], signs[one]
    assert typed_code("".join(signs)) == (code if "".join(signs) == code else None)


@pytest.mark.parametrize("text", ["", "K7Q4X", "K7Q4X-MT2R0", "HS-2019-0147", "K7Q4X-MT2RB-7", "Ư" * 10])
def test_what_is_no_code(text):
    assert typed_code(text) is None


def test_they_do_not_repeat():
    assert len({new_code() for _each in range(1000)}) == 1000

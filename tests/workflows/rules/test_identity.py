"""Whether two entries are one person: by number, by name, year and unit, or perhaps."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workflows.rules.identity import Somebody, likeness

AN = Somebody("individual", "nguyen van an", 1, 1980)


@pytest.mark.parametrize(
    ("other", "expected"),
    [
        (Somebody("individual", "nguyen van an", 1, 1980), "same"),
        (Somebody("individual", "nguyen van an", 1, 1981), None),
        (Somebody("individual", "nguyen van an", 1), "suspected"),
        (Somebody("individual", "nguyen van an", 2, 1980), "suspected"),
        (Somebody("individual", "nguyen van an", 2), None),
        (Somebody("individual", "nguyen van anh", 1, 1980), None),
        (Somebody("household", "nguyen van an", 1, 1980), None),
    ],
)
def test_persons_without_numbers(other, expected):
    assert likeness(AN, other) == expected


def test_the_number_decides_where_both_have_one():
    here = Somebody("individual", "nguyen van an", 1, 1980, "a")
    assert likeness(here, Somebody("individual", "nguyen thi an", 2, 1970, "a")) == "same"
    assert likeness(here, Somebody("individual", "nguyen van an", 1, 1980, "b")) is None


def test_a_collective_is_its_name_in_its_unit():
    club = Somebody("collective", "to 5", 1)
    assert likeness(club, Somebody("collective", "to 5", 1)) == "same"
    assert likeness(club, Somebody("collective", "to 5", 2)) is None


PEOPLE = st.builds(
    Somebody,
    st.sampled_from(["individual", "collective"]),
    st.sampled_from(["an", "binh"]),
    st.integers(1, 2),
    st.none() | st.integers(1980, 1981),
    st.none() | st.sampled_from("ab"),
)


@given(PEOPLE, PEOPLE)
def test_it_does_not_matter_who_is_asked_first(one, other):
    assert likeness(one, other) == likeness(other, one)

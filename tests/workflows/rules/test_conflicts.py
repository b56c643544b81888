"""Conflicts of interest: same person, same unit, declared relation."""

from hypothesis import given
from hypothesis import strategies as st

from workflows.rules.conflicts import Interest, Nominee, conflicts, recusals

JUDGE = Interest("p1", frozenset({"tb", "tb/noi-vu"}), frozenset({"HS-9"}))


def test_each_reason_is_found_and_named_strongest_first() -> None:
    assert conflicts(JUDGE, Nominee("HS-1", "tb/an-cu", "p1")) == ("same_person",)
    assert conflicts(JUDGE, Nominee("HS-2", "tb/noi-vu")) == ("same_unit",)
    assert conflicts(JUDGE, Nominee("HS-9", "tb/an-cu", "p2")) == ("declared",)
    assert conflicts(JUDGE, Nominee("HS-9", "tb", "p1")) == ("same_person", "same_unit", "declared")


def test_a_neighbouring_unit_is_no_conflict() -> None:
    assert conflicts(JUDGE, Nominee("HS-3", "tb/noi-vu/to-1", "p2")) == ()
    assert conflicts(JUDGE, Nominee("HS-4", "tb/an-cu")) == ()


def test_a_collective_is_never_the_same_person() -> None:
    assert conflicts(Interest("p1"), Nominee("HS-5", "tb/an-cu", None)) == ()


names = st.sampled_from(["a", "b", "c"])


@given(
    st.builds(Interest, names, st.frozensets(names), st.frozensets(names)),
    st.lists(st.builds(Nominee, names, names, st.none() | names), unique_by=lambda n: n.nomination),
)
def test_recusals_name_exactly_the_nominees_in_conflict(judge: Interest, nominees: list[Nominee]) -> None:
    found = recusals(judge, nominees)
    for nominee in nominees:
        stands_aside = (
            nominee.person == judge.person
            or nominee.unit in judge.units
            or nominee.nomination in judge.declared
        )
        assert (nominee.nomination in found) == stands_aside

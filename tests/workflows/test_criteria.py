"""Criteria tables: the shipped examples are whole, and a faulty table is refused with its line."""

import pytest

from workflows.criteria import SHIPPED_CRITERIA, CriteriaFaults, parse_criteria

FILES = sorted(SHIPPED_CRITERIA.glob("*.yaml"))
TEXT = (SHIPPED_CRITERIA / "vi-du-cum-xa.yaml").read_text("utf-8")


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
def test_a_shipped_table_is_an_example_and_says_so(file):
    table = parse_criteria(file.read_text("utf-8"))
    assert table.code == file.stem
    assert table.fictitious
    assert table.mark == "unverified"
    assert {"bonus", "penalty", "regular"} == {criterion.kind for criterion in table.criteria}


@pytest.mark.parametrize(
    ("before", "after", "said"),
    [
        ("code: giam-ngheo,", "code: mot-cua,", "“mot-cua” is given twice"),
        ("maximum: 15}", "maximum: 0}", "maximum"),
        ("more_than: 50", "more_than: 100", "more_than"),
        ("kind: bonus", "kind: gift", "kind"),
        ("mark: unverified", "mark: law", "mark"),
        ("difference: 3", "differenz: 3", "differenz"),
    ],
)
def test_a_fault_is_named(before, after, said):
    with pytest.raises(CriteriaFaults) as caught:
        parse_criteria(TEXT.replace(before, after, 1))
    assert said in str(caught.value)


def test_a_table_of_bonus_points_alone_is_refused():
    text = TEXT[: TEXT.index("sections:")] + (
        "sections:\n  - code: a\n    name: Thưởng\n    criteria:\n"
        "      - {code: b, name: Sáng kiến, maximum: 5, kind: bonus}\n"
    )
    with pytest.raises(CriteriaFaults, match="no regular criterion"):
        parse_criteria(text)


def test_what_is_no_table_is_refused():
    with pytest.raises(CriteriaFaults):
        parse_criteria("[")

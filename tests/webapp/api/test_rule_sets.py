"""Rule sets, to be read: what counts in a unit, every entry with its citation and mark, drafts for few."""

import pytest

from tests.people import AN_CU, TINH_BIEN


def test_lists_the_eras_from_the_newest(program):
    told = program("officer").get("/rule-sets")
    assert told["unit"]["code"] == AN_CU
    starts = [each["from_date"] for each in told["items"]]
    assert starts == sorted(starts, reverse=True)
    assert {each["unit"] for each in told["items"]} == {None}
    assert "law-2014" in {each["code"] for each in told["items"]}


def test_every_entry_of_a_rule_set_has_its_citation_and_mark(program):
    rules = program("officer").get("/rule-sets/law-2014")
    assert [each["version"] for each in rules["versions"]] == [rules["version"]]
    entries = [entry for group in rules["entries"].values() for entry in group]
    assert len(entries) > 50
    assert all(entry["citation"] and entry["mark"] in ("verified", "unverified") for entry in entries)
    assert program("officer").get(f"/rule-sets/versions/{rules['version']}")["entries"] == rules["entries"]


@pytest.mark.parametrize(
    ("address", "query"),
    [
        ("/rule-sets/khong-co", {}),
        ("/rule-sets/versions/khong-co", {}),
        ("/rule-sets", {"unit": "khong-co"}),
        ("/rule-sets/law-2014", {"unit": TINH_BIEN}),
    ],
)
def test_what_concerns_one_not_is_not_found(program, address, query):
    program("officer").get(address, status=404, **query)


def test_whoever_holds_no_role_reads_none(program):
    program("stranger").get("/rule-sets", status=403)
    program("stranger").get("/rule-sets/law-2014", status=403)

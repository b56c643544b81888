"""Forms: dynamic choices, what they are filled into and what they refuse."""

import pytest

from workflows import forms

OFFERS = {
    "type": "object",
    "properties": {
        "round": {"type": "string", "x-options": "rounds"},
        "lines": {
            "type": "array",
            "items": {
                "type": "object",
                "properties": {"nomination": {"type": "string", "x-options": "batch_lines"}},
            },
        },
        "units": {"type": "array", "items": {"type": "string"}, "x-options": "units"},
    },
}
CHOICES = {"rounds": [("2019", "Năm 2019")], "batch_lines": [("n-1", "HS-2019-0001")], "units": []}


def test_choices_are_filled_into_fields_rows_and_items():
    filled = forms.with_choices(OFFERS, CHOICES)
    parts = filled["properties"]
    assert parts["round"]["oneOf"] == [{"const": "2019", "title": "Năm 2019"}]
    assert parts["lines"]["items"]["properties"]["nomination"]["oneOf"][0]["const"] == "n-1"
    assert parts["units"]["items"]["enum"] == []
    assert "oneOf" not in OFFERS["properties"]["round"]


def test_sources_are_those_the_choices_must_have():
    assert forms.sources_of(OFFERS) == set(CHOICES)
    with pytest.raises(KeyError, match="units"):
        forms.with_choices(OFFERS, {"rounds": [], "batch_lines": []})


def test_a_value_that_is_not_offered_is_refused():
    data = {"round": "2018", "lines": [{"nomination": "n-1"}, {"nomination": "n-2"}], "units": ["u"]}
    faults = forms.validate(forms.with_choices(OFFERS, CHOICES), data)
    assert [(each.pointer, each.code) for each in faults] == [
        ("/round", "not_a_choice"),
        ("/lines/1/nomination", "not_a_choice"),
        ("/units/0", "not_a_choice"),
    ]

"""Parts of a form that only some cases are asked."""

import pytest

from workflows import forms

LINE = {"type": "string", "maxLength": 10}
PARTS = {
    "type": "object",
    "properties": {
        "decision": {"type": "string", "oneOf": [{"const": "eligible"}, {"const": "refuse"}]},
        "initiative": {**LINE, "x-part": True, "x-when": {"decision": ["eligible"]}},
        "influence": {**LINE, "x-part": True, "x-when": {"decision": ["eligible"]}},
    },
    "required": ["decision"],
    "additionalProperties": False,
}


@pytest.mark.parametrize(
    ("asked", "data", "faults"),
    [
        ((), {"decision": "eligible"}, []),
        ((), {"decision": "eligible", "influence": "x"}, [("/influence", "extra")]),
        (("influence",), {"decision": "eligible"}, [("/influence", "required")]),
        (("influence",), {"decision": "refuse"}, []),
        (("influence",), {"decision": "eligible", "influence": "x"}, []),
        (("influence", "unknown"), {"decision": "eligible", "influence": "x"}, []),
    ],
)
def test_parts_are_asked_where_they_are_named(asked, data, faults):
    schema = forms.asking(PARTS, asked)
    assert [(fault.pointer, fault.code) for fault in forms.validate(schema, data)] == faults


def test_a_form_without_parts_stays_as_it_is():
    plain = {**PARTS, "properties": {"decision": PARTS["properties"]["decision"]}}
    assert forms.asking(plain, ("influence",)) is plain

"""What forms ask beyond JSON Schema."""

import datetime as dt

import pytest

from workflows import forms

RULES = {
    "properties": {
        "held": {"type": "string", "format": "date", "x-day": "until_today"},
        "meets": {"type": "string", "format": "date-time", "x-day": "coming_year"},
        "began": {"type": "string", "x-most": "ended"},
        "ended": {"type": "string", "title": "Kết thúc"},
        "born": {"type": "integer", "x-day": "until_today"},
        "invited": {"type": "integer", "title": "Mời"},
        "present": {"type": "integer", "x-most": "invited"},
        "name": {"type": "string"},
        "decision": {"type": "string"},
        "criteria": {
            "x-yes-when": {"decision": ["eligible"]},
            "properties": {"met": {"type": "boolean"}},
        },
        "rows": {"items": {"properties": {"on": {"type": "string", "x-day": "until_today"}}}},
    }
}


@pytest.mark.parametrize(
    ("data", "faults"),
    [
        ({"held": "2019-12-10"}, []),
        ({"held": "2019-12-11"}, [("/held", "in_the_future")]),
        ({"meets": "2019-12-10T00:00:00+07:00"}, []),
        ({"meets": "2019-12-09T23:59:00+07:00"}, [("/meets", "in_the_past")]),
        ({"meets": "2020-12-10T08:00:00+07:00"}, []),
        ({"meets": "2020-12-11T08:00:00+07:00"}, [("/meets", "too_far_ahead")]),
        ({"began": "2019-12-10T08:00:00+07:00", "ended": "2019-12-10T02:00:00Z"}, []),
        (
            {"began": "2019-12-10T10:00:00+07:00", "ended": "2019-12-10T02:00:00Z"},
            [("/began", "after_other")],
        ),
        ({"began": "2019-12-10", "ended": "nonsense"}, []),
        ({"born": 2019}, []),
        ({"born": 2020}, [("/born", "in_the_future")]),
        ({"born": 20190}, []),
        ({"held": "10/12/2019"}, [("/held", "not_a_date")]),
        ({"rows": [{"on": "2019-12-01"}, {"on": "2019-12-12"}]}, [("/rows/1/on", "in_the_future")]),
        ({"invited": 5, "present": 5}, []),
        ({"invited": 5, "present": 6}, [("/present", "above_other")]),
        ({"present": 6}, []),
        ({"name": "\u200b\u200b"}, [("/name", "required")]),
        ({"name": "\u3164 \u2800"}, [("/name", "required")]),
        ({"name": "Võ\u200b"}, []),
        ({"decision": "eligible", "criteria": {"met": True}}, []),
        ({"decision": "eligible", "criteria": {"met": False}}, [("/criteria/met", "not_confirmed")]),
        ({"decision": "refuse", "criteria": {"met": False}}, []),
    ],
)
def test_rules_beyond_json_schema(data, faults):
    found = forms.validate(RULES, data, dt.date(2019, 12, 10))
    assert [(fault.pointer, fault.code) for fault in found] == faults


def test_days_are_judged_only_with_a_day():
    assert forms.validate(RULES, {"held": "2119-12-11"}) == []

"""Forms: loading and resolving a folder, faults by place and code, parts of what was entered."""

import json

import pytest

from workflows import forms
from workflows.forms import Fault, FormError, PaperUse

LINE = {"type": "string", "pattern": r"^.*\S.*$", "maxLength": 10}
FOLDER = {
    "common/line": {"$id": "forms/common/line.json", "title": "Dòng", **LINE},
    "common/paper": {"type": "string", "format": "paper", "maxLength": 40},
    "common/signed": {
        "type": "object",
        "properties": {"scan": {"$ref": "paper.json", "x-paper": "signed_scan"}, "by": {"$ref": "line.json"}},
    },
    "trial/sign": {
        "$id": "forms/trial/sign.json",
        "properties": {"signature": {"$ref": "../common/signed.json", "title": "Chữ ký"}},
    },
    "trial/loop": {"properties": {"again": {"$ref": "loop.json"}}},
    "trial/lost": {"properties": {"name": {"$ref": "../common/nowhere.json"}}},
}

SCHEMA = {
    "type": "object",
    "properties": {
        "decision": {
            "type": "string",
            "oneOf": [
                {"const": "accept", "title": "Chấp nhận"},
                {"const": "supplement", "title": "Yêu cầu bổ sung"},
            ],
            "x-outcome": True,
        },
        "reason": {**LINE, "x-when": {"decision": ["supplement"]}},
        "count": {"type": "integer", "minimum": 1, "maximum": 9, "x-outcome": True},
        "share": {"type": "number", "minimum": 0, "maximum": 1},
        "on": {"type": "string", "format": "date"},
        "closes": {
            "type": "string",
            "format": "date-time",
            "x-outcome": True,
            "x-when": {"decision": ["accept"]},
        },
        "true_so": {"type": "boolean", "const": True},
        "channels": {
            "type": "array",
            "items": {"type": "string", "oneOf": [{"const": "board"}, {"const": "web"}]},
            "minItems": 1,
            "maxItems": 2,
            "uniqueItems": True,
        },
        "lines": {
            "type": "array",
            "items": {
                "type": "object",
                "properties": {
                    "line": {"type": "string", "enum": ["received", "returned"]},
                    "why/how": {"type": "string", "minLength": 3, "x-when": {"line": ["returned"]}},
                    "scan": {"type": "string", "format": "paper", "x-paper": "receipt"},
                },
                "required": ["line"],
                "additionalProperties": False,
                "allOf": [
                    {
                        "if": {"properties": {"line": {"const": "returned"}}, "required": ["line"]},
                        "then": {"required": ["why/how"]},
                    }
                ],
            },
        },
        "signature": {
            "type": "object",
            "properties": {
                "method": {"type": "string"},
                "password": {"type": "string", "minLength": 1, "x-secret": True},
                "scan": {"type": "string", "format": "paper"},
            },
        },
    },
    "required": ["decision"],
    "additionalProperties": False,
    "allOf": [
        {
            "if": {"properties": {"decision": {"const": "supplement"}}, "required": ["decision"]},
            "then": {"required": ["reason", "lines"]},
        }
    ],
}


def test_load_reads_every_schema_below_a_folder(tmp_path):
    (tmp_path / "trial").mkdir()
    (tmp_path / "trial" / "sign.json").write_text('{"title": "Ký"}', encoding="utf-8")
    (tmp_path / "note.txt").write_text("not a form", encoding="utf-8")
    assert forms.load(tmp_path) == {"trial/sign": {"title": "Ký"}}


def test_load_names_the_file_that_is_not_json(tmp_path):
    (tmp_path / "broken.json").write_text('{"title": ', encoding="utf-8")
    with pytest.raises(FormError, match=r"broken\.json is not JSON"):
        forms.load(tmp_path)


def test_resolve_replaces_references_and_keeps_what_stands_beside_them():
    assert forms.resolve(FOLDER, "trial/sign") == {
        "$id": "forms/trial/sign.json",
        "properties": {
            "signature": {
                "title": "Chữ ký",
                "type": "object",
                "properties": {
                    "scan": {"type": "string", "format": "paper", "maxLength": 40, "x-paper": "signed_scan"},
                    "by": {"title": "Dòng", **LINE},
                },
            }
        },
    }


@pytest.mark.parametrize(
    ("path", "message"),
    [
        ("trial/unknown", r"there is no form trial/unknown\.json"),
        ("trial/lost", r"there is no form common/nowhere\.json"),
        ("trial/loop", r"trial/loop\.json refers to itself"),
    ],
)
def test_resolve_refuses_references_that_lead_nowhere(path, message):
    with pytest.raises(FormError, match=message):
        forms.resolve(FOLDER, path)


@pytest.mark.parametrize(
    ("data", "faults"),
    [
        ({"decision": "accept"}, []),
        ({}, [("/decision", "required", {})]),
        ([], [("", "wrong_type", {"expected": "object"})]),
        ({"decision": "refuse"}, [("/decision", "not_a_choice", {})]),
        ({"decision": 1}, [("/decision", "wrong_type", {"expected": "string"})]),
        ({"decision": "accept", "surprise": 1}, [("/surprise", "extra", {})]),
        ({"decision": "supplement"}, [("/reason", "required", {}), ("/lines", "required", {})]),
        ({"decision": "supplement", "reason": " \t", "lines": []}, [("/reason", "required", {})]),
        ({"decision": "accept", "reason": "a\nb"}, [("/reason", "malformed", {})]),
        ({"decision": "accept", "reason": "x" * 11}, [("/reason", "too_long", {"limit": 10})]),
        ({"decision": "accept", "count": 0}, [("/count", "too_small", {"limit": 1})]),
        ({"decision": "accept", "count": 10}, [("/count", "too_large", {"limit": 9})]),
        ({"decision": "accept", "count": True}, [("/count", "wrong_type", {"expected": "integer"})]),
        ({"decision": "accept", "count": 3.0}, [("/count", "wrong_type", {"expected": "integer"})]),
        ({"decision": "accept", "share": float("nan")}, [("/share", "wrong_type", {"expected": "number"})]),
        ({"decision": "accept", "share": 10**400}, [("/share", "too_large", {"limit": 1})]),
        ({"decision": "accept", "share": 0.5}, []),
        ({"decision": "accept", "true_so": False}, [("/true_so", "not_confirmed", {})]),
        ({"decision": "accept", "channels": []}, [("/channels", "too_few", {"limit": 1})]),
        ({"decision": "accept", "channels": ["web", "web"]}, [("/channels", "not_unique", {})]),
        (
            {"decision": "accept", "channels": ["web", "board", "radio"]},
            [("/channels", "too_many", {"limit": 2}), ("/channels/2", "not_a_choice", {})],
        ),
        (
            {"decision": "accept", "lines": [{"line": "received"}, {"line": "returned"}, {}]},
            [("/lines/1/why~1how", "required", {}), ("/lines/2/line", "required", {})],
        ),
        (
            {"decision": "accept", "lines": [{"line": "returned", "why/how": "no"}]},
            [("/lines/0/why~1how", "too_short", {"limit": 3})],
        ),
        ({"decision": "accept", "lines": [{"line": "lost"}]}, [("/lines/0/line", "not_a_choice", {})]),
        ({"decision": "accept", "signature": {"password": ""}}, [("/signature/password", "required", {})]),
    ],
)
def test_validate_names_place_code_and_limit(data, faults):
    assert forms.validate(SCHEMA, data) == [Fault(*each) for each in faults]


def test_faults_come_in_the_order_of_the_form():
    data = {"zzz": 1, "count": 0, "reason": "", "lines": [{"x": 1}, {"line": "lost"}]}
    assert [fault.pointer for fault in forms.validate(SCHEMA, data)] == [
        "/decision",
        "/reason",
        "/count",
        "/lines/0/line",
        "/lines/0/x",
        "/lines/1/line",
        "/zzz",
    ]


@pytest.mark.parametrize(
    ("value", "good"),
    [
        ("2019-12-10", True),
        ("2020-02-29", True),
        ("2019-02-29", False),
        ("0019-12-10", False),
        ("2219-12-10", False),
        ("20191210", False),
        ("2019-W50-2", False),
        ("10/12/2019", False),
        ("2019-12-10\n", False),
        ("", False),
    ],
)
def test_dates(value, good):
    expected = [] if good else [Fault("/on", "not_a_date")]
    assert forms.validate(SCHEMA, {"decision": "accept", "on": value}) == expected


@pytest.mark.parametrize(
    ("value", "good"),
    [
        ("2019-12-10T10:42:00+07:00", True),
        ("2019-12-10T03:42:00Z", True),
        ("2019-12-10T03:42:00.123456Z", True),
        ("2019-12-10T10:42:00", False),
        ("2019-12-10T25:42:00Z", False),
        ("2019-12-10 10:42:00Z", False),
        ("2019-12-10", False),
    ],
)
def test_instants_need_an_offset(value, good):
    expected = [] if good else [Fault("/closes", "not_a_date_time")]
    assert forms.validate(SCHEMA, {"decision": "accept", "closes": value}) == expected


def test_a_rule_without_its_own_code_is_malformed():
    assert forms.validate({"not": {"const": "x"}}, "x") == [Fault("", "malformed")]


def test_alternatives_that_are_not_constants_follow_the_standard():
    schema = {"oneOf": [{"type": "integer", "minimum": 5}, {"const": 1}, {"const": 7}]}
    assert [forms.validate(schema, value) == [] for value in (1, 3, 5, 7)] == [True, False, True, False]


def test_relevant_drops_what_is_not_shown():
    data = {
        "decision": "accept",
        "reason": "typed before the choice changed",
        "lines": [{"line": "received", "why/how": "typed"}, {"line": "returned", "why/how": "kept"}],
        "unknown": 1,
    }
    assert forms.relevant(SCHEMA, data) == {
        "decision": "accept",
        "lines": [{"line": "received"}, {"line": "returned", "why/how": "kept"}],
        "unknown": 1,
    }


def test_a_condition_does_not_take_one_for_true():
    schema = {"properties": {"sure": {"type": "boolean"}, "why": {"x-when": {"sure": [True]}}}}
    assert forms.relevant(schema, {"sure": True, "why": "a"}) == {"sure": True, "why": "a"}
    assert forms.relevant(schema, {"sure": 1, "why": "a"}) == {"sure": 1}


def test_without_secrets_leaves_the_data_as_they_were():
    data = {"decision": "accept", "signature": {"method": "password", "password": "s3cret"}}
    assert forms.without_secrets(SCHEMA, data) == {"decision": "accept", "signature": {"method": "password"}}
    assert data["signature"]["password"] == "s3cret"


@pytest.mark.parametrize(
    ("data", "outcome"),
    [
        ({"decision": "accept", "count": 3, "on": "2019-12-10"}, {"decision": "accept", "count": 3}),
        (
            {"decision": "accept", "closes": "2019-12-10T03:42:00Z"},
            {"decision": "accept", "closes": "2019-12-10T03:42:00Z"},
        ),
        ({"decision": "supplement", "closes": "2019-12-10T03:42:00Z"}, {"decision": "supplement"}),
    ],
)
def test_outcome_is_what_is_marked_and_shown(data, outcome):
    assert forms.outcome_of(SCHEMA, data) == outcome


def test_papers_come_with_place_and_type():
    data = {
        "signature": {"method": "scan", "scan": "p-2"},
        "lines": [{"line": "received"}, {"line": "received", "scan": "p-1"}],
    }
    assert forms.papers_of(SCHEMA, data) == [
        PaperUse("/lines/1/scan", "receipt", "p-1"),
        PaperUse("/signature/scan", "other", "p-2"),
    ]


def test_a_resolved_form_is_still_json():
    assert json.loads(json.dumps(forms.resolve(FOLDER, "trial/sign"))) == forms.resolve(FOLDER, "trial/sign")

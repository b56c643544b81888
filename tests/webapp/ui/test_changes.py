"""What differs between two rounds of a form."""

import pytest

from webapp.ui.changes import changes
from webapp.ui.fields import build_form

SCHEMA = {
    "type": "object",
    "properties": {
        "note": {"type": "string", "title": "Ghi chú"},
        "kind": {
            "type": "string",
            "title": "Loại",
            "oneOf": [{"const": "a", "title": "Một"}, {"const": "b", "title": "Hai"}],
        },
        "where": {
            "type": "object",
            "title": "Nơi",
            "properties": {"hamlet": {"type": "string", "title": "Ấp"}},
        },
        "rows": {
            "type": "array",
            "title": "Bảng",
            "items": {"type": "object", "properties": {"name": {"type": "string", "title": "Tên"}}},
        },
    },
}  # fmt: skip -- a form reads better dense


@pytest.fixture
def changed(app):
    def compare(before, now):
        with app.test_request_context():
            fields = [build_form(SCHEMA, values).fields for values in (before, now)]
            return [(change.label, change.parts) for change in changes(*fields)]

    return compare


def test_equal_forms_differ_in_nothing(changed):
    values = {"note": "như cũ", "rows": [{"name": "A"}]}
    assert changed(values, values) == []


def test_mended_text_is_compared_word_by_word(changed):
    assert changed({"note": "thiếu một chữ ký"}, {"note": "thiếu hai chữ ký"}) == [
        ("Ghi chú", (("same", "thiếu "), ("removed", "một "), ("added", "hai "), ("same", "chữ ký "))),
    ]


def test_text_written_anew_is_shown_as_a_whole(changed):
    assert changed({"note": "thiếu báo cáo"}, {"note": "đã đủ"}) == [
        ("Ghi chú", (("removed", "thiếu báo cáo"), ("added", "đã đủ"))),
    ]


def test_choices_groups_and_rows_have_their_names(changed):
    before = {"kind": "a", "where": {"hamlet": "X"}, "rows": [{"name": "A"}, {"name": "B"}]}
    now = {"kind": "b", "where": {"hamlet": "Y"}, "rows": [{"name": "A"}]}
    labels = [label for label, _parts in changed(before, now)]
    assert labels == ["Loại", "Nơi – Ấp", "Bảng, dòng 2 – Tên"]


def test_what_came_and_what_went(changed):
    assert changed({}, {"note": "mới"}) == [("Ghi chú", (("added", "mới"),))]
    assert changed({"note": "cũ"}, {}) == [("Ghi chú", (("removed", "cũ"),))]

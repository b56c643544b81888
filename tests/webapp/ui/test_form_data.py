"""A posted form becomes the JSON data of its schema, and nothing typed is lost on the way."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.webapp.ui.schemas import SCHEMA, post
from webapp.ui.form_data import defaults
from workflows.forms import validate


def test_each_kind_of_field_is_read_into_its_type() -> None:
    data = post(
        ("decision", "eligible"),
        ("name", " Nguyễn  Thị Mẫu "),
        ("count", "1.200"),
        ("income", "1.234,5"),
        ("met_on", "5/12/2019"),
        ("at", "10/12/2019 14:30"),
        ("posted", "false"),
        ("checked", "true"),
        ("units", "x"),
        ("units", "y"),
        ("legal", "Luật 2003\r\n\r\n Nghị định 91/2017 "),
    ).data
    assert data == {
        "decision": "eligible",
        "name": "Nguyễn Thị Mẫu",
        "count": 1200,
        "income": 1234.5,
        "met_on": "2019-12-05",
        "at": "2019-12-10T14:30:00+07:00",
        "posted": False,
        "checked": True,
        "units": ["x", "y"],
        "legal": ["Luật 2003", "Nghị định 91/2017"],
    }
    assert validate(SCHEMA, data) == []


def test_empty_fields_are_absent() -> None:
    assert post(("name", "  "), ("count", ""), ("units", ""), ("decision", "")).data == {}


def test_what_cannot_be_read_stays_as_typed_and_is_a_fault() -> None:
    data = post(("decision", "eligible"), ("name", "A"), ("count", "nhiều"), ("met_on", "31/02/2019")).data
    assert (data["count"], data["met_on"]) == ("nhiều", "31/02/2019")
    assert [(fault.pointer, fault.code) for fault in validate(SCHEMA, data)] == [
        ("/count", "wrong_type"),
        ("/met_on", "not_a_date"),
    ]


def test_texts_arrive_composed_and_without_control_characters() -> None:
    decomposed = "Nguye\u0302\u0303n\x00 Va\u0306n\u2009A"
    assert post(("name", decomposed)).data["name"] == "Nguyễn Văn A"


def test_a_field_that_is_not_shown_is_not_read() -> None:
    fields = (("reason", "Thiếu biên bản"), ("signature-method", "scan"), ("signature-password", "secret"))
    data = post(("decision", "eligible"), *fields).data
    assert data == {"decision": "eligible", "signature": {"method": "scan"}}
    assert post(("decision", "supplement"), *fields).data["reason"] == "Thiếu biên bản"


def test_a_choice_that_is_not_offered_stays_for_validation() -> None:
    data = post(("decision", "award_me"), ("name", "A")).data
    assert [fault.code for fault in validate(SCHEMA, data)] == ["not_a_choice"]


def test_a_password_is_taken_as_typed() -> None:
    data = post(("signature-method", "password"), ("signature-password", "  two  blanks ")).data
    assert data["signature"]["password"] == "  two  blanks "


class TestRows:
    FIELDS = (("rows-0-year", "2018"), ("rows-0-title", "Giấy khen"), ("rows-3-title", "Bằng khen"))

    def test_gaps_in_the_numbers_close(self) -> None:
        assert post(*self.FIELDS).data["rows"] == [
            {"year": 2018, "title": "Giấy khen"},
            {"title": "Bằng khen"},
        ]

    def test_ten_comes_after_nine(self) -> None:
        fields = [(f"rows-{number}-title", str(number)) for number in (10, 9, 1)]
        assert [row["title"] for row in post(*fields).data["rows"]] == ["1", "9", "10"]

    def test_an_empty_row_is_dropped_when_handed_in(self) -> None:
        submission = post(*self.FIELDS, ("rows-4-_row", "1"), ("rows-4-title", ""))
        assert len(submission.data["rows"]) == 2
        assert not submission.editing

    def test_the_add_button_gives_an_empty_row_and_hands_nothing_in(self) -> None:
        submission = post(*self.FIELDS, ("_add", "rows"))
        assert submission.editing
        assert submission.data["rows"][2] == {}

    def test_another_empty_row_survives_the_adding(self) -> None:
        submission = post(("rows-0-_row", "1"), ("rows-0-title", ""), ("_add", "rows"))
        assert submission.data["rows"] == [{}, {}]

    def test_the_remove_button_takes_one_row_out(self) -> None:
        submission = post(*self.FIELDS, ("_remove", "rows-0"))
        assert submission.editing
        assert submission.data["rows"] == [{"title": "Bằng khen"}]

    def test_numbers_nobody_could_have_got_are_left_alone(self) -> None:
        assert post(("rows-99999999-title", "x"), ("rows-²-title", "y")).data == {}


class TestPapers:
    def test_a_chosen_file_is_an_upload_with_its_type(self) -> None:
        submission = post(files={"report-_file": "bao-cao.pdf"})
        (upload,) = submission.uploads
        assert (upload.place, upload.paper_type, upload.file.filename) == (
            ("report",),
            "report",
            "bao-cao.pdf",
        )
        submission.attach(upload, "p1")
        assert submission.data == {"report": "p1"}

    def test_another_file_replaces_the_one_there(self) -> None:
        submission = post(("report", "old"), files={"report-_file": "new.pdf"})
        submission.attach(submission.uploads[0], "new")
        assert submission.data["report"] == "new"

    def test_several_are_added_to_those_there(self) -> None:
        submission = post(("others", "p1"), ("others", "p2"), files={"others-_file": "x.pdf"})
        submission.attach(submission.uploads[0], "p3")
        assert submission.data["others"] == ["p1", "p2", "p3"]

    def test_one_of_several_is_removed(self) -> None:
        submission = post(("others", "p1"), ("others", "p2"), ("_remove", "others:p1"))
        assert (submission.data["others"], submission.editing) == (["p2"], True)

    def test_a_file_in_a_row_follows_its_row(self) -> None:
        submission = post(
            ("rows-0-title", ""), ("rows-2-title", "Giấy khen"), files={"rows-2-scan-_file": "x.pdf"}
        )
        (upload,) = submission.uploads
        submission.attach(upload, "p1")
        assert submission.data["rows"] == [{"title": "Giấy khen", "scan": "p1"}]

    def test_no_file_chosen_is_no_upload(self) -> None:
        assert post(files={"report-_file": ""}).uploads == ()


def test_defaults_fill_a_new_form() -> None:
    schema = {
        "properties": {
            "a": {"type": "integer", "default": 0},
            "b": {"type": "string"},
            "c": {"type": "object", "properties": {"d": {"type": "boolean", "default": False}}},
        }
    }
    assert defaults(schema) == {"a": 0, "c": {"d": False}}


NAMES = st.sampled_from(
    ["name", "count", "decision", "units", "rows", "rows-0-title", "rows-1-year", "report", "_add", "_remove"]
)


@pytest.mark.parametrize("language", ["vi", "en"])
@given(fields=st.lists(st.tuples(NAMES, st.text(max_size=20)), max_size=12))
def test_no_form_breaks_reading_or_validation(language: str, fields: list[tuple[str, str]]) -> None:
    data = post(*fields, language=language).data
    assert all(fault.pointer for fault in validate(SCHEMA, data))

"""Schema, values and faults become fields that a person can fill, and sentences that say what to do."""

import json
from collections.abc import Iterator
from typing import Any

import pytest
from bs4 import BeautifulSoup
from flask import render_template_string

from tests.webapp.ui.schemas import SCHEMA, post
from webapp.ui.fields import Field, Form, PaperFile, build_form
from workflows.form_faults import Fault
from workflows.forms import validate

TEMPLATE = """{% from "components/fields.html" import form_fields, error_summary %}
{% from "components/answers.html" import answers %}
{{ error_summary(form) }}{{ form_fields(form) }}<div id="read">{{ answers(form.fields) }}</div>"""


def draw(form: Form) -> BeautifulSoup:
    return BeautifulSoup(render_template_string(TEMPLATE, form=form), "html.parser")


def everything(fields: tuple[Field, ...]) -> Iterator[Field]:
    for each in fields:
        yield each
        yield from everything(each.children)
        for cells in each.rows:
            yield from everything(cells)


def field(form: Form, name: str) -> Field:
    return next(each for each in everything(form.fields) if each.name == name)


def texts(values: dict[str, Any], *faults: Fault) -> list[str]:
    return [line.text for line in build_form(SCHEMA, values, faults or validate(SCHEMA, values)).summary]


def test_each_kind_is_recognised(vietnamese) -> None:
    form = build_form(SCHEMA, {})
    assert {each.name: each.kind for each in form.fields} == {
        "decision": "choice",
        "reason": "long_text",
        "name": "text",
        "count": "integer",
        "income": "number",
        "met_on": "day",
        "at": "instant",
        "award": "choice",
        "posted": "yes_no",
        "checked": "tick",
        "units": "choices",
        "legal": "lines",
        "report": "paper",
        "others": "papers",
        "rows": "rows",
        "signature": "group",
    }
    assert field(form, "signature-password").kind == "secret"


def test_values_are_shown_as_people_write_them(vietnamese) -> None:
    form = build_form(
        SCHEMA, {"count": 12000, "income": 1234.5, "met_on": "2019-12-05", "at": "2019-12-10T07:30:00+00:00"}
    )
    assert [field(form, name).typed for name in ("count", "income", "met_on", "at")] == [
        "12.000",
        "1234,5",
        "05/12/2019",
        "10/12/2019 14:30",
    ]


def test_what_is_shown_is_read_back_the_same(vietnamese) -> None:
    values = {
        "name": "A",
        "count": 12000,
        "income": 0.5,
        "met_on": "2019-12-05",
        "rows": [{"year": 2018, "title": "B"}],
    }
    form = build_form(SCHEMA, values)
    sent = [(each.name, each.typed) for each in everything(form.fields) if each.typed]
    assert post(*sent).data == values


def test_what_could_not_be_read_is_shown_again(vietnamese) -> None:
    form = build_form(SCHEMA, {"count": "nhiều", "met_on": "31/02/2019"})
    assert (field(form, "count").typed, field(form, "met_on").typed) == ("nhiều", "31/02/2019")


def test_a_password_is_never_shown_again(vietnamese) -> None:
    values = {"signature": {"method": "password", "password": "secret"}}
    assert "secret" not in str(draw(build_form(SCHEMA, values)))


def test_few_choices_are_radio_buttons_and_many_a_list(vietnamese) -> None:
    page = draw(build_form(SCHEMA, {"decision": "eligible", "award": "c"}))
    assert [radio["value"] for radio in page.select("input[type=radio][name=decision]")] == [
        "eligible",
        "supplement",
    ]
    assert page.select_one("input[name=decision][checked]")["value"] == "eligible"
    assert page.select_one("select[name=award] option[selected]")["value"] == "c"


def test_nothing_is_chosen_beforehand(vietnamese) -> None:
    page = draw(build_form(SCHEMA, {}))
    assert page.select("[checked]") == []
    assert page.select("option[selected]") == []


def test_the_condition_names_the_fields_of_the_form(vietnamese) -> None:
    page = draw(build_form(SCHEMA, {}))
    conditions = [json.loads(part["data-when"]) for part in page.select("[data-when]")]
    assert conditions == [{"decision": ["supplement"]}, {"signature-method": ["password"]}]


def test_rows_have_their_buttons_and_a_template(vietnamese) -> None:
    page = draw(build_form(SCHEMA, {"rows": [{"title": "Giấy khen"}, {}]}))
    assert page.select_one("button[name=_add]")["value"] == "rows"
    removing = page.select("[data-rows-list] button[name=_remove]")
    assert [button["value"] for button in removing] == ["rows-0", "rows-1"]
    assert page.template.find("input", {"name": "rows-__row__-title"}) is not None


def test_every_control_has_a_label_and_ids_are_unique(vietnamese) -> None:
    page = draw(build_form(SCHEMA, {"rows": [{}], "report": "p1"}, validate(SCHEMA, {})))
    labelled = {label["for"] for label in page.select("label")}
    controls = page.select("input:not([type=hidden]), select, textarea")
    assert [control["id"] for control in controls if control["id"] not in labelled] == []
    ids = [element["id"] for element in page.select("[id]")]
    assert len(ids) == len(set(ids))


def test_a_stored_paper_is_shown_with_its_size_and_kept(vietnamese) -> None:
    paper = PaperFile("p1", "Báo cáo.pdf", 126_976, "/papers/p1")
    page = draw(build_form(SCHEMA, {"report": "p1"}, (), {"p1": paper}.get))
    assert page.select_one("input[type=hidden][name=report]")["value"] == "p1"
    assert page.select_one("a[href='/papers/p1']").text == "Báo cáo.pdf"
    assert "124\N{NO-BREAK SPACE}KB" in page.text
    assert page.select_one("button[name=_remove]")["value"] == "report:p1"


def test_texts_are_escaped(vietnamese) -> None:
    page = str(draw(build_form(SCHEMA, {"name": '"><script>alert(1)</script>', "reason": "</textarea><b>"})))
    assert "<script>" not in page
    assert "</textarea><b>" not in page


class TestFaults:
    def test_missing_fields_are_named_with_what_to_do(self, vietnamese) -> None:
        assert texts({}) == ["Hãy chọn “Kết luận”.", "Hãy nhập “Họ và tên”."]

    def test_the_same_in_english(self, english) -> None:
        assert [text.partition("“")[0] for text in texts({})] == ["Choose ", "Enter "]

    def test_a_field_needed_by_another_is_asked_for(self, vietnamese) -> None:
        assert texts({"decision": "supplement", "name": "A"}) == ["Hãy nhập “Lý do”."]

    def test_limits_are_said(self, vietnamese) -> None:
        data = {"decision": "supplement", "name": "A", "reason": "x" * 21, "income": -1, "count": 1.5}
        assert texts(data) == [
            "“Lý do” chỉ được tối đa 20 ký tự. Hãy viết ngắn hơn.",
            "“Số hộ” phải là số nguyên, ví dụ 1.200.",
            "“Thu nhập” phải từ 0 trở lên.",
        ]

    def test_a_year_that_limits_is_written_as_one(self, vietnamese) -> None:
        born = {"type": "integer", "minimum": 1900, "title": "Năm sinh"}
        income = {"type": "integer", "maximum": 50_000, "title": "Thu nhập"}
        schema = {"type": "object", "properties": {"born": born, "income": income}}
        data = {"born": 1700, "income": 60_000}
        assert [line.text for line in build_form(schema, data, validate(schema, data)).summary] == [
            "“Năm sinh” phải từ 1900 trở lên.",
            "“Thu nhập” không được vượt quá 50.000.",
        ]

    def test_a_fault_in_a_row_says_which(self, vietnamese) -> None:
        data = {"decision": "eligible", "name": "A", "rows": [{"title": "B"}, {"year": 2018}]}
        form = build_form(SCHEMA, data, validate(SCHEMA, data))
        assert [(line.text, line.target) for line in form.summary] == [
            ("Hãy nhập “Danh hiệu, dòng 2”.", "f-rows-1-title")
        ]

    def test_the_summary_links_to_what_is_described_as_faulty(self, vietnamese) -> None:
        page = draw(build_form(SCHEMA, {}, validate(SCHEMA, {})))
        for link in page.select(".error-summary a"):
            target = page.select_one(link["href"])
            described = target["aria-describedby"].split()
            assert any(link.text in page.find(id=part).text for part in described)

    def test_a_fault_below_a_field_is_shown_at_the_field(self, vietnamese) -> None:
        data = {"decision": "eligible", "name": "A", "units": ["x", "z"]}
        form = build_form(SCHEMA, data, validate(SCHEMA, data))
        assert len(field(form, "units").faults) == 1

    def test_a_fault_of_the_procedure_has_its_sentence(self, vietnamese) -> None:
        assert texts({}, Fault("/signature/password", "wrong_password")) == [
            "Mật khẩu không đúng. Hãy nhập lại."
        ]

    def test_a_fault_without_a_field_is_not_lost(self, vietnamese) -> None:
        form = build_form(SCHEMA, {}, [Fault("/ballots", "not_marked", {"code": "HS-2019-0147"})])
        assert [(line.text, line.target) for line in form.summary] == [
            ("Hãy đánh dấu ý kiến biểu quyết với hồ sơ HS-2019-0147.", "")
        ]


@pytest.mark.parametrize("value", [None, "", [], {}, 5, "text", [{}], [5]])
def test_odd_values_of_old_drafts_do_not_break_the_form(vietnamese, value: Any) -> None:
    assert draw(build_form(SCHEMA, dict.fromkeys(SCHEMA["properties"], value))).select("input")


def test_a_finished_form_reads_as_questions_and_answers(vietnamese) -> None:
    values = {
        "decision": "eligible",
        "posted": True,
        "units": ["x", "y"],
        "rows": [{"year": 2018, "title": "Giấy khen"}],
        "signature": {"method": "password", "password": "secret"},
    }
    read = draw(build_form(SCHEMA, values)).select_one("#read")
    pairs = [(row.dt.text, " ".join(row.dd.text.split())) for row in read.select("dl.answers > div")]
    assert ("Kết luận", "ELIGIBLE") in pairs
    assert ("Đã niêm yết", "Có") in pairs
    assert ("Đơn vị", "X; Y") in pairs
    assert [cell.text for cell in read.select(".answer-table th, .answer-table td")] == [
        "Năm",
        "Danh hiệu",
        "2018",
        "Giấy khen",
    ]
    assert "secret" not in read.text
    assert "Họ và tên" not in read.text


def test_a_fault_in_a_line_names_what_the_line_is_about() -> None:
    points = {"type": "number", "title": "Điểm"}
    line = {"type": "string", "title": "Tiêu chí", "oneOf": [{"const": "a", "title": "Thu ngân sách"}]}
    rows = {
        "type": "array",
        "title": "Điểm",
        "items": {
            "type": "object",
            "properties": {"line": {**line, "x-fixed": True}, "points": points},
            "required": ["points"],
        },
    }
    schema = {"type": "object", "properties": {"scores": rows}}
    form = build_form(schema, {"scores": [{"line": "a"}]}, [Fault("/scores/0/points", "required")])
    assert [line.text for line in form.summary] == ["Enter “Điểm – Thu ngân sách”."]

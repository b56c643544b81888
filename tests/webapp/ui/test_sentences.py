"""Every event has its sentence, in both languages."""

import dataclasses
import datetime as dt
import typing

import pytest
from flask_babel import force_locale

from webapp.eventlog import Recorded
from webapp.operations import procedures
from webapp.operations.hooks import known_effects
from webapp.operations.interventions import STOPS
from webapp.queries.history import Line
from webapp.ui import sentences
from webapp.ui.effect_sentences import EFFECTS, effect_sentence
from workflows.events import VOCABULARY

AT = dt.datetime(2019, 12, 10, 3, tzinfo=dt.UTC)
VALUES = {str: "x", int: 2, bool: True}


def line(type, private=None, input=None, erased=False, **fields):
    wanted = typing.get_type_hints(VOCABULARY[type])
    empty = {
        each.name: "2019-12-10"
        if each.name.endswith("_date")
        else VALUES.get(wanted[each.name], {} if "Mapping" in str(wanted[each.name]) else [])
        for each in dataclasses.fields(VOCABULARY[type])
    }
    event = Recorded(
        1,
        "case/HS-2019-0001",
        1,
        type,
        "system",
        None,
        AT,
        AT,
        {**empty, **fields},
        input,
        None,
        None,
        private,
        erased,
        "",
    )  # fmt: skip -- in the order of Recorded
    return Line(
        event,
        actor="Lê Văn Cán Bộ",
        task="Thẩm định hồ sơ",
        person="Ngô Thị B",
        paper="a.pdf",
        unit="xã An Cư",
    )


def test_every_event_of_the_vocabulary_has_a_sentence():
    assert set(sentences.SENTENCES) == set(VOCABULARY)


def test_every_effect_has_a_sentence():
    assert procedures
    assert set(EFFECTS) == known_effects()


def test_every_way_to_stop_a_case_has_a_sentence():
    assert set(sentences.STOPS) == {message for message, _roles in STOPS.values()}


@pytest.mark.parametrize("kind", sorted(VOCABULARY))
def test_sentences_end_and_are_in_both_languages(vietnamese, kind):
    given = {"message": "withdraw"} if kind == "case_stopped" else {}
    given |= {"kind": "notify"} if kind.startswith("effect") else {}
    texts = set()
    for locale in ("vi", "en"):
        with force_locale(locale):
            texts.add(sentences.sentence(line(kind, **given)))
    assert len(texts) == 2, "one of them is not translated"
    assert all(text.endswith(".") for text in texts)


@pytest.mark.parametrize("kind", sorted(VOCABULARY))
def test_what_nobody_did_has_a_doer_all_the_same(vietnamese, kind):
    given = {"message": "withdraw"} if kind == "case_stopped" else {}
    given |= {"kind": "notify"} if kind.startswith("effect") else {}
    nobody = dataclasses.replace(line(kind, **given), actor="", taker="Lê Thị C")
    text = sentences.sentence(nobody)
    assert text[0].isupper() or text.startswith("2 "), text


@pytest.mark.parametrize("kind", sorted(EFFECTS))
def test_effects_are_told_in_both_languages(vietnamese, kind):
    with force_locale("vi"):
        vietnamese = effect_sentence(kind, {"notified": 3, "items": 3})
    with force_locale("en"):
        assert vietnamese != effect_sentence(kind, {"notified": 3, "items": 3})


@pytest.mark.parametrize(
    ("kind", "given", "text"),
    [
        ("task_completed", {"round": 1}, "Lê Văn Cán Bộ hoàn thành “Thẩm định hồ sơ”."),
        ("task_completed", {"round": 2}, "Lê Văn Cán Bộ hoàn thành “Thẩm định hồ sơ (lần 2)”."),
        ("case_frozen", {"private": {"reason": "Có đơn"}}, "Lê Văn Cán Bộ tạm dừng xét hồ sơ. Lý do: Có đơn"),
        ("case_frozen", {"erased": True}, "Lê Văn Cán Bộ tạm dừng xét hồ sơ. (Lý do đã được xóa.)"),
        ("case_resumed", {"seconds": 86_400 * 3}, "Lê Văn Cán Bộ cho xét tiếp hồ sơ sau 3 ngày tạm dừng."),
        ("message_delivered", {"name": "withdraw"}, "Hồ sơ đã được rút."),
        (
            "message_delivered",
            {"name": "submission_result", "input": {"data": {"line": "returned"}}},
            "Hồ sơ bị trả lại từ đợt trình.",
        ),
        (
            "message_delivered",
            {"name": "council_result", "input": {"data": {"result": "passed"}}},
            "Hội đồng thông qua đề nghị.",
        ),
        (
            "message_delivered",
            {"name": "council_result", "input": {"data": {"result": "not_passed"}}},
            "Hội đồng không thông qua đề nghị.",
        ),
        ("case_stopped", {"message": "withdraw"}, "Lê Văn Cán Bộ rút hồ sơ."),
        (
            "membership_began",
            {"position": "member"},
            "Lê Văn Cán Bộ đưa Ngô Thị B vào Hội đồng của xã An Cư với chức danh “Ủy viên” từ 10/12/2019.",
        ),
        (
            "unit_renamed",
            {"before": "xã An Cư", "after": "xã An Cư mới"},
            "Lê Văn Cán Bộ đổi tên đơn vị “xã An Cư” thành “xã An Cư mới” từ ngày 10/12/2019.",
        ),
        (
            "unit_renamed",
            {"before": "", "after": ""},
            "Lê Văn Cán Bộ đặt tên xã An Cư cho đơn vị từ ngày 10/12/2019.",
        ),
        ("office_day_set", {"kind": "off"}, "Lê Văn Cán Bộ ghi ngày 10/12/2019 là ngày nghỉ tại xã An Cư."),
        (
            "office_day_taken",
            {"kind": "worked"},
            "Lê Văn Cán Bộ bỏ việc ghi ngày 10/12/2019 là ngày làm việc tại xã An Cư.",
        ),
        ("vote_profile_drafted", {}, "Lê Văn Cán Bộ soạn dự thảo quy tắc biểu quyết của xã An Cư."),
        ("password_set", {"person": "system"}, "Lê Văn Cán Bộ đặt mật khẩu mới."),
        (
            "votes_counted",
            {"results": [{"result": "passed"}, {"result": "not_passed"}, {"result": "passed"}]},
            "Đã kiểm phiếu: 2 đề nghị được thông qua, 1 không được thông qua.",
        ),
    ],
)  # fmt: skip -- one example a line
def test_what_is_told(vietnamese, kind, given, text):
    with force_locale("vi"):
        assert sentences.sentence(line(kind, **given)) == text


def test_the_system_acts_under_its_own_name(vietnamese):
    with force_locale("vi"):
        told = dataclasses.replace(line("paper_added"), actor="")
        assert sentences.sentence(told) == "Hệ thống thêm tệp “a.pdf”."
        told = dataclasses.replace(line("seal_picture_kept"), actor="")
        assert sentences.sentence(told) == "Hệ thống lưu ảnh con dấu của xã An Cư."


def test_units_of_an_inspection_are_named(vietnamese):
    before = {"units": ["tinh-bien/an-cu"], "members": [], "head": ""}
    changed = line("inspection_changed", before=before, after={**before, "units": ["tinh-bien"]})
    with force_locale("vi"):
        told = dataclasses.replace(
            changed, units={"tinh-bien/an-cu": "xã An Cư", "tinh-bien": "huyện Tịnh Biên"}
        )
        assert "đơn vị xã An Cư → huyện Tịnh Biên" in sentences.sentence(told)

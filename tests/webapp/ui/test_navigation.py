"""The places and components of the frame, drawn for a reader."""

import datetime as dt

import pytest
from bs4 import BeautifulSoup
from flask import render_template_string

from webapp.ui.roles import ROLE_NAMES, role_name

NOW = dt.datetime(2019, 12, 10, 2, 0, tzinfo=dt.UTC)


def draw(template: str, **values: object) -> BeautifulSoup:
    return BeautifulSoup(render_template_string(template, **values), "html.parser")


def test_a_lane_is_called_like_its_role(vietnamese) -> None:
    assert role_name("specialist__province") == role_name("specialist") == "Chuyên viên TĐKT"


def test_every_role_has_a_vietnamese_name(vietnamese) -> None:
    assert [role for role in ROLE_NAMES if role_name(role).isascii()] == []


@pytest.mark.parametrize("kind", ["open", "due_soon", "overdue", "done", "frozen", "returned", "award"])
def test_a_status_is_icon_word_and_colour(vietnamese, kind: str) -> None:
    page = draw('{% from "components/status.html" import status %}{{ status(kind, "Chữ") }}', kind=kind)
    badge = page.select_one(f".status.status-{kind}")
    assert badge.select_one("i.bi[aria-hidden=true]") is not None
    assert badge.text.strip() == "Chữ"


def test_a_deadline_is_a_machine_readable_time(vietnamese) -> None:
    template = '{% from "components/status.html" import due_badge %}{{ due_badge(at, now) }}'
    time = draw(template, at=NOW - dt.timedelta(days=2), now=NOW).time
    assert (time["datetime"], time.text.strip()) == ("2019-12-08T02:00:00+00:00", "Quá hạn 2 ngày")
    assert "due-overdue" in time["class"]


def test_steps_say_where_a_case_is(vietnamese) -> None:
    template = '{% from "components/stepper.html" import stepper %}{{ stepper(steps, "Các bước") }}'
    steps = [{"name": "Cấp xã", "state": "done", "date": NOW}, {"name": "Cấp huyện", "state": "current"}]
    page = draw(template, steps=steps)
    assert page.select_one("[aria-current=step] .step-name").text == "Cấp huyện"
    assert "10/12/2019" in page.select_one(".step-done").text


def test_the_pager_leads_to_the_pages_beside_this_one(vietnamese) -> None:
    template = '{% from "components/page.html" import pager %}{{ pager(page, 3, 1250, url_of) }}'
    middle = draw(template, page=2, url_of=lambda page: f"?page={page}")
    assert [link["href"] for link in middle.select("a")] == ["?page=1", "?page=3"]
    assert "1.250 mục · trang 2/3" in middle.text
    first = draw(template, page=1, url_of=lambda page: f"?page={page}")
    assert [link["href"] for link in first.select("a")] == ["?page=2"]


def test_the_confirm_page_names_the_act_and_keeps_what_was_chosen(vietnamese) -> None:
    template = """{% from "components/confirm.html" import confirm %}
    {{ confirm("/go", "Duyệt 14 hồ sơ", "/back", [("Số hồ sơ", 14)], [("id", "7"), ("id", "8")]) }}"""
    page = draw(template)
    assert page.select_one("button").text == "Duyệt 14 hồ sơ"
    assert [field["value"] for field in page.select("input[name=id]")] == ["7", "8"]
    assert page.select_one("dd").text == "14"

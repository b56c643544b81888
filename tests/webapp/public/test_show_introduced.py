"""What everybody reads of one exemplar, and that nothing else of its case is there."""

import pytest
from sqlalchemy import select

from tests.desk import browser, campaign, database, office, signed_in
from tests.introducing import (
    HEADLINE,
    NAME,
    SECRET,
    add_picture,
    introduce,
    introduced,
    photograph,
    propose,
)
from tests.introducing import select as select_exemplar
from tests.pages import Browser
from webapp.extensions import db
from webapp.models import IntroducedPicture, Paper
from webapp.operations.interventions import freeze_case, stop_case
from webapp.operations.sweeps import GRACE, sweep_files

__all__ = ["browser", "campaign", "database", "introduced", "office", "signed_in"]


@pytest.fixture
def visitor(app):
    return Browser(app)


def picture_url(page):
    return page.one(".introduction img")["src"]


def test_everybody_reads_what_was_consented_to(visitor, introduced):
    page = visitor.get(f"/introduced/{introduced}")
    assert page.heading == HEADLINE
    assert "Mỗi hộ góp một triệu đồng" in page.text
    assert page.one("tbody tr").get_text(" ", strip=True) == "Hộ thoát nghèo 0 7 hộ"
    assert page.one(".introduction img")["alt"] == "Đàn bò của tổ"
    assert "xã An Cư" in page.text


def test_nothing_else_of_the_case_is_there(visitor, office, introduced):
    page = visitor.get(f"/introduced/{introduced}")
    assert SECRET not in page.text
    people = [office.person(name).name for name in ("registrant", "officer", "specialist")]
    assert [name for name in people if name in page.text] == []


def test_a_picture_is_a_copy_that_may_be_kept_a_little(visitor, introduced):
    answer = visitor.client.get(picture_url(visitor.get(f"/introduced/{introduced}")))
    assert (answer.status_code, answer.mimetype) == (200, "image/jpeg")
    assert answer.headers["Cache-Control"] == "public, max-age=300, must-revalidate"
    again = visitor.client.get(answer.request.path, headers={"If-None-Match": answer.headers["ETag"]})
    assert again.status_code == 304


def test_no_other_paper_of_the_case_is_sent(visitor, introduced):
    papers = set(db.session.scalars(select(Paper.sha256)))
    shown = set(db.session.scalars(select(IntroducedPicture.sha256)))
    assert papers
    for digest in papers - shown:
        assert visitor.client.get(f"/introduced/{introduced}/pictures/{digest}").status_code == 404


def test_what_is_taken_down_is_gone(visitor, office, introduced):
    picture = picture_url(visitor.get(f"/introduced/{introduced}"))
    stop_case(introduced, "Gia đình rút đồng ý", actor=office.actor("specialist"), now=office.now)
    page = visitor.get(f"/introduced/{introduced}", status=410)
    assert "được gỡ xuống" in page.text
    assert visitor.client.get(picture).status_code == 404
    assert sweep_files(office.now.wall + 2 * GRACE) == 1


def test_after_its_last_day_it_is_gone(visitor, office, introduced):
    office.move(days=61)
    visitor.get(f"/introduced/{introduced}", status=410)


def test_while_the_case_is_suspended_it_is_not_shown(visitor, office, introduced):
    freeze_case(introduced, "Có đơn thư", actor=office.actor("specialist"), now=office.now)
    visitor.get(f"/introduced/{introduced}", status=404)


@pytest.mark.parametrize("code", ["DH-1999-0001", "HS-2019-0001"])
def test_what_never_was_is_not_found(visitor, introduced, code):
    visitor.get(f"/introduced/{code}", status=404)


def test_the_page_of_the_exemplar_leads_there(signed_in, introduced):
    page = signed_in("officer").get(f"/exemplars/{introduced}")
    assert page.heading == NAME
    assert page.all(".exemplar-links a")[0]["href"] == f"/introduced/{introduced}"


def test_one_picture_leads_and_the_others_follow_the_text(visitor, office, campaign):
    code = propose(office)
    select_exemplar(office, code)
    shown = [("Đàn bò", (1200, 600)), ("Bà con họp tổ", (600, 1200)), ("Chuồng mới", (800, 600))]
    rows = [
        {"picture": add_picture(office, code, photograph(size=size), f"{i}.jpg"), "description": text}
        for i, (text, size) in enumerate(shown)
    ]
    introduce(office, code, pictures=rows)
    story = visitor.get(f"/introduced/{code}").one(".introduction")
    assert [part["class"] for part in story.find_all("div", recursive=False)] == [
        ["story-lead"],
        ["prose"],
        ["story-pictures"],
    ]
    assert [img["alt"] for img in story.select(".story-pictures img")] == ["Bà con họp tổ", "Chuồng mới"]
    assert all(img.find_parent("a")["href"] == img["src"] for img in story.select("img"))


def test_whose_page_it_is_and_to_whom_one_turns(visitor, introduced):
    for page in (visitor.get("/introduced"), visitor.get(f"/introduced/{introduced}")):
        assert page.one(".public-body").text == "Ủy ban nhân dân huyện Tịnh Biên"
        assert "rút lại đồng ý" in page.one(".public-foot").text


def test_who_comes_too_late_is_led_to_the_others(visitor, office, introduced):
    office.move(days=61)
    page = visitor.get(f"/introduced/{introduced}", status=410)
    assert "Lỗi" not in page.text
    assert page.one(".fault-actions a")["href"] == "/introduced"

"""The packet a member reads before a session, away from the desk."""

import re

import pytest
from sqlalchemy import select

from tests.sittings import SESSION
from tests.webapp.documents.papers import example, needs_poppler, pages, text
from webapp.documents import render
from webapp.extensions import db
from webapp.models import Paper

PACKET = f"/council/sessions/{SESSION}/packet.pdf"


@pytest.mark.parametrize("username", ["member1", "member2", "chair", "authority", "secretary", "auditor"])
def test_members_and_who_runs_the_council_get_it(browser, council, username):
    browser.sign_in_as(council.person(username))
    answer = browser.client.get(PACKET)
    assert (answer.status_code, answer.mimetype) == (200, "application/pdf")
    paper = db.session.scalar(select(Paper.public_id).where(Paper.kind == "session_packet"))
    assert [event.fields["paper"] for event in council.access("paper_read")] == [paper]


@pytest.mark.parametrize("username", ["officer", "other_chair", "registrant", "police", "admin", "stranger"])
def test_others_do_not(browser, council, username):
    browser.sign_in_as(council.person(username))
    assert browser.client.get(PACKET).status_code == 404


def test_there_is_none_before_the_agenda(browser, council):
    from tests.factories import ROUND

    code = council.start("secretary", "council_vote", round=ROUND, subject="Xét khen thưởng năm 2019")
    browser.sign_in_as(council.person("secretary"))
    assert browser.client.get(f"/council/sessions/{code}/packet.pdf").status_code == 404


@needs_poppler
def test_it_holds_meeting_agenda_and_every_dossier(browser, council):
    browser.sign_in_as(council.person("member1"))
    told = pages(browser.client.get(PACKET).data)
    cover, contents, *rest = told
    assert "TẬP HỒ SƠ PHIÊN HỌP Phiên họp số 01/2019 xét khen thưởng năm 2019" in cover
    assert "Phòng họp số 1, trụ sở Ủy ban nhân dân huyện" in cover
    assert "Họp trực tiếp" in cover
    assert "có trên 50% tổng số thành viên Hội đồng đồng ý (từ 03/04 thành viên)" in cover
    assert "ít nhất 03/04 thành viên" in cover
    assert "Hạn bỏ phiếu" not in cover
    assert "tối đa 03 tập thể, 06 cá nhân và hộ gia đình; đề nghị 04 tập thể, 01 cá nhân." in contents
    assert "Lý Thị Thường Trực, Phó Chủ tịch Thường trực Hội đồng" in cover
    dossiers = " ".join(rest)
    for name in ("Bà Nguyễn Thị Ượng", "Tổ tự quản số 3", "Hội Nông dân xã An Phú"):
        assert name in contents
        assert name in dossiers
    assert "Đơn vị trình: Ủy ban nhân dân xã An Phú" in dossiers
    assert "Vận động giúp 05 hộ thoát nghèo; làm 02 km đường giao thông nông thôn." in dossiers
    assert "Hội đồng cơ sở: 09/09 đồng ý" in dossiers
    assert "Hồ sơ đủ điều kiện trình" in dossiers
    assert "Giấy tờ trong hồ sơ" in dossiers
    assert "Lập thay, theo giấy số 12/GT-UBND" in dossiers
    assert not re.search(r"\b[0-9a-f]{64}\b", text(browser.client.get(PACKET).data))


@needs_poppler
def test_new_date_makes_a_new_packet(browser, council):
    code = council.summon(council.bring({"nominee_name": "Võ Thành Lẫm"}))
    council.open(code, authority="absent", member1="absent")
    meets = "2019-12-30T08:00:00+07:00"
    council.do("secretary", "reconvene", code, meets_at=meets, place="Hội trường", mode="online")
    council.work()
    browser.sign_in_as(council.person("member1"))
    cover = pages(browser.client.get(f"/council/sessions/{code}/packet.pdf").data)[0]
    assert "08 giờ 00 phút, ngày 30 tháng 12 năm 2019" in cover
    assert "Hội trường" in cover
    assert "Họp trực tuyến" in cover


@needs_poppler
def test_contents_lead_to_the_pages_of_the_nominees() -> None:
    facts = example("session_packet")
    told = pages(render("session_packet", facts).pdf)
    lines = [line for group in facts["groups"] for line in group["lines"]]
    for number, line in enumerate(lines, 1):
        name = " ".join(filter(None, (line["nominee"]["salutation"], line["nominee"]["name"])))
        [page] = re.findall(rf"{number}\. {re.escape(name)} (?:\. )+(\d+)", told[1])
        assert f"{number}. {name}" in told[int(page) - 1]


@needs_poppler
def test_many_nominees_with_long_names_fit() -> None:
    facts = example("session_packet")
    line = facts["groups"][0]["lines"][0]
    named = line["nominee"] | {
        "name": "Ủy ban Mặt trận Tổ quốc Việt Nam xã Tân Lập " * 5,
        "kind": "collective",
    }
    facts["groups"] = [facts["groups"][0] | {"lines": [line | {"nominee": named}] * 60}]
    told = pages(render("session_packet", facts).pdf)
    assert 30 < len(told) < 60
    assert told[-1].endswith(str(len(told))) or told[-1].startswith(str(len(told)))

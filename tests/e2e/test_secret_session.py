"""A secret session in five browsers: its rule, its opening, the ballots, the count that every page shows by itself."""

import re

import pytest
from playwright.sync_api import expect

from tests.e2e.cast import Member
from tests.e2e.everybody import People
from tests.e2e.serving import LiveServer

CODE = "PH-2019-0006"
PAGE = f"/council/sessions/{CODE}"
RULES = "/council/rules"


@pytest.fixture(scope="module")
def live_server(moved_server: LiveServer) -> LiveServer:
    """A server of its own: the rule of the council changes."""
    return moved_server


def draft_secret_rule(people: People) -> None:
    secretary = people.secretary.opens(f"{RULES}/an-giang/tinh-bien/new")
    secretary.fills_in(
        {
            "Quy tắc biểu quyết": "Quá bán tổng số thành viên",
            "Cách biểu quyết": "Bỏ phiếu kín",
            "Số lượng theo kế hoạch": "Chỉ hiện bên cạnh số đề nghị",
            "Áp dụng từ ngày": "10/12/2019",
            "Căn cứ": "Quy chế làm việc của Hội đồng",
        }
    )
    secretary.main.get_by_role("button", name="Lưu dự thảo").click()
    secretary.sees("Dự thảo")


def test_a_secret_session_in_five_browsers(people: People) -> None:
    secretary, chair, authority = people.secretary, people.chair, people.authority
    members = [Member(people.tab(), name).signs_in() for name in ("member1", "member2")]
    draft_secret_rule(people)
    authority.opens(RULES).main.locator("summary", has_text="Phê duyệt").click()
    authority.main.get_by_role("button", name="Phê duyệt quy tắc này").click()
    authority.sees("Đã phê duyệt quy tắc.")
    secretary.opens_task("Chuẩn bị chương trình", CODE)
    nominees = secretary.main.get_by_role("checkbox")
    for nominee in nominees.all():
        nominee.check()
    secretary.fills_in(
        {"Thời gian họp": "10/12/2019 09:00", "Hình thức họp": "Họp trực tiếp", "Địa điểm": "Hội trường"}
    ).completes()
    chair.opens_session(CODE, "10/12/2019 17:00")

    watching = secretary.opens(PAGE).page.locator("#session-live")
    expect(watching).to_contain_text("bỏ phiếu kín")
    voters = [
        *members,
        Member(people.tab(), "chair").signs_in(),
        Member(people.tab(), "authority").signs_in(),
    ]
    choices = ("Đồng ý", "Không đồng ý", "Đồng ý", "Không ý kiến")
    codes = [voter.votes_in_secret(CODE, choice) for voter, choice in zip(voters, choices, strict=True)]
    assert len(set(codes)) == len(voters)
    members[0].page.go_back()
    members[0].sees_in_main("Đã được xử lý bởi")
    expect(watching).to_contain_text("4 / 11")
    for voter in voters:
        voter.opens(PAGE)
        assert not voter.page.get_by_text("Đồng ý", exact=True).count(), "no partial result"

    chair.opens(PAGE).main.get_by_role("link", name="Kết thúc bỏ phiếu").click()
    chair.main.get_by_role("button", name="Kết thúc bỏ phiếu").click()
    for page in (watching.page, *(voter.page for voter in voters)):
        expect(page.locator(".tracker-list").first, "the page follows by itself").to_be_attached()
    for voter, code in zip(voters, codes, strict=True):
        finds(voter, code)
    assert people.auditor.replays(CODE).is_verified()


def finds(voter: Member, code: str) -> None:
    """The voter finds their code in the list, and nobody's vote."""
    page = voter.page
    page.locator("summary", has_text=re.compile("lần 1")).first.click()
    expect(page.locator(".tracker-list")).to_contain_text(code)
    expect(page.locator("main")).to_contain_text("2 trên 11 thành viên đồng ý")
    assert page.locator(".votes-table").count() == 0

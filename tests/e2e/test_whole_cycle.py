"""A nomination of the Tịnh Biên campaign from registration to the scanned certificate, each step by its role."""

import pytest

from tests.e2e.everybody import People
from tests.e2e.forms import Answer, Scan
from tests.e2e.serving import LiveServer
from tests.webapp.documents.papers import needs_poppler, text

CAMPAIGN = "tinh-bien-vi-nguoi-ngheo-2020"
ROUND = "Khen thưởng năm 2019"
NAME = "Nguyễn Thị Ánh Nguyệt"
ON_PAPER = f"Bà {NAME}"
MERIT = "có thành tích xuất sắc trong phong trào thi đua “Chung tay vì người nghèo” năm 2019"
ACHIEVEMENT = f"Đã {MERIT}"
NUMBER = "3127"
ENTRY: dict[str, Answer] = {
    "Nội dung thi đua": "Đồng thuận hợp tác, trách nhiệm vì người nghèo và công tác giảm nghèo",
    "Loại đối tượng": "Cá nhân",
    "Tên người, hộ gia đình hoặc tập thể": NAME,
    "Đơn vị trình": "xã An Cư",
    "Người khai hồ sơ": "Người, tập thể đăng ký tự khai",
}
NOMINATION: dict[str, Answer] = {
    "Đợt xét khen thưởng": ROUND,
    **ENTRY,
    "Danh hiệu, hình thức khen thưởng đề nghị": "Giấy khen",
}
PLEDGE: dict[str, Answer] = {
    "Chỉ tiêu": "Giúp hộ nghèo",
    "Nội dung phấn đấu": "Giúp hai hộ thoát nghèo trong năm",
    "Cam kết thực hiện": "Thực hiện đầy đủ nội dung đã đăng ký.",
}
DOSSIER: dict[str, Answer] = {
    "Tên ghi trên quyết định và giấy khen": NAME,
    "Danh xưng": "Bà",
    "Thành tích ghi trên giấy khen": ACHIEVEMENT,
    "Tóm tắt thành tích": "Vận động 12 hộ cùng nuôi bò theo tổ hợp tác; hai hộ đã thoát nghèo.",
    "Báo cáo thành tích": Scan("bao-cao-thanh-tich.pdf"),
    "Cam đoan nội dung khai là đúng sự thật": True,
}


@pytest.fixture(scope="module")
def live_server(moved_server: LiveServer) -> LiveServer:
    """The list is posted in public for days, so this story moves the clock."""
    return moved_server


@needs_poppler
def test_from_registration_to_certificate_and_replay(people: People) -> None:
    code = hand_in(people)
    assess_in_the_commune(people, code)
    appraise_in_the_district(people, code)
    vote_in_the_council(people, code)
    decision = decide(people)

    page = people.secretary.opens(f"/awards/decisions/{decision}").sees("Đã ban hành, trao tặng")
    scan(people, page.saves("Quyết định khen thưởng"), page.saves("Giấy khen"))

    replay = people.auditor.replays(code).is_verified()
    replay.shows("end_awarded", "is-now").goes_back().goes_back().goes_on().tells("Hội đồng thông qua")
    replay.shows_no_place_but("await_decision")
    replay.goes_to_the_first().shows_no_place_but("prepare_dossier")
    replay.goes_on().shows("check_dossier", "is-place").tells("hoàn thành “Lập hồ sơ đề nghị”")


def scan(people: People, decision: bytes, certificate: bytes) -> None:
    """A passer-by reads the squares on both papers: all that is printed, and that it holds; a forged one is told."""
    phone, number = people.passerby(), f"{NUMBER}/QĐ-UBND"
    phone.scans(decision).is_told("Còn hiệu lực").sees(number, ON_PAPER, MERIT, "450.000 đ", "Hồ Trung Tín")
    phone.finds_all_of_it_on(text(decision))
    phone.scans(certificate).is_told("Còn hiệu lực").sees(number, ON_PAPER, ACHIEVEMENT, "Hồ Trung Tín")
    phone.sees_what_the_square_says().finds_all_of_it_on(text(certificate))
    phone.tries_another_signature().is_told_it_is_not_ours()


def hand_in(people: People) -> str:
    """Registration, accepted, and the dossier of the nomination; returns its code."""
    registration = people.registrant.registers(CAMPAIGN, ENTRY, PLEDGE)
    people.officer.accepts_registration(registration)
    code: str = people.registrant.nominates(CAMPAIGN, NOMINATION)
    people.registrant.hands_in_the_dossier(DOSSIER)
    return code


def assess_in_the_commune(people: People, code: str) -> None:
    """Check, meeting of the hamlet, council of the commune, five days of posting."""
    officer = people.officer
    today = officer.reads_the_date()
    officer.finds_dossier_complete(code)
    officer.records_meeting(code, today)
    people.commune_chair.concludes_council(code, today)
    officer.posts_publicly(code, today)
    officer.lets_days_pass(6)
    officer.concludes_posting(code)


def appraise_in_the_district(people: People, code: str) -> None:
    """The submission, signed and received; the specialist's appraisal, approved by the head of office."""
    today = people.officer.reads_the_date()
    batch = people.officer.submits(CAMPAIGN, ROUND, NAME)
    people.commune_chair.signs_submission(batch, "81/TTr-UBND", today)
    people.specialist.receives_submission(batch, today)
    people.specialist.finds_eligible(code)
    people.head.approves_appraisal(code)
    people.secretary.waits_for_state(code, "Chờ Hội đồng")


def vote_in_the_council(people: People, code: str) -> None:
    """A session of the council: agenda, quorum, every member's ballot, count, minutes."""
    secretary, chair = people.secretary, people.chair
    today = secretary.reads_the_date()
    session = secretary.calls_session(CAMPAIGN, ROUND, NAME, f"{today} 14:00")
    chair.opens_session(session, closes=f"{today} 23:00")
    for member in people.council():
        member.votes(session)
    secretary.drafts_minutes(session, f"{today} 14:00", f"{today} 15:30")
    chair.signs_minutes(session)
    secretary.opens(f"/council/sessions/{session}").sees_in_main("11 trên 11 thành viên đồng ý (100,0 %)")
    secretary.waits_for_state(code, "Chờ ban hành quyết định")


def decide(people: People) -> str:
    """The decision from draft to publication; returns its code."""
    today = people.specialist.opens("/").reads_the_date()
    decision: str = people.specialist.drafts_decision(CAMPAIGN, ROUND, NAME, ACHIEVEMENT)
    people.head.submits_decision(decision)
    people.office.checks_decision(decision)
    people.authority.signs_decision(decision)
    people.clerk.numbers_decision(decision, NUMBER, today)
    people.specialist.hands_over(decision, NAME, today)
    people.clerk.sends_decision(decision, today)
    people.secretary.publishes_decision(decision, today)
    people.clerk.closes_file(decision)
    return decision

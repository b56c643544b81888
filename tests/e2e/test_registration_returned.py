"""A registration is returned once, supplemented, accepted; its pledge is then a paper to sign."""

from tests.e2e.everybody import People
from tests.e2e.forms import Answer
from tests.webapp.documents.papers import needs_poppler, text

CAMPAIGN = "tinh-bien-vi-nguoi-ngheo-2020"
NAME = "Trần Thị Mỹ Duyên"
ENTRY: dict[str, Answer] = {
    "Nội dung thi đua": "Đồng thuận hợp tác, trách nhiệm vì người nghèo và công tác giảm nghèo",
    "Loại đối tượng": "Cá nhân",
    "Tên người, hộ gia đình hoặc tập thể": NAME,
    "Đơn vị trình": "xã An Cư",
    "Người khai hồ sơ": "Người, tập thể đăng ký tự khai",
}
PLEDGE: dict[str, Answer] = {
    "Chỉ tiêu": "Giúp hộ nghèo",
    "Nội dung phấn đấu": "Giúp hộ nghèo",
    "Cam kết thực hiện": "Thực hiện đầy đủ nội dung đã đăng ký.",
}
RETURN: dict[str, Answer] = {
    "Kết luận": "Yêu cầu bổ sung",
    "Nội dung yêu cầu bổ sung": "Ghi rõ giúp mấy hộ, trong thời gian nào.",
}
ANSWER: dict[str, Answer] = {
    "Nội dung đã bổ sung, giải trình": "Đã ghi rõ số hộ và thời gian.",
    "Nội dung, chỉ tiêu đăng ký": [
        {"Chỉ tiêu": "Giúp hộ nghèo", "Nội dung phấn đấu": "Giúp hai hộ thoát nghèo trong năm"}
    ],
}


@needs_poppler
def test_returned_supplemented_accepted(people: People) -> None:
    registrant, officer = people.registrant, people.officer
    code = registrant.registers(CAMPAIGN, ENTRY, PLEDGE)
    officer.does("Kiểm tra đăng ký", code, RETURN)

    registrant.opens(f"/registrations/{code}").sees_in_main("Chờ bổ sung").sees_in_main(
        "Bản đăng ký thi đua (dự thảo)"
    )
    registrant.opens_task("Bổ sung đăng ký", code).sees("Ghi rõ giúp mấy hộ, trong thời gian nào.")
    registrant.fills_in(ANSWER).completes()
    officer.accepts_registration(code)

    registrant.waits_to_see(f"/registrations/{code}", "Bản số 1").sees_in_main("Đề nghị điều chỉnh")
    answer = registrant.page.request.get(f"/registrations/{code}/pledge.pdf")
    paper = text(answer.body())
    assert NAME in paper
    assert "Giúp hai hộ thoát nghèo trong năm" in paper

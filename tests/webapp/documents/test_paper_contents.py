"""What each type of paper says, case by case: drafts, totals, outcomes, lists and their pages."""

from typing import Any

import pytest

from tests.webapp.documents.papers import (
    example,
    needs_poppler,
    pages,
    rendered_example,
    text,
)
from webapp.documents import page, render

pytestmark = needs_poppler


def made(name: str, **changes: Any) -> str:
    return text(render(name, example(name) | changes).pdf)


def changed(name: str, part: str, **changes: Any) -> str:
    return made(name, **{part: example(name)[part] | changes})


# --- decision ---


def test_decision_has_its_articles_and_total_in_words() -> None:
    written = text(rendered_example("decision"))
    assert "Số: 05/QĐ-UBND" in written
    assert "Tịnh Biên, ngày 05 tháng 02 năm 2019" in written
    assert "Điều 1. Tặng Giấy khen cho 08 tập thể, 12 cá nhân, 03 hộ gia đình đã có thành tích" in written
    total = "14.526.000 đồng"
    assert f"{total} (Bằng chữ: Mười bốn triệu năm trăm hai mươi sáu nghìn đồng)" in written
    assert "KT. CHỦ TỊCH PHÓ CHỦ TỊCH" in written
    assert "Nơi nhận: - Như Điều 3;" in written


def test_decision_list_has_the_prize_of_each_and_the_sum() -> None:
    appendix = " ".join(pages(rendered_example("decision"))[2:])
    assert "Kèm theo Quyết định số 05/QĐ-UBND ngày 05 tháng 02 năm 2019" in appendix
    assert "21 Hộ bà Nguyễn Thị Ượng ấp Phú Hòa, xã An Phú 670.000 đ" in appendix
    assert "Tổng cộng: 08 tập thể, 12 cá nhân, 03 hộ gia đình 14.526.000 đ" in appendix


def test_decision_without_prizes_says_nothing_of_money() -> None:
    groups = [
        group | {"lines": [line | {"prize": 0} for line in group["lines"]]}
        for group in example("decision")["groups"]
    ]
    written = made("decision", groups=groups)
    assert "Tiền thưởng" not in written
    assert "Điều 2. Quyết định này có hiệu lực" in written
    assert "Điều 3." not in written


def by_award(facts: dict[str, Any], award: str) -> dict[str, Any]:
    """The first two lines get another award, which then has a group of its own."""
    first, *more = facts["groups"][0]["lines"][0:2], facts["groups"][0]["lines"][2:]
    own = {"title": award, "lines": [line | {"award": award} for line in first]}
    return facts | {"groups": [own, {"title": "Giấy khen", "lines": more[0]}], "act": "Khen thưởng"}


def by_strand(facts: dict[str, Any], award: str) -> dict[str, Any]:
    """The same as a list by strand."""
    lines = [line for group in by_award(facts, award)["groups"] for line in group["lines"]]
    groups = [
        {"title": strand, "lines": [line | {"part": None} for line in lines if line["part"] == strand]}
        for strand in dict.fromkeys(line["part"] for line in lines)
    ]
    return facts | {"groups": groups, "grouping": "strand", "act": "Khen thưởng"}


def test_decision_lists_by_award_and_kind_with_the_strand_as_sub_heading() -> None:
    written = made("decision", **by_award(example("decision"), "Gia đình văn hóa"))
    assert "I Gia đình văn hóa Tập thể (02) Phong trào thi đua “Phát huy vai trò" in written
    assert "II Giấy khen Tập thể (06)" in written
    assert "Hình thức khen thưởng" not in written


def test_decision_on_one_award_counts_its_kinds_and_does_not_repeat_the_award() -> None:
    written = text(rendered_example("decision"))
    assert "I Tập thể (08) Phong trào thi đua “Phát huy" in written
    assert "III Hộ gia đình (03) Phong trào thi đua “Hộ gia đình vượt khó" in written


def test_decision_by_strand_lists_which_award_in_a_column() -> None:
    written = made("decision", **by_strand(example("decision"), "Gia đình văn hóa"))
    assert "Hình thức khen thưởng" in written
    assert written.count("Gia đình văn hóa") == 2
    assert "I Phong trào thi đua “Phát huy vai trò" in written


def test_initials_stand_small_beside_the_last_line() -> None:
    assert "chịu trách nhiệm thi hành Quyết định này./. (LTH; NVB)" in text(rendered_example("decision"))
    assert "Quyết định này./. Nơi nhận" in made("decision", initials=[])


def test_two_hundred_lines_repeat_the_heads_and_number_the_pages_of_their_own() -> None:
    facts = example("decision")
    lines = facts["groups"][0]["lines"]
    long = [lines[at % 8] for at in range(200)]
    drawn = pages(render("decision", facts | {"groups": [{"title": "Giấy khen", "lines": long}]}).pdf)
    annex = [page for page in drawn if "STT" in page]
    assert len(annex) > 5
    assert all("STT Tập thể Chức vụ, đơn vị công tác, nơi ở Tiền thưởng" in page for page in annex)
    assert [page.split()[-1] for page in annex[1:]] == [str(number) for number in range(2, len(annex) + 1)]
    assert "Phụ lục" in annex[0]
    assert "200 " in annex[-1]
    assert "Tổng cộng: 200 tập thể" in annex[-1]


def test_decision_on_several_awards_names_each_in_its_first_article() -> None:
    facts = by_award(example("decision"), "Lao động tiên tiến")
    acts = [
        {"act": "Tặng danh hiệu “Lao động tiên tiến”", "award": "Lao động tiên tiến"},
        {"act": "Tặng Giấy khen", "award": "Giấy khen"},
    ]
    written = made("decision", groups=facts["groups"], act="Khen thưởng", acts=acts)
    assert "Điều 1. Tặng danh hiệu “Lao động tiên tiến” cho 02 tập thể; tặng Giấy khen" in written


def test_draft_leaves_room_for_number_and_date() -> None:
    written = changed("decision", "letterhead", number=None, date=None)
    assert "/QĐ-UBND" in written
    assert "05/QĐ-UBND" not in written
    assert "ngày …… tháng …… năm ………" in written


def test_appendix_is_numbered_on_its_own() -> None:
    body, more, first, second = pages(rendered_example("decision"))
    assert more.startswith("2 ") or more.endswith(" 2")
    assert second.startswith("2 ") or second.endswith(" 2")
    for unnumbered in (body, first):
        assert not unnumbered.startswith("1 ")
        assert not unnumbered.endswith(" 1")


# --- submission and summary sheet ---


def test_submission_asks_its_first_addressee_and_counts_by_strand() -> None:
    written = text(rendered_example("submission"))
    assert "Kính gửi: - Chủ tịch Ủy ban nhân dân huyện Tịnh Biên;" in written
    assert "vượt khó vươn lên thoát nghèo”: 01 cá nhân, 02 hộ gia đình;" in written
    assert "xem xét, tặng Giấy khen cho 04 tập thể, 06 cá nhân, 02 hộ gia đình đã có thành tích" in written
    assert "TM. ỦY BAN NHÂN DÂN CHỦ TỊCH (Đã ký) Trần Thị Mỹ Hạnh" in written


def test_long_submission_repeats_the_heads_of_its_list() -> None:
    groups = example("submission")["groups"]
    groups[0]["lines"] *= 20
    paper = render("submission", example("submission") | {"groups": groups}).pdf
    lists = pages(paper)[2:]
    assert len(lists) > 8
    assert all("Mã hồ sơ" in one for one in lists)


def test_short_strands_of_the_summary_sheet_follow_one_another() -> None:
    groups = [
        group | {"lines": [line | {"achievement": "Tốt", "honours": None} for line in group["lines"][:1]]}
        for group in example("summary_sheet")["groups"]
    ]
    sheet = pages(render("summary_sheet", example("summary_sheet") | {"groups": groups}).pdf)[0]
    for number, group in enumerate(groups[:2], 1):
        assert group["title"] in sheet
        assert group["ceiling"] in sheet
        assert f" {number} {group['lines'][0]['code']} " in sheet


def test_summary_sheet_of_an_empty_strand() -> None:
    groups = example("summary_sheet")["groups"]
    groups[1] |= {"lines": [], "ceiling": None}
    assert "Số lượng đề nghị: không có." in made("summary_sheet", groups=groups)


# --- council ---


def test_count_names_electorate_rule_and_outcome() -> None:
    written = text(rendered_example("vote_count"))
    assert "Tổng số thành viên Hội đồng: 11 thành viên" in written
    assert "Số thành viên có mặt: 09 thành viên" in written
    assert "Số phiếu phát ra: 11 phiếu" in written
    assert "từ 80% trở lên tổng số thành viên" in written
    assert "3 Ông Đỗ Quỳnh Giao Hưởng ấp Tây Hưng, xã Nhơn Hưng 09 02 00 09/11 (81,82%) Đạt" in written
    assert "Tổng số 18 trường hợp được xét (06 tập thể, 09 cá nhân, 03 hộ gia đình), kết quả:" in written
    assert "- Hoãn xét: 01 trường hợp (01 cá nhân)." in written


def test_open_vote_has_no_ballots() -> None:
    written = made("vote_count", method="open", ballots=None, counters=[], annex=None)
    assert "Kết quả biểu quyết xét khen thưởng" in written
    assert "phiếu" not in written.replace("Tổ trưởng Tổ kiểm phiếu".upper(), "")


def test_minutes_tell_who_was_there_and_who_was_not() -> None:
    written = text(rendered_example("session_minutes"))
    assert "3. Thành viên có mặt: 09/11 thành viên" in written
    assert "- Ông Tạ Đình Vỹ, Chủ tịch Liên đoàn Lao động huyện, Ủy viên (có lý do, gửi ý kiến" in written
    assert "(không rõ lý do)" in written
    assert "Phiên họp kết thúc vào hồi 10 giờ 30 phút cùng ngày." in written


@pytest.mark.parametrize(
    ("paper", "sentence"),
    [
        ("session_minutes", "lấy ý kiến bằng văn bản của các thành viên tại Phiên số"),
        ("session_minutes", "Biên bản được lập theo phiếu lấy ý kiến mà các thành viên đã gửi./."),
        ("vote_count", "tiến hành lấy ý kiến bằng văn bản tại Phiên họp số"),
    ],
)
def test_a_vote_by_correspondence_meets_nowhere(paper: str, sentence: str) -> None:
    facts = example(paper)
    written = made(paper, session=facts["session"] | {"by_correspondence": True})
    assert sentence in written
    assert facts["session"]["place"] not in written
    assert "đọc lại" not in written


def test_minutes_invent_no_discussion() -> None:
    assert "III. Ý kiến thảo luận Không có ý kiến nào được ghi." in made("session_minutes", opinions=[])


# --- refusal ---


def test_refusal_tells_case_level_and_every_ground() -> None:
    written = text(rendered_example("refusal_notice"))
    assert "hồ sơ số HS-2019-0144" in written
    assert "cho bà Néang Sa Rây, ấp Soài Chếk, xã An Cư." in written
    assert "1. Không đủ tỷ lệ đồng ý" in written
    assert "2. Chưa đạt tiêu chuẩn" in written


@pytest.mark.parametrize(
    ("stage", "finding"),
    [
        ("registration", "nội dung đăng ký không được chấp nhận"),
        ("commune", "Qua xét duyệt ở cấp xã"),
        ("district", "Qua thẩm định hồ sơ ở cấp huyện"),
        ("province", "Qua thẩm định hồ sơ ở cấp tỉnh"),
        ("council", "Căn cứ kết quả biểu quyết tại phiên họp của Hội đồng"),
    ],
)
def test_refusal_says_where_it_was_decided(stage: str, finding: str) -> None:
    written = page("refusal_notice", example("refusal_notice") | {"stage": stage})
    assert finding in " ".join(written.split())

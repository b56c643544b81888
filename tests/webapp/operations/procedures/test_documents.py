"""The papers drawn for cases: what they are made of, and what they say."""

from sqlalchemy import select

from tests.offices import scene
from tests.sittings import CODES, MEMBERS, SESSION
from tests.webapp.documents.papers import needs_poppler
from tests.webapp.operations.procedures.reading import read
from webapp.documents import check_facts
from webapp.documents.certificates.paper import check_paper
from webapp.extensions import db
from webapp.models import CouncilSession, Decision, Submission
from webapp.queries.award_papers import decision_facts
from webapp.queries.certificate_facts import certificate_facts
from webapp.queries.council_papers import session_minutes_facts, vote_count_facts
from webapp.queries.refusal_papers import refusal_notice_facts
from webapp.queries.submission_papers import submission_facts
from webapp.queries.summary_papers import summary_sheet_facts

pytestmark = needs_poppler


@scene
def concluded(council):
    """The first nominee has not passed; the minutes are signed."""
    no = {"HS_2019_0001": "disagree"}
    council.vote("authority", SESSION, **no)
    council.vote("chair", SESSION, **no)
    council.vote("member1", SESSION, HS_2019_0001="abstain")
    council.vote("member2", SESSION, HS_2019_0005="none")
    council.conclude(SESSION)
    return council


def sitting():
    return db.session.scalar(select(CouncilSession))


def test_minutes_say_who_presided_in_whose_place_and_by_which_paper(concluded):
    minutes = read(SESSION, "session_minutes")
    assert "Phiên họp số 01/2019 xét khen thưởng năm 2019" in minutes
    assert (
        "Chủ trì: Lý Thị Thường Trực, Phó Chủ tịch Thường trực Hội đồng, chủ trì thay Chủ tịch Hội đồng "
        "(lý do: Chủ tịch đi công tác) theo văn bản ủy quyền số 12/UQ-UBND." in minutes
    )
    assert "Thành viên có mặt: 04/04 thành viên" in minutes
    assert "Bà Tạ Thị Hai: Nhất trí." in minutes
    assert "2. Giao Phòng Nội vụ hoàn thiện hồ sơ." in minutes
    assert "KT. CHỦ TỊCH HỘI ĐỒNG" in minutes.upper()
    assert "PHÓ CHỦ TỊCH THƯỜNG TRỰC (Đã ký)" in minutes.replace(
        "Phó Chủ tịch Thường trực", "PHÓ CHỦ TỊCH THƯỜNG TRỰC"
    )


def test_count_states_the_rule_and_every_number(concluded):
    count = read(SESSION, "vote_count")
    assert "trên 50% tổng số thành viên Hội đồng đồng ý (từ 03/04 thành viên)" in count
    assert "01/04 (25%)" in count
    assert "01 thành viên không biểu quyết vì có liên quan" in count
    assert "Không đạt: 01 trường hợp" in count


def test_count_of_a_vote_signed_on_paper_carries_no_signature_of_ours(council):
    for username in MEMBERS:
        council.vote(username, SESSION, **({"HS_2019_0005": "none"} if username == "member2" else {}))
    minutes = council.task("draft_minutes", SESSION)
    own = {"method": "scan", "scan": council.paper("secretary", minutes.public_id, "signed_scan")}
    team = [{"name": "Ngô Thị", "duty": "leader"}]
    council.do("secretary", "draft_minutes", task=minutes, counting_team=team, signature=own)
    task = council.task("sign_minutes", SESSION)
    scan = council.paper("chair", task.public_id, "signed_scan")
    council.do(
        "chair", "sign_minutes", task=task, decision="sign", signature={"method": "scan", "scan": scan}
    )
    council.work()
    assert "(Đã ký)" not in read(SESSION, "session_minutes")


def test_summary_sheet_holds_ceilings_assessments_and_forms_of_address(council):
    sheet = read(SESSION, "summary_sheet")
    assert "tối đa 03 tập thể, 06 cá nhân và hộ gia đình" in sheet
    assert "Bà Nguyễn Thị Ượng" in sheet
    assert (
        "Họp bình xét: 38/40 người dự họp đồng ý; Hội đồng cơ sở: 09/09 đồng ý; Niêm yết: không có ý kiến"
        in sheet
    )
    assert "Hồ sơ đủ điều kiện trình" in sheet
    assert "Lập thay, theo giấy số 12/GT-UBND" in sheet


def test_notice_to_a_nominee_who_has_not_passed_names_the_numbers(concluded):
    notice = read("HS-2019-0001", "refusal_notice")
    assert (
        "Không đủ tỷ lệ đồng ý: 01/04 đồng ý (25%), chưa đạt trên 50% tổng số thành viên Hội đồng (cần 03)"
        in notice
    )
    assert "bà Nguyễn Thị Ượng, xã An Cư" in notice
    assert "Kính gửi: - Ủy ban nhân dân xã An Cư; - Bà Nguyễn Thị Ượng." in notice


def test_notice_of_a_refusal_at_the_commune_names_the_ground(council):
    code = council.nominate(nominee_name="Trần Văn Thiếu Giấy")
    council.do(
        "officer",
        "prepare_on_behalf",
        code,
        name_on_paper="Trần Văn Thiếu Giấy",
        nominee_kind="individual",
        honorific="mr",
    )
    council.do(
        "officer",
        "check_dossier",
        code,
        decision="refuse",
        ground="papers_missing",
        ground_note="Thiếu báo cáo có xác nhận.",
    )
    council.work()
    notice = read(code, "refusal_notice")
    assert "ỦY BAN NHÂN DÂN XÃ AN CƯ" in notice.upper()
    assert "Qua xét duyệt ở cấp xã" in notice
    assert "Kính gửi: Ông Trần Văn Thiếu Giấy." in notice
    assert "vì lý do sau: - Thiếu giấy tờ trong hồ sơ" in notice
    assert "Thiếu báo cáo có xác nhận." in notice
    assert "ông Trần Văn Thiếu Giấy" in notice


def test_notice_of_a_refusal_at_the_district_comes_from_there(council):
    code = council.nominate(nominee_name="Trần Văn Sai Đối Tượng")
    council.do("officer", "prepare_on_behalf", code, nominee_kind="individual", honorific="mr")
    council.do("officer", "check_dossier", code, decision="complete")
    council.do("officer", "record_meeting", code, decision="agree")
    council.do("commune_chair", "conclude_commune_council", code, decision="agree")
    council.do("officer", "post_publicly", code, posted_from=council.at.date().isoformat())
    council.move(days=6)
    council.do("officer", "conclude_posting", code, decision="clear")
    council.submit([code], "officer", "commune_chair")
    council.do(
        "specialist",
        "appraise",
        code,
        decision="refuse",
        ground="wrong_group",
        ground_note="Không thuộc nội dung.",
    )
    council.do("head", "review_refusal", code, decision="refuse")
    council.work()
    facts = refusal_notice_facts(db.session(), council.case(code), "nomination_rejected")
    assert (facts["stage"], facts["letterhead"]["body"]) == ("district", "Ủy ban nhân dân huyện Tịnh Biên")
    assert facts["received"] is not None
    assert facts["signature"]["lead"] == ["TL. Chủ tịch"]
    assert facts["signature"]["position"] == "Trưởng phòng Nội vụ"


def test_notice_of_a_refused_registration_speaks_of_a_registration(council):
    code = council.register(nominee_name="Trần Thị Đăng Ký Sai")
    council.do("officer", "fill_on_behalf", code)
    council.do(
        "officer",
        "check_registration",
        code,
        decision="reject",
        ground="wrong_group",
        ground_note="Chưa đúng.",
    )
    council.work()
    notice = read(code, "refusal_notice")
    assert "không chấp nhận đăng ký thi đua" in notice
    assert "đăng ký tham gia nội dung thi đua" in notice


def test_submission_cites_law_plan_and_papers_and_is_signed_by_name(council):
    facts = submission_facts(db.session(), db.session.scalar(select(Submission).order_by(Submission.id)))
    assert facts["bases"][0].startswith("Căn cứ Luật Tổ chức chính quyền địa phương")
    assert facts["bases"][-1].startswith(
        "Căn cứ Kế hoạch ngày 02 tháng 12 năm 2019 của Ủy ban nhân dân huyện Tịnh Biên về phong trào"
    )
    assert "Báo cáo thành tích" in facts["attachments"]
    assert facts["act"] == "tặng Giấy khen"
    assert facts["signature"] == {
        "lead": ["TM. Ủy ban nhân dân"],
        "position": "Chủ tịch",
        "name": "Nguyễn Văn Chủ Tịch Xã",
        "signed": True,
    }
    assert (facts["letterhead"]["number"], facts["letterhead"]["symbol"]) == (11, "TTr-UBND")


def test_facts_of_every_paper_are_what_its_type_asks_for(concluded):
    session, held = db.session(), sitting()
    check_facts("vote_count", vote_count_facts(session, held))
    check_facts("session_minutes", session_minutes_facts(session, held))
    check_facts("summary_sheet", summary_sheet_facts(session, held))
    submission = session.scalar(select(Submission))
    check_facts("submission", submission_facts(session, submission))
    notice = refusal_notice_facts(session, concluded.case("HS-2019-0001"), "nomination_not_passed")
    check_facts("refusal_notice", notice)
    concluded.draft(CODES[1:4])
    decision = session.scalar(select(Decision))
    check_facts("decision", decision_facts(session, decision))
    check_paper(certificate_facts(session, decision))

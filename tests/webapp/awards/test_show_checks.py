"""The legal check of a decision: worked out, with the source of each rule, beside the check and on a page."""

from sqlalchemy import select, update

from tests.offices import scene
from tests.redrafting import drafted_anew
from tests.sittings import OURS_CODES
from webapp.extensions import db
from webapp.models import Award, Case, FormEntry

COUNCIL = "concluded"
CODE = "QD-2019-0001"
PAGE = f"/awards/decisions/{CODE}/checks"


@scene
def drafted(council):
    council.draft(OURS_CODES[:2])
    return council


def checks(page):
    """By heading the pairs (verdict, text)."""
    return {
        group.select_one("h2, h3").find(string=True, recursive=False).strip(): [
            (row.select_one(".status").get_text(strip=True), row.select_one("div").get_text(" ", strip=True))
            for row in group.select(".condition")
        ]
        for group in page.all(".check-group")
    }


def test_each_point_has_its_verdict_and_its_source(browser, drafted):
    browser.sign_in_as(drafted.person("office"))
    found = checks(browser.get(PAGE))
    [(verdict, told)] = found["Thẩm quyền khen thưởng"]
    assert verdict == "Đúng"
    assert told.startswith("Thẩm quyền quyết định “Giấy khen”: Chủ tịch Ủy ban nhân dân cấp huyện")
    assert "Nghị định 91/2017/NĐ-CP (chưa kiểm chứng)" in told
    assert any(
        "Luật Thi đua, Khen thưởng 2003 (sửa đổi), Nghị định 91" in told
        for _v, told in found["Căn cứ pháp lý"]
    )
    [(_verdict, voted)] = found["Kết quả biểu quyết của Hội đồng"]
    assert voted.startswith("2 hồ sơ được thông qua tại Phiên họp số 01/2019")
    sums = [told for _verdict, told in found["Tiền thưởng"]]
    assert any("1 × 450.000" in told and "lương cơ sở 1.490.000" in told for told in sums)
    assert any(told.startswith("Tổng số tiền của danh sách: 1.350.000") for told in sums)
    assert found["Câu chữ"] == [("Đúng", "Nơi nhận “Như Điều 3” đúng là điều về trách nhiệm thi hành.")]


def test_own_basis_wrong_reference_and_wrong_amount_are_to_be_looked_at(browser, drafted):
    drafted_anew(
        drafted,
        CODE,
        OURS_CODES[:2],
        legal_bases="Căn cứ Luật Nào đó",
        more_articles="Giao Phòng Nội vụ theo dõi.",
    )
    db.session.execute(update(Award).where(Award.prize == 450_000).values(prize=540_000))
    db.session.commit()
    browser.sign_in_as(drafted.person("office"))
    found = checks(browser.get(PAGE))
    assert ("Cần xem xét", "Không có trong bộ quy định, cần tra cứu hiệu lực: Căn cứ Luật Nào đó") in found[
        "Căn cứ pháp lý"
    ]
    assert any(
        told.startswith("Chưa viện dẫn, dù có trong bộ quy định")
        for _verdict, told in found["Căn cứ pháp lý"]
    )
    wrong = [told for verdict, told in found["Tiền thưởng"] if verdict == "Không đúng"]
    assert len(wrong) == 1
    assert "HS-2019-0001" in wrong[0]
    assert found["Câu chữ"][0][0] == "Cần xem xét"
    assert "trách nhiệm thi hành ở Điều 4" in found["Câu chữ"][0][1]


def test_suspended_dossier_is_named(browser, drafted):
    from webapp.operations.interventions import freeze_case

    freeze_case(OURS_CODES[1], "Có đơn tố cáo", actor=drafted.actor("specialist"), now=drafted.now)
    browser.sign_in_as(drafted.person("office"))
    found = checks(browser.get(PAGE))["Kết quả biểu quyết của Hội đồng"]
    assert ("Không đúng", f"Các hồ sơ này đang tạm dừng. {OURS_CODES[1]}") in found


def test_check_stands_above_the_form_of_whoever_checks(browser, drafted):
    from tests.sittings import SIGNATURE

    drafted.do("head", "submit_decision", CODE, decision="submit", signature=SIGNATURE)
    browser.sign_in_as(drafted.person("office"))
    page = browser.get(f"/tasks/{drafted.task('check_decision', CODE).public_id}")
    assert "Thẩm quyền khen thưởng" in checks(page)
    assert page.one(f"a[href='{PAGE}']")


def test_stranger_learns_nothing(browser, drafted):
    browser.sign_in_as(drafted.person("officer"))
    browser.get(PAGE, status=404)


def test_a_basis_worded_otherwise_is_known_by_the_number_of_its_document(browser, drafted):
    drafted_anew(drafted, CODE, OURS_CODES[:2], legal_bases="Căn cứ Nghị định 91/2017/NĐ-CP của Chính phủ")
    browser.sign_in_as(drafted.person("office"))
    told = checks(browser.get(PAGE))["Căn cứ pháp lý"]
    assert [text for verdict, text in told if "91/2017" in text and verdict != "Đúng"] == []
    assert not any(text.startswith("Không có trong bộ quy định") for _verdict, text in told)


def test_letters_that_no_paper_can_print_are_told_at_the_draft(browser, drafted):
    """Of whom it is, and which letters: of a name, and of the words of the decision, each said once."""
    dossier = select(FormEntry).join(Case, Case.id == FormEntry.case_id).where(Case.code == OURS_CODES[1])
    for entry in db.session.scalars(dossier):
        if "name_on_paper" in entry.data:
            entry.data = {**entry.data, "name_on_paper": "Tổ tự quản 字 số 1"}
    db.session.commit()
    drafted_anew(drafted, CODE, OURS_CODES[:2], title="Về việc khen thưởng → năm 2019")
    browser.sign_in_as(drafted.person("office"))
    told = [text for verdict, text in checks(browser.get(PAGE))["Câu chữ"] if verdict == "Không đúng"]
    of_the_name, of_the_title = sorted(told, key=lambda text: "字" not in text)
    assert "Tổ tự quản 字 số 1”" in of_the_name
    assert "字 (U+5B57)" in of_the_name
    assert of_the_name.endswith(OURS_CODES[1])
    assert "→ (U+2192)" in of_the_title
    assert "HS-2019" not in of_the_title

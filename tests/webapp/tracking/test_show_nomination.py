"""The page of one nomination."""

from tests.statements import statements
from webapp.extensions import db
from webapp.operations.interventions import freeze_case, stop_case


def steps(page):
    return {
        step.select_one(".step-name").get_text(strip=True): step["class"][-1].removeprefix("step-")
        for step in page.all(".step")
    }


def test_it_shows_stages_dossier_papers_and_history(signed_in, nominations):
    page = signed_in("secretary").get(f"/nominations/{nominations[2]}")
    assert page.heading == "Neáng Sóc Kha"
    assert steps(page) == {
        "Lập hồ sơ": "done",
        "Cấp xã": "current",
        "Trình": "ahead",
        "Cấp huyện": "ahead",
        "Hội đồng": "ahead",
        "Quyết định": "ahead",
    }
    for text in (
        "Giấy khen",
        "Khen thưởng năm 2019",
        "Xét ở xã, đơn vị trước, rồi thẩm định ở cấp huyện.",
        "công chức phụ trách lập thay",
        "Báo cáo thành tích",
        "Lê Văn Cán Bộ hoàn thành “Lập thay hồ sơ đề nghị”.",
        "Đang chờ Công chức phụ trách TĐKT",
    ):
        assert text in page.text
    assert page.one("[data-diagram]")["data-diagram"] == f"/cases/{nominations[2]}/path.json"


def test_step_names_who_did_it_and_who_has_it(signed_in, nominations):
    page = signed_in("secretary").get(f"/nominations/{nominations[2]}")
    assert "Lê Văn Cán Bộ" in page.one(".step-done").get_text()
    assert "02/12/2019" in page.one(".step-done").get_text()
    assert "Công chức phụ trách TĐKT" in page.one(".step-current").get_text()


def test_whose_turn_it_is_gets_a_button(signed_in, office, nominations):
    page = signed_in("officer").get(f"/nominations/{nominations[0]}")
    task = office.task("prepare_on_behalf", nominations[0])
    assert page.one(".notice-take a.btn-primary")["href"] == f"/tasks/{task.public_id}"
    assert not signed_in("secretary").get(f"/nominations/{nominations[0]}").all(".notice-take")


def test_completed_forms_are_shown_in_words(signed_in, nominations):
    page = signed_in("secretary").get(f"/nominations/{nominations[2]}")
    newest = page.all("details.entry")[0]
    assert "Kiểm tra thành phần hồ sơ" in newest.summary.get_text()
    assert "Yêu cầu bổ sung" in newest.get_text()


def test_others_do_not_learn_that_it_exists(signed_in, nominations):
    for username in ("other_officer", "other_chair", "other_registrant", "admin", "stranger"):
        signed_in(username).get(f"/nominations/{nominations[0]}", status=404)


def test_a_code_of_another_process_is_not_found_here(signed_in, office, nominations):
    registration = office.register()
    signed_in("secretary").get(f"/nominations/{registration}", status=404)


def test_acts_are_offered_by_right(signed_in, nominations):
    offered = {"officer": ["stop"], "head": ["freeze"], "specialist": ["freeze", "stop"], "auditor": []}
    for username, acts in offered.items():
        page = signed_in(username).get(f"/nominations/{nominations[0]}")
        assert [link["href"].rpartition("/")[2] for link in page.all(".page-actions a")] == acts


def test_frozen_one_says_since_when(signed_in, office, nominations):
    freeze_case(nominations[1], "Có đơn phản ánh", actor=office.actor("head"), now=office.now)
    page = signed_in("head").get(f"/nominations/{nominations[1]}")
    assert "Tạm dừng xét từ 02/12/2019" in page.one(".notice-frozen").get_text()
    assert "Tạm dừng xét" in page.one(".step-current").get_text()
    assert page.one(".page-actions a")["href"].endswith("/resume")
    assert "Lý do: Có đơn phản ánh" in page.text


def test_withdrawn_one_stops_where_it_stood(signed_in, office, nominations):
    stop_case(nominations[1], "Xin rút theo đơn", actor=office.actor("officer"), now=office.now)
    page = signed_in("officer").get(f"/nominations/{nominations[1]}")
    assert steps(page)["Cấp xã"] == "stopped"
    assert "Đã rút" in page.one(".case-state").get_text()
    assert not page.all(".page-actions a")


def test_an_auditor_reading_it_is_noted(signed_in, nominations):
    signed_in("auditor").get(f"/nominations/{nominations[0]}")
    page = signed_in("auditor").get("/audit/events?type=dossier_read")
    assert f"Trịnh Văn Thanh Tra xem hồ sơ {nominations[0]}" in page.text


def test_number_of_statements_does_not_grow_with_its_history(signed_in, office, nominations):
    browser = signed_in("secretary")
    before = statements(lambda: browser.get(f"/nominations/{nominations[0]}"))
    office.do("officer", "prepare_on_behalf", nominations[0])
    for _round in range(3):
        office.do("officer", "check_dossier", nominations[0], decision="supplement")
        office.do("officer", "supplement_dossier", nominations[0])
    after = statements(lambda: browser.get(f"/nominations/{nominations[0]}"))
    assert len(after) <= len(before) + 2


def test_a_higher_award_is_proposed_on_its_page(signed_in, office, nominations):
    code = nominations[1]
    office.do("officer", "check_dossier", code, decision="complete")
    assert not signed_in("secretary").get(f"/nominations/{code}").all("a[href$=escalate]")
    signed_in("secretary").get(f"/nominations/{code}/escalate", status=403)


def test_more_proposed_than_places_is_told_at_the_proposal(signed_in, office, nominations):
    """Nobody has to do anything about it: the council chooses. It stands in sight, with a word of its own."""
    codes = [office.nominate(nominee_name=f"Tổ số {n}", nominee_kind="collective") for n in range(4)]
    page = signed_in("officer").get(f"/nominations/{codes[-1]}")
    [told] = [
        row.get_text(" ", strip=True) for row in page.all("#conditions > .condition-list .condition-open")
    ]
    assert told.startswith("Để biết")
    for code in codes:
        office.case(code).stage = "district"
        db.session.commit()
    board = signed_in("secretary").get("/campaigns/tinh-bien-vi-nguoi-ngheo-2020/quotas").text
    assert "nhiều hơn số lượng" in board


def test_a_refusal_is_marked_by_a_cross(signed_in, office, nominations):
    case = office.case(nominations[0])
    case.state, case.outcome = "ended", "rejected"
    db.session.commit()
    page = signed_in("officer").get(f"/nominations/{nominations[0]}")
    assert "status-withdrawn" in page.one(".case-state .status")["class"]

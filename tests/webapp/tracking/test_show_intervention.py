"""Withdraw, suspend, resume: each asks for a reason first."""

from io import BytesIO

import pytest

from tests.factories import PDF

ORDER = {
    "kind": "complaint",
    "ordered_by": "Thanh tra huyện",
    "paper_number": "214/TTH",
    "paper_date": "01/12/2019",
    "review_by": "16/12/2019",
}


def act_on(browser, code, act, reason="Theo Công văn số 12/CV", status=200):
    browser.get(f"/cases/{code}/{act}")
    return browser.submit(status=status, reason=reason, **(ORDER if act == "freeze" else {}))


def test_suspending_and_resuming_leave_their_reasons(signed_in, office, nominations):
    browser = signed_in("head")
    page = act_on(browser, nominations[0], "freeze", "Có đơn phản ánh")
    assert page.heading == "Nguyễn Văn Ất"
    assert "Đã tạm dừng xét." in page.one("#flashes").get_text()
    assert office.case(nominations[0]).state == "frozen"
    assert "theo yêu cầu của Thanh tra huyện, văn bản số 214/TTH ngày 01/12/2019." in page.text
    assert "Xem xét lại trước ngày 16/12/2019." in page.text
    page = act_on(browser, nominations[0], "resume", "Đơn đã được rút")
    assert office.case(nominations[0]).state == "active"
    assert "Lý do: Có đơn phản ánh" in page.text
    assert "Lý do: Đơn đã được rút" in page.text


def test_withdrawing_ends_the_case(signed_in, office, nominations):
    page = act_on(signed_in("officer"), nominations[0], "stop", "Xin rút theo đơn")
    assert office.case(nominations[0]).outcome == "withdrawn"
    assert "Đã rút" in page.one(".case-state").get_text()


def test_the_page_names_the_case_and_what_follows(signed_in, nominations):
    page = signed_in("officer").get(f"/cases/{nominations[0]}/stop")
    assert page.heading == "Rút hồ sơ"
    assert "Không thể hoàn tác" in page.text
    assert nominations[0] in page.text
    assert page.one("form button.btn-danger").get_text(strip=True) == "Rút hồ sơ"


@pytest.mark.parametrize(("reason", "fault"), [("  ", "nhập “Lý do”"), ("x" * 2001, "2000")])
def test_a_reason_is_needed_and_nothing_typed_is_lost(signed_in, office, nominations, reason, fault):
    page = act_on(signed_in("officer"), nominations[0], "stop", reason, status=422)
    assert fault in page.one(".field-fault").get_text()
    assert page.one("main textarea").get_text().strip() == reason.strip()
    assert office.case(nominations[0]).state == "active"


def test_an_order_is_needed_and_nothing_typed_is_lost(signed_in, office, nominations):
    browser = signed_in("head")
    browser.get(f"/cases/{nominations[0]}/freeze")
    page = browser.submit(
        status=422, **{**ORDER, "ordered_by": "", "review_by": "01/12/2019"}, reason="Có đơn"
    )
    assert "Người, cơ quan yêu cầu" in page.one("#error-summary").get_text()
    page = browser.submit(status=422, ordered_by="Thanh tra huyện")
    assert "Xem xét lại trước ngày" in page.one("#error-summary").get_text()
    assert page.one("textarea").get_text().strip() == "Có đơn"
    assert office.case(nominations[0]).state == "active"


def test_history_tells_a_withdrawal_once(signed_in, nominations):
    browser = signed_in("officer")
    act_on(browser, nominations[0], "stop", "Chuyển công tác")
    told = browser.get(f"/nominations/{nominations[0]}").one(".history").get_text(" ", strip=True)
    assert told.count("rút") == 1
    assert "Lý do: Chuyển công tác" in told


def test_who_may_not_act_is_refused(signed_in, nominations):
    signed_in("auditor").get(f"/cases/{nominations[0]}/stop", status=403)
    signed_in("officer").get(f"/cases/{nominations[0]}/freeze", status=403)
    signed_in("other_officer").get(f"/cases/{nominations[0]}/stop", status=404)


def test_a_form_sent_twice_says_that_it_is_done_already(signed_in, office, nominations):
    browser = signed_in("head")
    browser.get(f"/cases/{nominations[0]}/freeze")
    browser.post(f"/cases/{nominations[0]}/freeze", {"reason": "Có đơn", **ORDER})
    page = browser.post(f"/cases/{nominations[0]}/freeze", {"reason": "Có đơn", **ORDER}, status=409)
    assert "tạm dừng" in page.text


def test_the_order_comes_as_a_file_and_its_day_moves(signed_in, office, nominations):
    browser, [code, *_rest] = signed_in("head"), nominations
    browser.get(f"/cases/{code}/freeze")
    page = browser.submit(reason="Có đơn", **ORDER, **{"paper-_file": (BytesIO(PDF), "lenh.pdf")})
    assert "lenh.pdf" in page.text
    link = next(a for a in page.all("a") if a.get_text() == "Xem tệp văn bản")
    assert browser.client.get(link["href"]).data == PDF
    browser.get(f"/cases/{code}/review")
    page = browser.submit(status=422, review_by="16/12/2019", reason="Gia hạn")
    assert "Đây đang là ngày xem xét lại" in page.text
    page = browser.submit(review_by="06/01/2020", reason="Thanh tra gia hạn")
    assert "Đã dời ngày xem xét lại." in page.one("#flashes").get_text()
    assert "Xem xét lại trước ngày 06/01/2020." in page.text
    assert "dời ngày xem xét lại từ 16/12/2019 sang 06/01/2020. Lý do: Thanh tra gia hạn" in page.text
    signed_in("officer").get(f"/cases/{code}/review", status=403)


def test_a_file_that_is_none_is_refused_and_nothing_is_suspended(signed_in, office, nominations):
    browser, [code, *_rest] = signed_in("head"), nominations
    browser.get(f"/cases/{code}/freeze")
    browser.submit(
        status=422, reason="Có đơn", **ORDER, **{"paper-_file": (BytesIO(b"no paper"), "lenh.pdf")}
    )
    assert office.case(code).state == "active"


@pytest.mark.parametrize(("who", "act"), [("officer", "stop"), ("head", "freeze"), ("head", "resume")])
def test_a_case_that_has_ended_says_so(signed_in, nominations, who, act):
    act_on(signed_in("officer"), nominations[0], "stop")
    browser = signed_in(who)
    assert "Hồ sơ đã kết thúc" in browser.get(f"/cases/{nominations[0]}/{act}", status=409).text
    again = browser.post(f"/cases/{nominations[0]}/{act}", {"reason": "Xin rút theo đơn"}, status=409)
    assert "Hồ sơ đã kết thúc" in again.text


def test_who_may_not_act_is_told_nothing_of_the_state(signed_in, nominations):
    act_on(signed_in("officer"), nominations[0], "stop")
    signed_in("auditor").post(f"/cases/{nominations[0]}/stop", {"reason": "Xin rút"}, status=403)
    signed_in("officer").post(f"/cases/{nominations[0]}/resume", {"reason": "Xin xét tiếp"}, status=403)


def test_what_is_under_way_cannot_be_resumed(signed_in, nominations):
    page = signed_in("head").get(f"/cases/{nominations[0]}/resume", status=409)
    assert "không ở trạng thái tạm dừng" in page.text


def test_a_code_alone_leads_to_the_page_of_its_process(signed_in, office, nominations):
    registration = office.register()
    browser = signed_in("secretary")
    for code, path in ((nominations[0], "/nominations"), (registration, "/registrations")):
        assert browser.get(f"/cases/{code}").answer.request.path == f"{path}/{code}"
    assert browser.get("/cases/PT-2019-0001").answer.request.path.startswith("/campaigns/")
    browser.get("/cases/HS-2019-9999", status=404)


def test_the_order_is_not_for_those_it_may_be_about(signed_in, office, nominations):
    """A denunciation is confidential: the submitting unit learns since when and until when, and no more."""
    browser, code = signed_in("head"), nominations[0]
    browser.get(f"/cases/{code}/freeze")
    page = browser.submit(reason="Có đơn tố cáo", **ORDER, **{"paper-_file": (BytesIO(PDF), "scan.pdf")})
    paper = page.one(".suspension-order a[href^='/papers/']")["href"]
    assert "Văn bản yêu cầu tạm dừng số 214/TTH" in page.one(".file-list").get_text()
    page = signed_in("officer").get(f"/nominations/{code}")
    assert "Tạm dừng xét từ" in page.one(".notice-frozen").get_text()
    assert page.one(".suspension-order").get_text(strip=True) == "Xem xét lại trước ngày 16/12/2019."
    for secret in ("Có đơn tố cáo", "214/TTH", "Thanh tra", "scan.pdf"):
        assert secret not in page.text
    signed_in("officer").get(paper, status=404)
    signed_in("auditor").get(paper)
    act_on(signed_in("head"), code, "resume", "Kết luận: đơn tố cáo sai")
    page = signed_in("officer").get(f"/nominations/{code}")
    assert "xét tiếp" in page.text
    assert "đơn tố cáo sai" not in page.text

"""One place to see what was sent to whom; an e-mail that failed is tried again."""

import pytest
from sqlalchemy import select, update

from tests.offices import scene
from tests.people import AN_CU, TINH_BIEN
from tests.statements import statements
from webapp.extensions import db
from webapp.models import Mail, OutboxItem
from webapp.operations.accounts import change_email
from webapp.operations.owing import remind_of_owed


@scene
def reminded(office):
    """The officer of An Cư has an address, and the colleague, who reads English, none."""
    office.open_campaign()
    officer = office.person("officer").public_id
    change_email(officer, "officer@example.test", actor=office.actor("admin"), now=office.now)
    colleague = office.person("colleague")
    colleague.locale = "en"
    db.session.commit()
    remind_of_owed(TINH_BIEN, AN_CU, actor=office.actor("secretary"), now=office.now)


def rows(page):
    return [row.get_text(" ", strip=True) for row in page.all("tbody tr")]


def of(page, name):
    return next(row for row in page.all("tbody tr") if name in row.select_one("th").get_text())


def fail(office):
    """The server refuses the reminder until nobody tries any more."""
    db.session.execute(
        update(OutboxItem)
        .where(OutboxItem.kind == "send_mail")
        .values(status="failed", attempts=8, fault="550 refused")
    )
    db.session.commit()


def test_each_message_says_to_whom_whether_it_was_read_and_whether_the_mail_went(signed_in, office, reminded):
    page = signed_in("secretary").get("/messages")
    row = of(page, "Lê Văn Cán Bộ").get_text(" ", strip=True)
    assert "officer@example.test" in row
    assert "Huyện Tịnh Biên nhắc" in row
    assert ("chưa đọc" in row, "waiting" in row or "chờ" in row) == (True, True)
    assert "không có" in of(page, "Phạm Thị Đồng Nghiệp").get_text(" ", strip=True)
    browser = signed_in("officer")
    browser.get("/notices")
    browser.submit(".notice-list li:first-child form")
    page = signed_in("secretary").get("/messages?state=read&q=can bo")
    assert any("Huyện Tịnh Biên nhắc" in row for row in rows(page))
    page = signed_in("secretary").get("/messages?state=unread&q=can bo")
    assert not any("Huyện Tịnh Biên nhắc" in row for row in rows(page))


def test_the_text_to_copy_is_in_the_language_of_who_got_it(signed_in, office, reminded):
    page = signed_in("secretary").get("/messages")
    english = of(page, "Phạm Thị Đồng Nghiệp").select_one("textarea")
    assert english["lang"] == "en"
    assert "reminds you of" in english.get_text()
    vietnamese = of(page, "Lê Văn Cán Bộ").select_one("textarea").get_text()
    assert vietnamese.strip() == office.read(select(Mail))[-1].body.strip()


def test_what_failed_is_shown_and_tried_again(signed_in, office, reminded):
    fail(office)
    browser = signed_in("secretary")
    page = browser.get("/messages?state=failed")
    assert "đã thử 8 lần 550 refused" in rows(page)[0]
    page = browser.submit("td form")
    assert "Thư đang được gửi lại" in page.one("#flashes").get_text()
    [item] = office.read(select(OutboxItem).where(OutboxItem.kind == "send_mail"))
    assert (item.status, item.attempts) == ("pending", 0)
    browser.post(f"/messages/{item.id}/retry")


@pytest.mark.parametrize(
    ("query", "found"),
    [("q=can bo", 1), ("q=nobody", 0), ("case=HS-2019-9999", 0), ("case=pt-2019-0001&q=can bo", 1)],
)
def test_it_is_narrowed_by_name_and_case(signed_in, office, reminded, query, found):
    page = signed_in("specialist").get(f"/messages?{query}&state=waiting")
    assert len(rows(page)) == found


@pytest.mark.parametrize("username", ["officer", "registrant", "member1", "authority", "auditor", "admin"])
def test_others_do_not_see_it(signed_in, office, reminded, username):
    browser = signed_in(username)
    browser.get("/messages", status=403)
    browser.post("/messages/1/retry", status=403)


def test_another_unit_sees_nothing_and_retries_nothing(signed_in, office, reminded):
    fail(office)
    [item] = office.read(select(OutboxItem).where(OutboxItem.kind == "send_mail"))
    browser = signed_in("province_head")
    assert rows(browser.get("/messages?q=can bo")) == []
    browser.post(f"/messages/{item.id}/retry", status=404)


def test_the_number_of_statements_does_not_grow(signed_in, office, reminded):
    browser = signed_in("secretary")
    browser.get("/messages")
    before = len(statements(lambda: browser.get("/messages")))
    office.move(days=1)
    remind_of_owed(TINH_BIEN, actor=office.actor("secretary"), now=office.now)
    assert len(statements(lambda: browser.get("/messages"))) == before <= 10


def test_nobody_learns_who_was_reminded_to_vote(app):
    from webapp.queries.sent_messages import SILENT
    from webapp.ui.notices import SENTENCES

    assert set(SILENT) <= set(SENTENCES)

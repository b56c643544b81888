"""Who owes what: numbers that open their rows, one-click reminders, the formal letter."""

import datetime as dt
import io
from functools import partial

import pytest
from docx import Document
from sqlalchemy import delete, select

from tests.people import AN_CU, AN_PHU, TINH_BIEN
from tests.statements import statements
from tests.together import raised, together
from webapp.extensions import db
from webapp.models import Mail, Notice, OwedReminder, RoleHolding, Unit
from webapp.operations.accounts import change_email
from webapp.operations.owing import remind_of_owed
from webapp.operations.refusals import NotNow
from webapp.queries.owing import KIND_OF, desk_at, owed_by
from webapp.queries.owing_units import owing_units
from webapp.tracking import owing as pages


def rows(page):
    return {
        row.select_one("th").find(string=True).strip()
        or row.select_one("th a").get_text(strip=True): row.get_text(" ", strip=True)
        for row in page.all("tbody tr")
    }


def told(office, username):
    query = select(Notice).where(
        Notice.person_id == office.person(username).id, Notice.template == "work_owed"
    )
    return office.read(query)


def desk(office):
    unit = office.person("secretary").holdings[0].unit
    return desk_at(db.session(), unit, office.at)


def test_each_unit_stands_with_what_it_owes_and_each_number_opens_its_rows(signed_in, office, owing):
    browser = signed_in("secretary")
    page = browser.get("/owing")
    assert set(rows(page)) == {"xã An Cư", "xã An Phú"}
    assert "Hồ sơ đề nghị 2" in rows(page)["xã An Cư"]
    assert "Bổ sung hồ sơ 1" in rows(page)["xã An Cư"]
    assert "Chưa đăng ký 1" in rows(page)["xã An Phú"], "registration is open, and none has come"
    link = next(
        each for each in page.all(".owed-kinds a") if each.get_text(" ", strip=True) == "Hồ sơ đề nghị 2"
    )
    narrowed = rows(browser.get(f"/owing?desk={TINH_BIEN}&kind=supplement"))
    assert list(narrowed) == ["xã An Cư"]
    assert "Bổ sung hồ sơ 1" in narrowed["xã An Cư"]
    assert "Hồ sơ đề nghị" not in narrowed["xã An Cư"], "of what was asked for, and of nothing else"
    listed = browser.get(link["href"])
    assert {owing[0], owing[1]} == {code.get_text() for code in listed.all("tbody td:nth-child(2) small")}
    everything = browser.get(f"/owing/unit?desk={TINH_BIEN}&unit={AN_CU}")
    assert "Chưa có đăng ký" not in everything.text
    assert owing[2] in everything.one("#owed-text").get_text()


def test_late_counts_working_days_over_the_new_year_of_the_moon(office, owing):
    """Due on 13/12/2019; on 31/01/2020, after Tết, 27 weekdays less the holidays have gone by."""
    office.move(days=60)
    asking = desk(office)
    [late] = [each for each in owed_by(db.session(), asking, AN_CU) if each.code == owing[1]]
    due, today = late.due.date(), asking.now.date()
    weekdays = sum((due + dt.timedelta(days=n)).weekday() < 5 for n in range(1, (today - due).days + 1))
    off = [dt.date(2020, 1, 1), *(dt.date(2020, 1, day) for day in (23, 24, 27, 28, 29))]
    assert due == dt.date(2019, 12, 16)
    assert late.over == weekdays - len(off)
    assert owing_units(db.session(), asking)[0].code == AN_CU


def test_a_unit_is_reminded_once_a_day_of_everything_in_one_notice(signed_in, office, owing):
    officer = office.person("officer").public_id
    change_email(officer, "officer@example.test", actor=office.actor("admin"), now=office.now)
    browser = signed_in("secretary")
    browser.get("/owing")
    page = browser.post("/owing/remind", {"desk": TINH_BIEN, "unit": AN_CU})
    assert "Đã nhắc 1 đơn vị" in page.one("#flashes").get_text()
    [notice] = told(office, "officer")
    assert notice.values["number"] == 4
    assert "đã nhắc hôm nay" in rows(browser.get("/owing"))["xã An Cư"]
    assert "Hồ Thị Thư Ký" in rows(browser.page)["xã An Cư"], "by whom"
    assert not told(office, "other_officer")
    [mail] = office.read(select(Mail).where(Mail.template == "work_owed"))
    assert "nhắc 4 việc chưa xong" in mail.subject
    assert mail.body.count(owing[1]) == 1
    browser.post("/owing/remind", {"desk": TINH_BIEN, "unit": AN_CU})
    assert len(told(office, "officer")) == 1
    office.move(days=1)
    browser.post("/owing/remind", {"desk": TINH_BIEN})
    assert (len(told(office, "officer")), len(told(office, "other_officer"))) == (2, 1)


def test_a_long_list_has_pages_under_its_filters(signed_in, office, owing, monkeypatch):
    monkeypatch.setattr(pages, "PAGE_SIZE", 2)
    browser = signed_in("secretary")
    first = browser.get(f"/owing/unit?desk={TINH_BIEN}&unit={AN_CU}")
    second = browser.get(first.one(".pager a[rel=next]")["href"])
    assert [len(page.all("tbody tr")) for page in (first, second)] == [2, 2]
    codes = [
        {cell.get_text() for cell in page.all("tbody td:nth-child(2) small")} for page in (first, second)
    ]
    assert codes[0] | codes[1] > set(owing[:3])
    narrowed = browser.get(f"/owing/unit?desk={TINH_BIEN}&unit={AN_CU}&kind=supplement&page=9")
    assert len(narrowed.all("tbody tr")) == 1


def test_of_one_thing_and_then_of_the_rest(signed_in, office, owing):
    browser = signed_in("specialist")
    page = browser.get(f"/owing/unit?desk={TINH_BIEN}&unit={AN_CU}")
    [item] = [each["value"] for each in page.all("button[name=item]") if owing[2] in each.get_text()]
    browser.post("/owing/remind", {"desk": TINH_BIEN, "unit": AN_CU, "item": item})
    assert [each.values["number"] for each in told(office, "officer")] == [1]
    browser.post("/owing/remind", {"desk": TINH_BIEN, "unit": AN_CU})
    assert [each.values["number"] for each in told(office, "officer")] == [1, 3]
    assert len(office.read(select(OwedReminder))) == 4


def test_of_very_much_what_is_due_first_and_then_the_rest(signed_in, office, owing, monkeypatch):
    for module in ("operations.owing", "queries.owing_papers", "tracking.owing"):
        monkeypatch.setattr(f"webapp.{module}.LONGEST", 3)
    browser = signed_in("secretary")
    page = browser.get(f"/owing/unit?desk={TINH_BIEN}&unit={AN_CU}")
    assert "còn nợ 4 việc" in page.text
    assert "Nhắc 3 việc đến hạn trước" in page.text
    answer = browser.client.get(f"/owing/unit/letter.docx?desk={TINH_BIEN}&unit={AN_CU}")
    letter = "\n".join(each.text for each in Document(io.BytesIO(answer.data)).paragraphs)
    assert "còn 04 việc" in letter
    assert "ngoài ra còn 01 việc khác." in letter
    for _each in range(3):
        browser.post("/owing/remind", {"desk": TINH_BIEN, "unit": AN_CU})
    assert [each.values["number"] for each in told(office, "officer")] == [3, 1]


def test_a_registrant_hears_of_what_is_theirs_alone(signed_in, office, campaign):
    own = office.nominate("registrant", nominee_name="Bùi Thị Của Tôi", filled_by="registrant")
    others = office.nominate(nominee_name="Lê Văn Của Xã")
    signed_in("secretary").post("/owing/remind", {"desk": TINH_BIEN, "unit": AN_CU})
    [notice] = told(office, "registrant")
    named = {each["code"] for each in notice.values["owed"]}
    assert (own in named, others in named) == (True, False)
    assert "Huyện Tịnh Biên nhắc 3 việc chưa xong; gấp nhất:" in signed_in("registrant").get("/notices").text


def test_the_reminder_stands_in_the_history_of_each_case(signed_in, office, owing):
    signed_in("secretary").post("/owing/remind", {"desk": TINH_BIEN, "unit": AN_CU})
    page = signed_in("secretary").get(f"/nominations/{owing[0]}")
    assert "Hồ Thị Thư Ký nhắc 1 đơn vị" in page.text


def test_the_letter_names_everything_with_its_deadline(signed_in, office, owing):
    browser = signed_in("secretary")
    answer = browser.client.get(f"/owing/unit/letter.docx?desk={TINH_BIEN}&unit={AN_CU}")
    letter = Document(io.BytesIO(answer.data))
    told = "\n".join(each.text for each in letter.paragraphs)
    assert "Ủy ban nhân dân xã An Cư còn 04 việc về thi đua, khen thưởng chưa hoàn thành, gồm:" in told
    [table] = [each for each in letter.tables if each.rows[0].cells[0].text == "STT"]
    listed = {row.cells[2].text: row.cells[3].text for row in table.rows}
    assert listed[owing[1]] == "16/12/2019"
    assert browser.client.get(f"/owing/unit/letter.pdf?desk={TINH_BIEN}&unit={AN_CU}").data.startswith(
        b"%PDF"
    )


@pytest.mark.parametrize("username", ["officer", "registrant", "member1", "authority", "admin", "auditor"])
def test_others_do_not_ask(signed_in, office, owing, username):
    browser = signed_in(username)
    browser.get("/owing", status=403)
    browser.post("/owing/remind", {"desk": TINH_BIEN}, status=403)


def test_nobody_asks_for_a_unit_that_is_not_theirs(signed_in, office, owing):
    browser = signed_in("province_specialist")
    browser.get(f"/owing?desk={TINH_BIEN}", status=404)
    browser.post("/owing/remind", {"desk": TINH_BIEN, "unit": AN_CU}, status=403)
    assert "Không đơn vị nào nợ việc" in browser.get("/owing").text, (
        "what the district organises is its own to ask for"
    )


def test_the_number_of_statements_does_not_grow(signed_in, office, owing):
    browser = signed_in("secretary")
    addresses = ("/owing", f"/owing/unit?desk={TINH_BIEN}&unit={AN_CU}")
    for address in addresses:
        browser.get(address)
    before = [len(statements(lambda at=address: browser.get(at))) for address in addresses]
    for number in range(12):
        office.nominate(nominee_name=f"Nguyễn Văn {number}")
    after = [len(statements(lambda at=address: browser.get(at))) for address in addresses]
    assert before == after
    assert max(after) <= 12


def test_every_task_that_counts_as_owed_is_drawn_in_a_diagram():
    from tests.architecture.tree import files

    drawn = "".join(path.read_text("utf-8") for path in files("workflows/diagrams", suffix=".bpmn"))
    assert [element for element in KIND_OF if f'userTask id="{element}"' not in drawn] == []


def test_who_reads_english_gets_the_mail_in_english(signed_in, office, owing):
    officer = office.person("officer")
    change_email(officer.public_id, "officer@example.test", actor=office.actor("admin"), now=office.now)
    officer = office.person("officer")
    officer.locale = "en"
    db.session.commit()
    signed_in("secretary").post("/owing/remind", {"desk": TINH_BIEN, "unit": AN_CU})
    [mail] = office.read(select(Mail).where(Mail.template == "work_owed"))
    assert "reminds you of 4 tasks that are open" in mail.subject
    assert "Check the dossier – Đỗ Thị Bính" in mail.body


def test_two_secretaries_at_once_remind_once(app, office, owing):
    actor, now = office.actor("secretary"), office.now
    acts = [partial(remind_of_owed, TINH_BIEN, AN_CU, actor=actor, now=now) for _each in range(4)]
    results = together(app, acts)
    assert [AN_CU] in results
    assert raised(results) == [NotNow] * 3
    assert len(told(office, "officer")) == 1


def test_a_unit_without_anybody_is_named_and_not_counted(signed_in, office, owing):
    place = select(Unit.id).where(Unit.code == AN_PHU)
    db.session.execute(delete(RoleHolding).where(RoleHolding.unit_id.in_(place)))
    db.session.commit()
    browser = signed_in("secretary")
    browser.get("/owing")
    said = browser.post("/owing/remind", {"desk": TINH_BIEN}).one("#flashes").get_text()
    assert "Đã nhắc 1 đơn vị." in said
    assert "1 đơn vị không có ai để nhắc." in said

"""The quota board: strand by kind, from proposed to left, with reason and source."""

from tests.factories import CAMPAIGN
from tests.offices import scene
from tests.statements import statements
from webapp.extensions import db
from webapp.operations.interventions import stop_case

PAGE = f"/campaigns/{CAMPAIGN}/quotas"
STRAND = "Cán bộ làm công tác giảm nghèo"


@scene
def nominations(office):
    """Two nominations handed in, one still being prepared."""
    office.open_campaign()
    codes = [office.nominate(nominee_name=name, strand="can-bo-giam-ngheo") for name in ("An", "Bình", "Chi")]
    for code in codes[:2]:
        office.do("officer", "prepare_on_behalf", code, name_on_paper=office.case(code).title)
    return codes


def cells(page, pool):
    [row] = [row for row in page.all("tbody tr") if STRAND in row.get_text() and pool in row.get_text()]
    return [cell.get_text(" ", strip=True) for cell in row.select("td.num")]


def test_who_is_proposed_is_counted_and_leads_to_the_rows(signed_in, nominations):
    browser = signed_in("secretary")
    page = browser.get(PAGE)
    assert page.one("select option[selected]").get_text() == "Khen thưởng năm 2019"
    assert cells(page, "Cá nhân") == ["2", "0", "0", "0", "6", "6"]
    link = next(a for row in page.all("tbody tr") if STRAND in row.get_text() for a in row.select("td a"))
    listed = browser.get(link["href"])
    assert [row["data-code"] if row.has_attr("data-code") else "" for row in listed.all("tbody tr")] != []
    assert "Chi" not in listed.one("tbody").get_text()


def test_places_that_cannot_be_used_say_so(signed_in, nominations):
    page = signed_in("secretary").get(PAGE)
    [row] = [r for r in page.all("tbody tr") if STRAND in r.get_text() and "Tập thể" in r.get_text()]
    assert "không dùng được" in row.get_text()
    total = page.all("tfoot tr")[0].get_text(" ", strip=True)
    assert total == "Mọi nội dung Tập thể 0 0 0 0 12 trên 18 12"
    assert "kế hoạch có 18 suất, dùng được 12 suất" in page.text


def test_the_ceilings_of_each_round_are_those_of_the_plan(signed_in, nominations):
    browser = signed_in("secretary")
    for round_, most in (("nam-2018", ["3", "6"]), ("cuoi-giai-doan-2020", ["8", "15"])):
        page = browser.get(f"{PAGE}?round={round_}")
        found = {
            row.select("td.num")[4].get_text(strip=True)
            for row in page.all("tbody tr")
            if len(row.select("td.num")) == 6
        }
        assert found == set(most)


def test_a_phone_reads_what_is_left_of_how_many_without_the_columns_it_has_no_room_for(
    signed_in, nominations
):
    page = signed_in("secretary").get(PAGE)
    [row] = [row for row in page.all("tbody tr") if STRAND in row.get_text() and "Cá nhân" in row.get_text()]
    left = row.select_one("[data-most]")
    assert (left.get_text(), left["data-most"]) == ("6", "6")
    heads = [head.get_text(strip=True) for head in page.all(".quota-board thead th:not(.desk-only)")]
    assert heads == ["Nội dung thi đua", "Loại đối tượng", "Đề nghị", "Đủ điều kiện", "Thông qua", "Còn lại"]


def test_conditions_come_with_their_source(signed_in, nominations):
    text = signed_in("secretary").get(PAGE).text
    assert "Một thành tích chỉ được tặng một hình thức khen thưởng" in text
    assert "Nghị định 91/2017/NĐ-CP" in text
    assert "chưa kiểm chứng" in text


def test_an_award_of_a_higher_level_takes_no_place(signed_in, office, nominations):
    case = office.case(nominations[0])
    case.state, case.outcome = "ended", "awarded_higher"
    db.session.commit()
    page = signed_in("secretary").get(PAGE)
    assert cells(page, "Cá nhân") == ["2", "0", "1", "1", "6", "6"]
    assert "thông qua: có 1 do cấp trên khen, không tính vào số lượng" in page.text


def test_who_was_refused_or_withdrew_stays_proposed_and_is_told_apart(signed_in, office, nominations):
    stop_case(nominations[0], "Xin rút", actor=office.actor("officer"), now=office.now)
    browser = signed_in("secretary")
    page = browser.get(PAGE)
    assert cells(page, "Cá nhân") == ["2", "1", "0", "0", "6", "6"]
    [row] = [r for r in page.all("tbody tr") if STRAND in r.get_text() and "Cá nhân" in r.get_text()]
    listed = [rows(browser.get(link["href"])) for link in row.select("td.num a")]
    assert listed == [{"An", "Bình"}, {"An"}]


def rows(page):
    """Names in the tracking table."""
    return {row.select_one("th").get_text(" ", strip=True).split()[0] for row in page.all("tbody tr")}


def test_an_unknown_round_is_the_usual_one(signed_in, nominations):
    page = signed_in("secretary").get(f"{PAGE}?round=nothing")
    assert page.one("select option[selected]").get_text() == "Khen thưởng năm 2019"


def test_who_sees_a_part_only_gets_no_links(signed_in, nominations):
    page = signed_in("other_officer").get(PAGE)
    assert not page.all("tbody td.num a")
    signed_in("stranger").get(PAGE, status=403)


def test_statements_do_not_grow_with_the_dossiers(signed_in, office, nominations):
    browser = signed_in("secretary")
    before = statements(lambda: browser.get(PAGE))
    for number in range(5):
        office.nominate(nominee_name=f"Người {number}", strand="can-bo-giam-ngheo")
    assert len(statements(lambda: browser.get(PAGE))) <= len(before)

"""The score board of a year: who sees which scores, ranks, votes, minutes, the way to a nomination."""

import io

import pytest
from openpyxl import load_workbook

from tests import clustered
from tests.clustered import CODE, YEAR
from tests.people import AN_CU
from tests.statements import statements

PAGE = f"/clusters/{CODE}/{YEAR}"


def rows(page):
    """Rank, member and totals of each line of the board."""
    return [
        [cell.get_text(" ", strip=True) for cell in row.find_all(["td", "th"])[:6]]
        for row in page.one("section[aria-labelledby=board-title] tbody").find_all("tr")
    ]


def test_a_member_sees_its_own_score_at_once_and_others_when_all_is_closed(signed_in, office, opened):
    own = signed_in("officer").get(PAGE)
    assert rows(own)[0][1:3] == ["xã An Cư", "100,8"]
    other = signed_in("other_officer").get(PAGE)
    assert "100,8" not in other.text
    assert "sau khi khóa tự chấm" in other.text
    assert not other.all("section[aria-labelledby=points-title]")
    office.move(days=9)
    assert rows(signed_in("other_officer").get(PAGE))[0][2] == "100,8"


def test_the_organiser_sees_every_score_and_who_has_not_scored(signed_in, opened):
    page = signed_in("specialist").get(PAGE)
    assert rows(page)[0][2] == "100,8"
    undone = [cell.get_text(strip=True) for cell in page.all("td[data-label='Việc còn lại']")]
    assert undone == ["", "tự chấm", "tự chấm"]


def test_evidence_is_read_by_who_may_read_the_points(signed_in, office, opened):
    link = signed_in("secretary").get(PAGE).all("a.score-note")[0]["href"]
    assert signed_in("commune_chair").client.get(link).status_code == 200
    signed_in("other_officer").get(link, status=404)
    [paper] = {link.rpartition("/")[2]}
    assert signed_in("other_officer").client.get(f"/papers/{paper}").status_code == 404
    office.move(days=9)
    assert signed_in("other_officer").client.get(f"/papers/{paper}").status_code == 200


def test_a_form_that_is_closed_is_not_read_beside_a_task_either(signed_in, office, opened):
    task = clustered.task_of(office, "score_self", clustered.AN_PHU)
    page = signed_in("other_officer").get(f"/tasks/{task.public_id}")
    assert not [link for link in page.all("a") if link.get("href", "").startswith("/papers/")]
    assert [line.get_text() for line in page.all("summary") if "Tự chấm điểm" in line.get_text()] == []


@pytest.mark.parametrize("username", ["province_specialist", "registrant", "stranger"])
def test_others_do_not_learn_of_it(signed_in, concluded, username):
    status = 403 if username in ("registrant", "stranger") else 404
    for path in (PAGE, f"/clusters/{CODE}", f"{PAGE}/minutes.pdf"):
        signed_in(username).get(path, status=status)


def test_ranks_votes_and_minutes_of_a_concluded_year(signed_in, concluded):
    page = signed_in("other_chair").get(PAGE)
    assert [row[0] for row in rows(page)] == ["1", "2", "2"]
    assert "Được suy tôn" in rows(page)[0][1]
    votes = page.one("section[aria-labelledby=acclaim-title]").get_text(" ", strip=True)
    assert "Đơn vị được suy tôn: xã An Cư" in votes
    assert "xã An Phú → xã An Cư" in votes
    browser = signed_in("other_chair")
    assert browser.client.get(f"{PAGE}/minutes.pdf").mimetype == "application/pdf"
    word = browser.client.get(f"{PAGE}/minutes.docx")
    assert word.mimetype.endswith("wordprocessingml.document")


def cells(browser):
    """The rows of each sheet of the Excel file."""
    answer = browser.client.get(f"{PAGE}/scores.xlsx")
    assert answer.mimetype.endswith("spreadsheetml.sheet")
    book = load_workbook(io.BytesIO(answer.data))
    return [list(sheet.iter_rows(values_only=True)) for sheet in book]


def test_every_member_and_criterion_stands_in_the_excel_file(signed_in, concluded):
    ranking, points = cells(signed_in("other_chair"))
    assert [row[0] for row in ranking if row[1] in ("xã An Cư", "xã An Phú")] == [1, 2]
    [first] = [row for row in ranking if row[0] == 1]
    assert first[2:6] == (100.8, 100.8, 100.8, 100.8)
    assert first[7] == "Được suy tôn"
    [poverty] = [row for row in points if str(row[0]).startswith("Tỷ lệ hộ nghèo")]
    assert poverty[1:6] == (15, 1.2, 14, 14, 14)
    assert next(row for row in points if row[0] == "Xếp hạng")[3] == 1


def test_the_excel_file_says_no_more_than_the_page(signed_in, opened):
    _ranking, points = cells(signed_in("other_officer"))
    assert next(row for row in points if str(row[0]).startswith("Tỷ lệ hộ nghèo"))[3:] == (None,) * 9
    signed_in("province_specialist").get(f"{PAGE}/scores.xlsx", status=404)


def test_there_are_no_minutes_before_the_end(signed_in, scored):
    signed_in("officer").get(f"{PAGE}/minutes.pdf", status=404)


def test_a_nomination_begins_with_the_unit_and_names_the_result(signed_in, office, concluded):
    office.open_campaign()
    browser = signed_in("officer")
    link = next(a["href"] for a in browser.get(PAGE).all("a") if "cluster_result" in a.get("href", ""))
    page = browser.get(link)
    form = page.form("main form.panel")
    assert (form["nominee_name"], form["submitting_unit"]) == ("xã An Cư", AN_CU)
    assert form["cluster_result"]
    page = browser.submit(
        "main form.panel",
        round="nam-2019",
        strand="dong-thuan-hop-tac",
        proposed_award="certificate_of_merit",
        filled_by="officer",
        nominee_kind="collective",
    )
    page = browser.get("/nominations/HS-2019-0001")
    assert "hạng 1/3, 100,8 điểm" in page.text
    assert "được suy tôn với 2/3 phiếu" in page.text
    listed = browser.get(f"/clusters/{CODE}").one("section[aria-labelledby=nominated-title] tbody")
    assert [text in listed.text for text in ("2019", "xã An Cư", "HS-2019-0001", "hạng 1")] == [True] * 4
    assert "HS-2019-0001" not in signed_in("police").get(f"/clusters/{CODE}").text


def test_a_person_is_not_nominated_with_the_result_of_a_unit(signed_in, office, concluded):
    office.open_campaign()
    browser = signed_in("officer")
    link = next(a["href"] for a in browser.get(PAGE).all("a") if "cluster_result" in a.get("href", ""))
    browser.get(link)
    page = browser.submit(
        "main form.panel",
        status=422,
        round="nam-2019",
        strand="dong-thuan-hop-tac",
        proposed_award="certificate_of_merit",
        filled_by="officer",
        nominee_kind="individual",
    )
    assert "phải là kết quả của đơn vị trình" in page.text


def test_a_case_leads_to_its_year(signed_in, concluded):
    page = signed_in("officer").get(f"/clusters/cases/{clustered.CASE}")
    assert page.answer.request.path == PAGE
    signed_in("province_specialist").get(f"/clusters/cases/{clustered.CASE}", status=404)


def test_it_asks_the_database_as_often_for_many_members_as_for_few(signed_in, office, opened):
    browser = signed_in("specialist")
    browser.get(PAGE)
    few = statements(lambda: browser.get(PAGE))
    clustered.score_self(office, clustered.AN_PHU)
    browser.get(PAGE)
    more = statements(lambda: browser.get(PAGE))
    assert len(more) == len(few)


def test_it_is_read_in_english(signed_in, concluded):
    browser = signed_in("officer")
    browser.post("/language", {"language": "en"})
    page = browser.get(PAGE)
    assert "Acclaimed: An Cư" in page.text
    assert "Score board" in page.text

"""The list of exemplars."""

from tests.introducing import introduced, propose, select
from tests.webapp.tracking.test_show_exemplar import exemplar

__all__ = ["exemplar", "introduced"]


def names(page):
    return [link.get_text(strip=True) for link in page.all(".data-table .row-link")]


def test_it_lists_what_one_may_know_of(signed_in, exemplar):
    assert names(signed_in("officer").get("/exemplars")) == ["Tổ nuôi bò giúp nhau"]
    assert names(signed_in("registrant").get("/exemplars")) == ["Tổ nuôi bò giúp nhau"]
    assert names(signed_in("other_officer").get("/exemplars")) == []


def test_it_is_narrowed_by_stage_and_unit(signed_in, exemplar):
    officer = signed_in("officer")
    assert names(officer.get("/exemplars?state=verification")) == ["Tổ nuôi bò giúp nhau"]
    assert names(officer.get("/exemplars?state=fostering")) == []
    assert names(officer.get("/exemplars?unit=an-giang/tinh-bien/an-phu")) == []


def test_an_empty_list_says_what_will_stand_here(signed_in, office, campaign):
    assert "Chưa có điển hình nào" in signed_in("officer").get("/exemplars").text


def test_the_numbers_by_commune_stand_below_for_who_knows_of_an_exemplar(signed_in, introduced):
    officer = signed_in("officer").get("/exemplars")
    assert len(officer.all(".map-mark")) == 14
    assert not signed_in("stranger").get("/exemplars").all(".map-mark")


def counts(page):
    return {
        stat.select_one(".stat-label").text: stat.select_one(".stat-value").text for stat in page.all(".stat")
    }


def test_being_written_introduced_and_over_are_three_things(signed_in, office, introduced):
    select(office, propose(office, exemplar_name="Tổ dệt thổ cẩm"))
    officer = signed_in("officer")
    page = officer.get("/exemplars")
    told = counts(page)
    assert (told["Soạn, duyệt bài"], told["Đang giới thiệu"], told["Hết thời gian giới thiệu"]) == (
        "1",
        "1",
        "0",
    )
    badges = [badge.get_text(strip=True) for badge in page.all(".data-table .status")]
    assert badges[:2] == ["Soạn, duyệt bài", "Đang giới thiệu"]
    office.move(days=61)
    assert counts(officer.get("/exemplars"))["Hết thời gian giới thiệu"] == "1"

"""The page of a unit that applies an exemplar, and where it is counted."""

from tests.introducing import HEADLINE, NAME, introduced
from tests.pages import Browser
from tests.webapp.operations.test_replications import RESULTS, applied
from webapp.operations.interventions import stop_case

__all__ = ["applied", "introduced"]


def report(office, applied):
    office.move(days=41)
    office.do("other_officer", "report_results", applied, results=RESULTS)
    office.do("specialist", "confirm_results", applied, decision="confirm")


def test_the_unit_begins_on_the_public_page(signed_in, introduced):
    officer = signed_in("other_officer")
    page = officer.get(f"/introduced/{introduced}")
    [button] = [link for link in page.all("a.btn") if "áp dụng" in link.text]
    form = officer.get(button["href"])
    assert form.form()["exemplar"] == introduced


def test_it_shows_what_is_applied_and_its_results(signed_in, office, applied):
    report(office, applied)
    page = signed_in("other_officer").get(f"/replications/{applied}")
    assert page.heading == f"Xã An Phú áp dụng “{NAME}”"
    assert HEADLINE in page.text
    assert "Hộ tham gia: 0 → 12 hộ" in page.text
    assert len(page.all(".step")) == 3


def test_a_unit_that_has_no_part_in_it_knows_nothing(signed_in, applied):
    signed_in("police").get(f"/replications/{applied}", status=404)


def test_the_exemplar_its_list_and_everybody_count_it(app, signed_in, office, introduced, applied):
    report(office, applied)
    officer = signed_in("officer")
    page = officer.get(f"/exemplars/{introduced}")
    assert "xã An Phú" in page.one("[aria-labelledby=replications-title]").text
    assert not page.all(f"a[href='/replications/{applied}']")
    [row] = officer.get("/exemplars").all(".data-table-stack tbody tr")
    assert "1" in [cell.get_text(strip=True) for cell in row.select("td.num")]
    visitor = Browser(app)
    applying = visitor.get(f"/introduced/{introduced}").one(".appliers").text
    assert "xã An Phú" in applying
    assert "Hộ tham gia: 0 → 12 hộ" in applying
    assert "1 đơn vị áp dụng" in visitor.get("/introduced").text


def test_who_has_given_up_is_listed_and_not_counted(signed_in, office, introduced, applied):
    stop_case(applied, "Thiếu vốn", actor=office.actor("other_officer"), now=office.now)
    panel = signed_in("officer").get(f"/exemplars/{introduced}").one("[aria-labelledby=replications-title]")
    assert panel.select_one(".count").text == "0"
    assert "xã An Phú" in panel.select_one("tr.muted").text


def test_the_numbers_of_the_communes_stay_after_the_introduction(signed_in, office, introduced, applied):
    report(office, applied)
    office.move(days=30)
    assert office.case(introduced).outcome == "introduced"
    page = signed_in("officer").get("/exemplars")
    [total] = page.all(".by-commune tfoot tr")
    assert [cell.text for cell in total.select("td")] == ["1", "1", "1"]

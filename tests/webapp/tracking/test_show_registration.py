"""The page of one registration, and the list of them."""

from tests.offices import scene
from tests.statements import statements


@scene
def registrations(office):
    """Three registrations: being filled in, being checked, registered."""
    office.open_campaign()
    codes = [office.register(nominee_name=f"Nguyễn Văn {name}") for name in ("Ất", "Bính", "Đinh")]
    for code in codes[1:]:
        office.do("officer", "fill_on_behalf", code)
    office.do("officer", "check_registration", codes[2], decision="accept")
    office.work()
    return codes


def names(page):
    return [link.get_text(strip=True) for link in page.all(".data-table .row-link")]


def test_it_shows_stages_form_and_history(signed_in, registrations):
    page = signed_in("officer").get(f"/registrations/{registrations[1]}")
    assert page.heading == "Nguyễn Văn Bính"
    assert "Xã, đơn vị kiểm tra" in page.one("[aria-current=step]").get_text(" ", strip=True)
    for text in ("Đồng thuận hợp tác", "công chức phụ trách lập thay", "Lập thay phiếu đăng ký"):
        assert text in page.text
    assert page.one(".notice-take a.btn-primary")


def test_a_paper_is_called_as_the_field_it_came_with(signed_in, registrations):
    page = signed_in("officer").get(f"/registrations/{registrations[1]}")
    papers = page.one("section[aria-labelledby=papers-title] .file-text a")
    assert papers.find(string=True) == "Bản quét giấy có chữ ký"


def test_registered_one_has_all_its_steps_behind_it(signed_in, registrations):
    page = signed_in("secretary").get(f"/registrations/{registrations[2]}")
    assert "Đã đăng ký" in page.one(".case-state").get_text()
    assert len(page.all(".step-done")) == len(page.all(".step")) == 2


def test_one_person_entered_and_checked_it_and_that_is_said(signed_in, office, registrations):
    said = "người nhập và người kiểm tra là một"
    record = signed_in("secretary").get(f"/registrations/{registrations[2]}")
    told = " ".join(record.one(".facts").get_text(" ").split())
    assert f"{office.person('officer').name} {said}" in told
    assert said not in signed_in("secretary").get(f"/registrations/{registrations[1]}").text
    task = office.task("check_registration", registrations[1])
    assert said in signed_in("officer").get(f"/tasks/{task.public_id}").text
    assert said in signed_in("auditor").get(f"/audit/cases/{registrations[2]}").text


def test_it_leads_to_its_nomination(signed_in, office, registrations):
    nomination = office.nominate(nominee_name="Nguyễn Văn Đinh")
    page = signed_in("officer").get(f"/registrations/{registrations[2]}")
    assert page.one(f"a[href='/nominations/{nomination}']")
    back = signed_in("officer").get(f"/nominations/{nomination}")
    assert back.one(f".facts a[href='/registrations/{registrations[2]}']")


def test_another_commune_does_not_learn_of_it(signed_in, registrations):
    signed_in("other_officer").get(f"/registrations/{registrations[0]}", status=404)
    assert names(signed_in("other_officer").get("/registrations")) == []
    assert "Chưa có đăng ký" in signed_in("other_officer").get("/registrations").text


def test_list_narrows_and_counts(signed_in, registrations):
    browser = signed_in("secretary")
    found = {
        "": ["Nguyễn Văn Đinh", "Nguyễn Văn Bính", "Nguyễn Văn Ất"],
        "sort=name": ["Nguyễn Văn Ất", "Nguyễn Văn Bính", "Nguyễn Văn Đinh"],
        "state=registered": ["Nguyễn Văn Đinh"],
        "state=open&q=van+at": ["Nguyễn Văn Ất"],
        "campaign=tinh-bien-vi-nguoi-ngheo-2020&strand=ho-vuot-kho": [],
        "unit=an-giang/tinh-bien/an-phu": [],
    }
    assert {query: names(browser.get(f"/registrations?{query}")) for query in found} == found
    stats = [each.get_text(" ", strip=True) for each in browser.get("/registrations").all(".stat")]
    assert stats == ["2 Đang xử lý", "1 Đã đăng ký", "0 Không đăng ký được"]


def test_the_only_campaign_offers_its_strands(signed_in, registrations):
    page = signed_in("secretary").get("/registrations")
    strands = [option["value"] for option in page.all("select[name=strand] option")]
    assert "ho-vuot-kho" in strands


def test_missing_papers_are_those_of_a_registration(signed_in, office, registrations):
    page = signed_in("officer").get(f"/tasks/{office.task('check_registration', registrations[1]).public_id}")
    papers = [each["value"] for each in page.all("[name=missing_papers]")]
    assert sorted(papers) == ["authorisation", "evidence", "other", "signed_scan"]


def test_who_checks_reads_the_whole_declaration(signed_in, office, registrations):
    page = signed_in("officer").get(f"/tasks/{office.task('check_registration', registrations[1]).public_id}")
    assert all(form.has_attr("open") for form in page.all("section[aria-labelledby=earlier-title] details"))


def test_number_of_statements_does_not_grow_with_the_rows(signed_in, office, registrations):
    browser = signed_in("secretary")
    browser.get("/registrations")
    before = statements(lambda: browser.get("/registrations"))
    for number in range(20):
        office.register(nominee_name=f"Nguyễn Văn {number}")
    assert len(statements(lambda: browser.get("/registrations"))) == len(before)


def test_the_registrant_is_told_when_something_is_asked_for(signed_in, office):
    office.open_campaign()
    code = office.register("registrant", filled_by="registrant")
    office.do("registrant", "fill_registration", code)
    office.do("officer", "check_registration", code, decision="supplement", supplement_text="Ghi rõ mức.")
    page = signed_in("registrant").get("/notices")
    assert f"({code}) cần bổ sung" in page.text
    page = signed_in("registrant").get(f"/tasks/{office.task('supplement_registration', code).public_id}")
    assert "Ghi rõ mức." in page.one(".notice-returned").get_text()

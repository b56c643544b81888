"""Views of lists: saved, shared with a unit, renamed, deleted, begun at; and the columns of the tracking table."""

from tests.webapp.tracking.test_show_tracking import names


def save(browser, path, name, unit=""):
    browser.get(path)
    return browser.submit(".view-form", name=name, unit=unit)


def menu(page):
    return {
        link.find("span").find(string=True, recursive=False).strip(): link["href"]
        for link in page.all(".view-list a")
    }


TINH_BIEN = "an-giang/tinh-bien"


def test_a_view_keeps_filters_order_and_columns(signed_in, nominations):
    browser = signed_in("secretary")
    page = save(browser, "/nominations?q=&phase=commune&sort=name&cols=code.name.due&page=2", "Ở cấp xã")
    assert "Đã lưu chế độ xem" in page.soup.text
    assert menu(page) == {"Ở cấp xã": "/nominations?phase=commune&sort=name&cols=code.name.due"}
    assert page.one(".view-menu summary").get_text(strip=True) == "Ở cấp xã"
    assert names(page) == ["Đỗ Thị Bính", "Neáng Sóc Kha"]
    assert menu(signed_in("specialist").get("/nominations")) == {}


def test_a_view_is_of_one_list(signed_in, nominations):
    browser = signed_in("secretary")
    for path, name in (("/registrations?state=open", "Đăng ký"), ("/inbox/common?due=soon", "Việc gấp")):
        save(browser, path, name)
    assert menu(browser.get("/nominations")) == {}
    assert menu(browser.get("/registrations")) == {"Đăng ký": "/registrations?state=open"}
    assert menu(browser.get("/inbox/mine")) == {"Việc gấp": "/inbox/common?due=soon"}
    assert [h2.get_text() for h2 in browser.get("/views").all("h2")] == ["Đăng ký thi đua", "Việc cần xử lý"]


def test_a_shared_view_is_in_the_menu_of_the_unit_and_shows_nobody_more(signed_in, nominations):
    save(signed_in("secretary"), "/nominations?phase=commune", "Chung", TINH_BIEN)
    page = signed_in("specialist").get("/nominations")
    assert menu(page) == {"Chung": "/nominations?phase=commune"}
    assert menu(signed_in("other_officer").get("/nominations")) == {}
    assert names(signed_in("other_officer").get("/nominations?phase=commune")) == []


def test_only_with_a_unit_of_ones_own(signed_in, nominations):
    browser = signed_in("other_officer")
    browser.get("/nominations?phase=draft")
    browser.submit(".view-form", 403, name="Khoe", unit=TINH_BIEN)
    browser.get("/nominations?phase=draft")
    assert "Hãy đặt tên" in browser.submit(".view-form", name="   ").soup.text


def test_rename_share_and_delete_are_for_the_owner(signed_in, nominations):
    save(signed_in("secretary"), "/nominations?phase=draft", "Cũ", TINH_BIEN)
    page = signed_in("specialist").get("/views")
    assert not page.all(".view-row details")
    browser = signed_in("secretary")
    browser.get("/views")
    page = browser.submit(".view-row .view-form:first-child", name="Mới", unit="")
    assert page.one(".view-row .row-link").get_text() == "Mới"
    assert "chỉ riêng anh/chị" in page.text
    own = page.one(".view-row form[action$=delete]")["action"]
    signed_in("specialist").post(own, status=404)
    browser = signed_in("secretary")
    assert "Chưa lưu chế độ xem nào" in browser.post(own).text


def test_somebody_begins_at_a_view_after_signing_in(signed_in, office, nominations):
    save(signed_in("secretary"), "/nominations?phase=draft", "Đang lập", TINH_BIEN)
    browser = signed_in("specialist")
    browser.get("/views")
    page = browser.submit("form[action$=start]")
    assert "mở đầu tiên" in page.text
    browser.post("/sign-out")
    assert browser.sign_in("specialist").answer.request.full_path == "/nominations?phase=draft"
    browser.get("/views")
    browser.submit("form[action$=clear]")
    browser.post("/sign-out")
    assert browser.sign_in("specialist").answer.request.path == "/"


def test_deleted_or_withdrawn_start_leads_to_the_tasks(signed_in, office, nominations):
    browser = signed_in("secretary")
    save(browser, "/nominations?phase=draft", "Đang lập")
    browser.get("/views")
    browser.submit("form[action$=start]")
    page = browser.get("/views")
    browser.post(page.one("form[action$=delete]")["action"])
    browser.post("/sign-out")
    assert browser.sign_in("secretary").answer.request.path == "/"


def test_nothing_but_lists_can_be_saved(signed_in, nominations):
    browser = signed_in("secretary")
    for page in ("/account", "https://elsewhere.example/nominations", ""):
        browser.post("/views", {"page": page, "name": "X"}, status=404)


def heads(page):
    return [head.get_text(" ", strip=True) for head in page.all(".tracking-table thead th")]


def test_columns_stand_in_the_address_and_are_kept_for_the_person(signed_in, nominations):
    browser = signed_in("secretary")
    browser.get("/nominations?phase=commune")
    page = browser.submit(".column-form", column=["code", "decision"])
    assert heads(page) == ["Mã", "Người, đơn vị · theo đơn vị", "Quyết định"]
    assert page.answer.request.full_path == "/nominations?phase=commune&cols=code.name.decision"
    assert heads(browser.get("/nominations")) == heads(page)
    assert len(heads(browser.get("/nominations?cols=name.strand"))) == 2
    assert len(heads(browser.get("/nominations?cols=nonsense"))) == 7
    assert len(heads(signed_in("specialist").get("/nominations"))) == 7

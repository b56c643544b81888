"""Search everywhere."""

from tests.introducing import introduced
from tests.webapp.operations.test_replications import apply

__all__ = ["introduced"]


def found(page, section):
    return [
        link.get_text(strip=True) for link in page.all(f"section[aria-labelledby=found-{section}] .row-link")
    ]


def test_visitor_is_asked_to_sign_in(browser):
    assert browser.get("/search?q=a").heading == "Đăng nhập"


def test_names_are_found_without_marks(signed_in, nominations):
    page = signed_in("secretary").get("/search?q=neang soc")
    assert page.heading == "Kết quả tìm “neang soc”"
    assert found(page, "nominations") == ["Neáng Sóc Kha"]
    nominee = page.one("section[aria-labelledby=found-nominees] li")
    assert "Cá nhân · xã An Cư" in nominee.get_text(" ", strip=True)
    assert nominee.select_one("a")["href"] == f"/nominations/{nominations[2]}"


def test_campaigns_are_found_by_title(signed_in, nominations):
    page = signed_in("officer").get("/search?q=chung tay vi nguoi ngheo")
    assert len(found(page, "campaigns")) == 1
    assert not found(page, "nominations")


def test_an_exact_code_leads_straight_to_the_case(signed_in, nominations):
    page = signed_in("officer").get("/search?q=hs-2019-0001")
    assert page.answer.request.path == "/nominations/HS-2019-0001"


def test_cases_of_others_are_not_found(signed_in, nominations):
    page = signed_in("other_officer").get("/search?q=neang")
    assert "Không tìm thấy “neang”" in page.text
    page = signed_in("other_officer").get(f"/search?q={nominations[0]}")
    assert page.answer.request.path == "/search"
    assert "Không tìm thấy" in page.text


def test_part_of_a_code_finds_cases_of_every_process(signed_in, office, nominations):
    registration = office.register()
    page = signed_in("secretary").get(f"/search?q={registration[:-1]}")
    assert registration in page.one("section[aria-labelledby=found-others]").get_text()


def test_more_than_fit_lead_to_the_table(signed_in, office, campaign):
    for number in range(12):
        office.nominate(nominee_name=f"Nguyễn Văn {number:02d}")
    page = signed_in("secretary").get("/search?q=nguyen van")
    assert len(found(page, "nominations")) == 10
    assert page.one(".found-more a")["href"] == "/nominations?q=nguyen+van"


def test_nothing_typed_asks_what_is_looked_for(signed_in, nominations):
    assert "Ông, bà cần tìm gì?" in signed_in("secretary").get("/search").text


def test_signs_of_patterns_are_plain_letters(signed_in, nominations):
    assert "Không tìm thấy" in signed_in("secretary").get("/search?q=%25_").text


def test_a_pasted_text_is_cut_to_what_is_searched_for(signed_in, nominations):
    page = signed_in("secretary").get("/search?q=" + "a" * 300)
    assert page.heading == f"Kết quả tìm “{'a' * 200}”"
    for field in page.all("input[type=search]"):
        assert field["maxlength"] == "200", "a longer address is refused before any page can explain it"


def test_exemplars_are_found_by_name_without_marks(signed_in, office, introduced):
    page = signed_in("officer").get("/search?q=to nuoi bo")
    assert found(page, "exemplars") == ["Tổ nuôi bò giúp nhau"]
    assert page.one("section:has(#found-exemplars) .status").text.strip() == "Đang giới thiệu"
    assert found(signed_in("other_officer").get("/search?q=to nuoi bo"), "exemplars") == []


def test_of_a_unit_that_applies_one_it_is_said_so(signed_in, office, introduced):
    apply(office, introduced)
    name = "Xã An Phú áp dụng “Tổ nuôi bò giúp nhau”"
    assert found(signed_in("specialist").get("/search?q=to nuoi bo"), "exemplars") == [
        "Tổ nuôi bò giúp nhau",
        name,
    ]

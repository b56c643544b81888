"""The tree of units."""


def test_units_stand_under_the_one_above(signed_in, office):
    page = signed_in("admin").get("/admin/units")
    top = page.one(".unit-tree > li > details")
    assert "tỉnh An Giang" in top.summary.get_text()
    district = next(each for each in top.select("details") if "huyện Tịnh Biên" in each.summary.get_text())
    assert "xã An Cư" in district.get_text()


def test_a_number_leads_to_the_people(signed_in, office):
    page = signed_in("admin").get("/admin/units")
    link = page.one(".unit-tree a[href*='/people'][href$='an-giang/tinh-bien/cong-an']")
    assert link.get_text(strip=True) == "1 người"
    assert len(signed_in("admin").get(link["href"]).all(".data-table tbody tr")) == 1


def test_a_commune_is_the_root_of_its_own_tree(signed_in, commune_admin):
    page = signed_in(commune_admin).get("/admin/units")
    assert "xã An Cư" in page.one(".unit-tree > li").get_text()
    assert "huyện Tịnh Biên" not in page.text

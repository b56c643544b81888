"""Who may administer, and the start of the administration."""

PAGES = (
    "/admin",
    "/admin/people",
    "/admin/people/new",
    "/admin/councils",
    "/admin/councils/new",
    "/admin/units",
    "/admin/deployments",
    "/admin/jobs",
)
FORMS = {"/admin/people/new": "Add a person", "/admin/councils/new": "Found a council"}


def test_nobody_else_may_open_it(signed_in, office):
    for username in ("officer", "secretary", "authority", "auditor", "stranger"):
        for path in PAGES:
            signed_in(username).get(path, status=403)


def test_start_names_units_and_procedures(signed_in, office):
    page = signed_in("admin").get("/admin")
    assert page.heading == "Quản trị"
    assert "tỉnh An Giang" in page.text
    assert "Đề nghị khen thưởng" in page.text


def test_every_page_of_it_opens_in_both_languages(signed_in, office):
    browser = signed_in("admin")
    for path in PAGES:
        browser.get(path)
    browser.post("/language", {"language": "en"})
    for path in PAGES:
        assert browser.get(path).heading == FORMS.get(path, "Administration")

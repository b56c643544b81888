"""The page of one exemplar."""

from tests.offices import scene
from tests.people import AN_CU


@scene
def exemplar(office):
    """A proposal of a registrant that awaits its verification."""
    office.open_campaign()
    return office.start(
        "registrant",
        "exemplar",
        exemplar_kind="model",
        exemplar_name="Tổ nuôi bò giúp nhau",
        submitting_unit=AN_CU,
        story="Mười hộ góp vốn xoay vòng nuôi bò.",
    )


def test_it_shows_stages_story_and_history(signed_in, exemplar):
    page = signed_in("officer").get(f"/exemplars/{exemplar}")
    assert page.heading == "Tổ nuôi bò giúp nhau"
    assert "Xác minh" in page.one("[aria-current=step]").get_text(" ", strip=True)
    assert "Mười hộ góp vốn xoay vòng nuôi bò." in page.text
    assert len(page.all(".step")) == 4


def test_who_proposed_it_sees_it(signed_in, exemplar):
    assert signed_in("registrant").get(f"/exemplars/{exemplar}").heading == "Tổ nuôi bò giúp nhau"


def test_another_unit_knows_nothing_of_it(signed_in, exemplar):
    signed_in("other_officer").get(f"/exemplars/{exemplar}", status=404)


def test_it_is_taken_down_with_a_reason(signed_in, office, exemplar):
    page = signed_in("officer").get(f"/exemplars/{exemplar}")
    assert "Rút hoặc gỡ xuống" in page.text


def test_the_campaign_leads_to_a_proposal(signed_in, office, campaign):
    page = signed_in("commune_chair").get("/campaigns/tinh-bien-vi-nguoi-ngheo-2020")
    assert "Đề xuất điển hình" in page.text

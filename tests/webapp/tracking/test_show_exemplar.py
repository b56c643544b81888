"""The page of one exemplar."""

from tests.introducing import day, introduced
from tests.offices import scene
from tests.people import AN_CU
from webapp.operations.interventions import stop_case

__all__ = ["introduced"]


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
    assert [step.text for step in page.all(".step-name")] == [
        "Xác minh",
        "Bồi dưỡng",
        "Lựa chọn",
        "Giới thiệu",
        "Nhân rộng",
        "Biểu dương, khen thưởng",
    ]


def test_while_it_is_fostered_the_page_says_until_when_and_by_whom(signed_in, office, exemplar):
    office.do("officer", "verify_exemplar", exemplar, decision="accept")
    helper = "Hội Nông dân xã An Cư"
    office.do("officer", "plan_fostering", exemplar, helper=helper, foster_date=day(office, 20))
    waits = signed_in("registrant").get(f"/exemplars/{exemplar}").one(".case-waiting").text
    assert helper in waits
    assert "chuyên viên huyện Tịnh Biên xét chọn" in waits


def test_what_is_not_recognised_carries_no_tick(signed_in, office, exemplar):
    office.do("officer", "verify_exemplar", exemplar, decision="reject")
    badge = signed_in("officer").get(f"/exemplars/{exemplar}").one(".case-state .status")
    assert badge["class"] == ["status", "status-withdrawn"]


def test_who_proposed_it_sees_it(signed_in, exemplar):
    assert signed_in("registrant").get(f"/exemplars/{exemplar}").heading == "Tổ nuôi bò giúp nhau"


def test_another_unit_knows_nothing_of_it(signed_in, exemplar):
    signed_in("other_officer").get(f"/exemplars/{exemplar}", status=404)


def test_a_proposal_is_withdrawn(signed_in, office, exemplar):
    officer = signed_in("officer")
    page = officer.get(f"/exemplars/{exemplar}")
    [act] = [link for link in page.all(".page-actions a") if "Rút đề xuất" in link.text]
    assert officer.get(act["href"]).heading == "Rút đề xuất"


def test_an_introduction_is_taken_down_and_the_page_says_what_follows(signed_in, introduced):
    specialist = signed_in("specialist")
    page = specialist.get(f"/exemplars/{introduced}")
    [act] = [link for link in page.all(".page-actions a") if "Gỡ bài giới thiệu" in link.text]
    page = specialist.get(act["href"])
    assert page.heading == "Gỡ bài giới thiệu"
    assert "Đơn vị đang áp dụng vẫn áp dụng" in page.text
    page = specialist.submit(reason="Gia đình rút đồng ý")
    assert "Đã gỡ bài giới thiệu" in page.soup.text


def test_what_is_no_longer_introduced_can_still_be_nominated(signed_in, office, introduced):
    stop_case(introduced, "Gia đình rút đồng ý", actor=office.actor("specialist"), now=office.now)
    page = signed_in("officer").get(f"/exemplars/{introduced}")
    assert [link for link in page.all(".exemplar-links a") if "Đề nghị khen thưởng" in link.text]


def test_the_proposer_reads_what_is_asked_for_in_the_notice_and_above_the_form(signed_in, office, exemplar):
    asked = "Bổ sung danh sách mười hộ."
    office.do("officer", "verify_exemplar", exemplar, decision="supplement", supplement_text=asked)
    office.work()
    registrant = signed_in("registrant")
    assert f"“{asked}”" in registrant.get("/notices").text
    page = registrant.get(f"/tasks/{office.task('supplement_exemplar', exemplar).public_id}")
    assert asked in page.one(".notice-returned").text


def test_the_campaign_leads_to_a_proposal(signed_in, office, campaign):
    page = signed_in("commune_chair").get("/campaigns/tinh-bien-vi-nguoi-ngheo-2020")
    assert "Đề xuất điển hình" in page.text

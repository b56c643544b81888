"""The page of one exemplar."""

import io

from tests.factories import PDF
from tests.introducing import day, introduced
from tests.offices import scene
from tests.people import AN_CU
from tests.proven import faults, open_elements
from webapp.operations.interventions import freeze_case, resume_case, stop_case
from workflows.values import local_day

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
    waits = " ".join(
        each.text for each in signed_in("registrant").get(f"/exemplars/{exemplar}").all(".case-waiting")
    )
    assert helper in waits
    assert "chuyên viên huyện Tịnh Biên xét chọn" in waits


@scene
def fostered(office, exemplar):
    """An exemplar that is fostered for twenty days."""
    code = exemplar
    office.do("officer", "verify_exemplar", code, decision="accept")
    office.do("officer", "plan_fostering", code, foster_date=day(office, 20))
    return code


def test_the_officer_records_what_fostering_led_to_and_the_specialist_reads_it(signed_in, office, fostered):
    officer = signed_in("officer")
    page = officer.get(f"/exemplars/{fostered}")
    assert "Chưa ghi đã làm được gì." in page.one("section:has(#fostering-title)").text
    [link] = [each for each in page.all(".notice-take a") if "Ghi kết quả bồi dưỡng" in each.text]
    officer.get(link["href"])
    record = {"done": "Mở hai buổi tập huấn.", "result": "Thêm năm hộ làm theo.", "decision": "continue"}
    officer.submit("form.task-form", act="complete", **record)
    again = officer.get(f"/tasks/{office.task('record_fostering', fostered).public_id}")
    assert not again.form("form.task-form")["done"], "each record begins empty"
    told = signed_in("registrant").get(f"/exemplars/{fostered}").one("section:has(#fostering-title)").text
    assert "Mở hai buổi tập huấn." in told
    assert "Thêm năm hộ làm theo." in told
    assert "Còn bồi dưỡng tiếp" not in told
    office.move(days=22)
    task = office.task("select_exemplar", fostered)
    page = signed_in("specialist").get(f"/tasks/{task.public_id}")
    assert page.text.count("Thêm năm hộ làm theo.") == 1
    assert "Thêm năm hộ làm theo." in page.one("section:has(#fostering-title)").text


def test_the_introduction_begins_with_the_numbers_of_the_fostering(signed_in, office, fostered):
    effects = [{"effect": "Hộ làm theo", "before": 0, "after": 5, "measure": "hộ"}]
    office.do("officer", "record_fostering", fostered, decision="continue", effects=effects)
    newer = [{"effect": "Hộ làm theo", "before": 0, "after": 8, "measure": "hộ"}]
    office.do("officer", "record_fostering", fostered, decision="finished", effects=newer)
    office.do("specialist", "select_exemplar", fostered, decision="select")
    page = signed_in("specialist").get(f"/tasks/{office.task('prepare_introduction', fostered).public_id}")
    form = page.form("form.task-form")
    assert form["effects-0-after"] == "8"
    assert not form.get("effects-1-after")


def test_a_full_table_makes_room_for_what_the_fostering_led_to(signed_in, office, fostered):
    rows = [{"effect": f"Việc {n}", "before": 0, "after": 1, "measure": "hộ"} for n in range(30)]
    office.do("officer", "record_fostering", fostered, decision="continue", effects=rows)
    newer = [{"effect": "Hộ làm theo", "before": 0, "after": 8, "measure": "hộ"}]
    office.do("officer", "record_fostering", fostered, decision="finished", effects=newer)
    office.do("specialist", "select_exemplar", fostered, decision="select")
    page = signed_in("specialist").get(f"/tasks/{office.task('prepare_introduction', fostered).public_id}")
    assert page.form("form.task-form")["effects-29-effect"] == "Hộ làm theo"


def test_fostering_that_was_suspended_goes_on_by_the_pause_however_often_it_is_recorded(
    signed_in, office, fostered
):
    specialist = office.actor("specialist")
    freeze_case(fostered, "Có đơn thư", actor=specialist, now=office.now)
    office.move(days=40)
    resume_case(fostered, "Đã xác minh", actor=specialist, now=office.now)
    due = office.task("record_fostering", fostered).due
    told = signed_in("officer").get(f"/exemplars/{fostered}").text
    assert f"Đang bồi dưỡng đến hết ngày {local_day(due):%d/%m/%Y}" in told
    office.do("officer", "record_fostering", fostered, decision="continue")
    assert office.task("record_fostering", fostered).due == due
    office.move(days=21)
    assert open_elements(fostered) == ["select_exemplar"]
    assert faults() == []


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


def test_the_paper_that_withdraws_the_consent_lies_with_the_exemplar(signed_in, introduced):
    specialist = signed_in("specialist")
    page = specialist.get(f"/cases/{introduced}/stop")
    assert "Trang công khai" in page.one("dl.facts").text
    paper = {"paper-_file": (io.BytesIO(PDF), "rut-dong-y.pdf")}
    page = specialist.submit(reason="Gia đình rút đồng ý", **paper)
    assert "Văn bản đề nghị rút, gỡ xuống" in page.text
    page = signed_in("officer").get(f"/exemplars/{introduced}")
    [link] = [each["href"] for each in page.all(".file-list a") if "Văn bản đề nghị rút" in each.text]
    assert signed_in("officer").client.get(link).data == PDF
    assert faults() == []


def test_what_is_no_paper_takes_nothing_down(signed_in, office, introduced):
    specialist = signed_in("specialist")
    specialist.get(f"/cases/{introduced}/stop")
    forged = {"paper-_file": (io.BytesIO(b"no paper"), "rut-dong-y.pdf")}
    page = specialist.submit(status=422, reason="Gia đình rút đồng ý", **forged)
    assert page.one("main textarea").text.strip() == "Gia đình rút đồng ý"
    assert office.case(introduced).state == "active"


def test_what_was_taken_down_is_not_called_withdrawn(signed_in, office, introduced):
    stop_case(introduced, "Gia đình rút đồng ý", actor=office.actor("specialist"), now=office.now)
    specialist = signed_in("specialist")
    for address in ("/exemplars", f"/exemplars/{introduced}"):
        page = specialist.get(address)
        assert "Đã gỡ bài giới thiệu" in [each.get_text(strip=True) for each in page.all(".status-withdrawn")]
        assert "Đã rút" not in page.text


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

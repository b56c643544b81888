"""What units learn of a concluded review, and what is open when somebody closes."""

from tests.factories import CAMPAIGN
from tests.webapp.campaigns.test_reviews import HELD, PAGE, REVIEW, collecting, report_task, send
from webapp.extensions import db
from webapp.operations.reviews import close_reports
from webapp.queries.open_work import open_work

__all__ = ["collecting"]


def test_units_hear_of_the_conclusions_and_read_the_minutes(signed_in, office, collecting):
    close_reports(CAMPAIGN, REVIEW, "Hết hạn.", actor=office.actor("specialist"), now=office.now)
    task = office.task("consolidate_review", collecting)
    office.do("specialist", "consolidate_review", task=task, summary="Đạt tiến độ.")
    office.do("secretary", "conclude_review", collecting, **HELD)
    office.work()
    for username in ("other_officer", "other_registrant"):
        told = signed_in(username).get("/notices").text
        assert (
            "giao nhiệm vụ cho đơn vị của anh/chị. Nhiệm vụ: Vận động thêm 5 căn nhà. Hạn: 01/03/2020."
            in told
        )
    told = signed_in("officer").get("/notices").text
    assert "đã kết luận" in told
    assert "Vận động thêm" not in told
    unit = signed_in("other_officer")
    shown = [link["href"] for link in unit.get(PAGE).all(".act-bar a[href*='/reviews/']")]
    assert [link.rsplit("/", 1)[1] for link in shown] == ["review_minutes.pdf", "review_minutes.docx"]
    assert unit.client.get(shown[0]).data.startswith(b"%PDF")
    unit.get(f"/campaigns/{CAMPAIGN}/reviews/{REVIEW}/review_report.pdf", status=404)


def test_who_closes_sees_the_reports_that_are_open(office, collecting):
    send(office, "registrant", 4, 3000)
    task = report_task(office, "other_registrant")
    left = open_work(db.session(), task.public_id)
    reports = {(each.unit, each.sent) for each in left.reports if each.review == REVIEW}
    assert reports == {("xã An Cư", True), ("xã An Phú", False)}

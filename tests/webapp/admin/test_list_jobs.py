"""What the system has been asked to do, and trying again."""

from sqlalchemy import select, update

from tests.offices import scene
from webapp.extensions import db
from webapp.models import OutboxItem


@scene
def failed(office):
    """A promise that has failed for good; the rest is done."""
    office.open_campaign()
    office.work()
    item = db.session.scalars(select(OutboxItem).order_by(OutboxItem.id)).first()
    db.session.execute(
        update(OutboxItem)
        .where(OutboxItem.id == item.id)
        .values(status="failed", attempts=8, fault="OSError: disk full")
    )
    db.session.commit()
    return item.id


def state(item_id):
    db.session.rollback()
    return db.session.get_one(OutboxItem, item_id, populate_existing=True)


def test_it_shows_what_failed_and_why(signed_in, failed):
    page = signed_in("admin").get("/admin/jobs?status=failed")
    row = page.all(".data-table tbody tr")[-1].get_text(" ", strip=True)
    for text in ("thất bại", "OSError: disk full", "8", "PT-2019-0001"):
        assert text in row
    stats = [each.get_text(" ", strip=True) for each in page.all(".stat")]
    assert stats[0] == "1 thất bại"


def test_trying_again_puts_it_into_the_queue(signed_in, office, failed):
    browser = signed_in("admin")
    browser.get("/admin/jobs?status=failed")
    page = browser.submit("main table form")
    assert "Hệ thống sẽ thử lại ngay." in page.one("#flashes").get_text()
    assert (state(failed).status, state(failed).attempts) == ("pending", 0)
    office.work()
    assert state(failed).status == "done"


def test_what_is_done_is_not_done_again(signed_in, office, failed):
    browser = signed_in("admin")
    browser.get("/admin/jobs?status=failed")
    browser.submit("main table form")
    office.work()
    page = browser.post(f"/admin/jobs/{failed}/retry", status=409)
    assert "Việc này đã xong" in page.text
    assert not browser.get("/admin/jobs?status=done").all("main table form")


def test_work_of_other_units_is_out_of_reach(signed_in, failed, commune_admin):
    browser = signed_in(commune_admin)
    assert "Không có gì ở đây" in browser.get("/admin/jobs").text
    browser.post(f"/admin/jobs/{failed}/retry", status=404)
    assert state(failed).status == "failed"
    browser.post("/admin/jobs/999999/retry", status=404)


def test_others_may_not_try_again(signed_in, failed):
    browser = signed_in("secretary")
    browser.get("/")
    browser.post(f"/admin/jobs/{failed}/retry", status=403)

"""Cases nothing will move are found; those that wait for something are not."""

import pytest
from sqlalchemy import select

from tests.webapp.tracking.test_show_tracking import names
from webapp.extensions import db
from webapp.models import Case, Nomination, OutboxItem, Submission, SubmissionLine, Task
from webapp.queries.stuck import count_stuck


def stuck(signed_in):
    return names(signed_in("secretary").get("/nominations?only=stuck"))


def changed(office, code, stage="commune", **columns):
    """A case without open tasks and timers, as it stands after a fault."""
    case = office.case(code)
    for task in db.session.scalars(select(Task).where(Task.case_id == case.id)):
        task.status = "lapsed"
    case.stage, case.next_due = stage, None
    for name, value in columns.items():
        setattr(case, name, value)
    db.session.commit()
    return case


def test_nothing_is_stuck_while_somebody_has_a_task(signed_in, nominations):
    page = signed_in("secretary").get("/nominations")
    assert page.one(".chip-stuck b").get_text() == "0"
    assert stuck(signed_in) == []


def test_no_task_no_timer_no_message_is_stuck(signed_in, office, nominations):
    changed(office, nominations[0])
    page = signed_in("secretary").get("/nominations")
    assert names(signed_in("secretary").get(page.one(".chip-stuck")["href"])) == ["Nguyễn Văn Ất"]
    assert (
        "Hồ sơ kẹt" in page.soup.text
        or "Hãy nhờ quản trị" in signed_in("secretary").get("/nominations?only=stuck").text
    )


@pytest.mark.parametrize("stage", ["submission", "council", "decision"])
def test_what_waits_for_a_batch_the_council_or_a_decision_is_not(signed_in, office, nominations, stage):
    changed(office, nominations[0], stage)
    assert stuck(signed_in) == []


def test_a_message_that_came_to_nothing_is(signed_in, office, nominations):
    """The council has judged it, its batch has received it, and nothing is on its way to tell it."""
    judged = changed(office, nominations[0], "council")
    received = changed(office, nominations[1], "submission")
    of = {each.case_id: each for each in db.session.scalars(select(Nomination))}
    of[judged.id].result = "passed"
    carrier = db.session.scalar(select(Case).where(Case.process == "campaign"))
    line = SubmissionLine(nomination=of[received.id], position=1, result="received")
    first = of[received.id]
    batch = Submission(
        case_id=carrier.id,
        campaign_id=first.campaign_id,
        round_id=first.round_id,
        unit_id=carrier.unit_id,
        lines=[line],
    )
    db.session.add(batch)
    db.session.commit()
    assert stuck(signed_in) == ["Đỗ Thị Bính", "Nguyễn Văn Ất"]
    promised(office, judged, "held")
    assert stuck(signed_in) == ["Đỗ Thị Bính"], "the message is on its way"
    of[judged.id].result = "deferred"
    db.session.commit()


def promised(office, case, status):
    item = OutboxItem(
        kind="council_result",
        receiver_id=case.id,
        message_id=f"{case.code}/{status}",
        payload={},
        status=status,
        due_at=office.now.wall,
    )
    db.session.add(item)
    db.session.commit()


def test_failed_work_makes_a_case_stuck_even_with_a_task(signed_in, office, nominations):
    promised(office, office.case(nominations[3]), "failed")
    assert stuck(signed_in) == ["Trần Văn Đinh"]


def test_frozen_and_ended_ones_rest_by_will(signed_in, office, nominations):
    changed(office, nominations[0], state="frozen")
    changed(office, nominations[1], state="ended", outcome="rejected")
    assert stuck(signed_in) == []
    assert count_stuck(db.session()) == 0


def test_a_timer_moves_it_by_itself(signed_in, office, nominations):
    case = changed(office, nominations[0])
    case.next_due = office.at
    db.session.commit()
    assert stuck(signed_in) == []


def test_administrators_are_told_what_to_do(signed_in, office, nominations):
    assert "Không có hồ sơ nào kẹt" in signed_in("admin").get("/admin/jobs").text
    changed(office, nominations[0])
    promised(office, office.case(nominations[3]), "failed")
    page = signed_in("admin").get("/admin/jobs")
    rows = [row.get_text(" ", strip=True) for row in page.all("[aria-label='Hồ sơ kẹt'] tbody tr")]
    assert len(rows) == 2
    assert "Không chờ gì cả" in " ".join(rows)
    assert "Thử lại việc đã hỏng" in " ".join(rows)
    assert "2" in signed_in("admin").get("/admin").one("a[href$=stuck-title]").get_text()


def test_only_secretaries_are_asked_to_look(signed_in, nominations):
    assert not signed_in("officer").get("/nominations").all(".chip-stuck")

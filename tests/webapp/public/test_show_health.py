"""The health page."""

import datetime as dt
from dataclasses import replace

import pytest

from tests.pages import Browser
from webapp import clock
from webapp.extensions import db
from webapp.jobs.run import beat
from webapp.models import OutboxItem
from webapp.operations.acting import SYSTEM, Now
from webapp.operations.audit import make_checkpoint
from webapp.operations.transaction import write
from webapp.queries import health
from workflows.inspection_events import SelfTestRun


@pytest.fixture
def alive(app):
    beat(clock.wall())


def asked(client):
    answer = client.get("/health", headers={"Accept": "application/json"})
    return answer.status_code, answer.get_json()


def test_all_is_well(client, alive, database):
    status, said = asked(client)
    assert (status, said["status"]) == (200, "ok")
    checks = {"database", "migrations", "guards", "worker", "outbox", "stuck", "self_test", "disk"}
    assert set(said["checks"]) == checks
    assert said["checks"]["database"] == {"ok": True, "kind": database.kind}
    assert said["checks"]["worker"]["seconds"] < 60


def test_people_read_it_in_words(app, alive):
    page = Browser(app).get("/health")
    assert page.heading == "Tình trạng hệ thống"
    assert "Mọi thứ hoạt động bình thường." in page.text
    assert "Từ chối mọi sửa đổi đối với nội dung đã ghi." in page.text


def test_a_worker_that_never_came_or_is_silent(app, client):
    assert asked(client)[1]["checks"]["worker"] == {"ok": False, "seconds": None}
    assert "cần xử lý" in Browser(app).get("/health", 503).text
    beat(clock.wall() - dt.timedelta(minutes=5))
    status, said = asked(client)
    assert (status, said["checks"]["worker"]["ok"]) == (503, False)
    assert "cách đây 5 phút" in Browser(app).get("/health", 503).text


def test_lost_guards(app, client, alive, database):
    where = " ON event" if database.kind == "postgresql" else ""
    with db.engine.begin() as connection:
        connection.exec_driver_sql(f"DROP TRIGGER event_no_delete{where}")
    status, said = asked(client)
    assert (status, said["checks"]["guards"]) == (503, {"ok": False, "missing": ["event_no_delete"]})
    assert "event_no_delete" in Browser(app).get("/health", 503).text


def test_an_old_schema(client, alive, database):
    with db.engine.begin() as connection:
        connection.exec_driver_sql("UPDATE alembic_version SET version_num = '0001'")
    assert asked(client)[1]["checks"]["migrations"]["current"] == "0001"
    assert asked(client)[0] == 503


@pytest.mark.parametrize(
    ("status", "minutes", "well"),
    [
        ("pending", 1, True),
        ("pending", 20, False),
        ("held", 20, True),
        ("failed", 1, False),
        ("done", 99, True),
    ],
)
def test_promises(client, alive, status, minutes, well):
    now = Now(clock.wall(), clock.wall())
    with write(SYSTEM, now) as transaction:
        due = now.wall - dt.timedelta(minutes=minutes)
        transaction.session.add(OutboxItem(kind="notify", payload={}, due_at=due, status=status))
    checks = asked(client)[1]["checks"]
    assert checks["outbox"]["ok"] is well
    if status in checks["outbox"]:
        assert checks["outbox"][status] == 1


TESTED = SelfTestRun(ways={"inserted": "found"}, streams=1, events=9, faults=0, milliseconds=5)


@pytest.mark.parametrize(
    ("changes", "hours", "well", "told"),
    [
        ({}, 1, True, "Phát hiện được mọi cách sửa."),
        ({}, 47, True, "cách đây 47 giờ"),
        ({}, 49, False, "cách đây 49 giờ"),
        ({"ways": {"inserted": "nothing"}}, 1, True, "cách đây 1 giờ"),
        ({"ways": {"inserted": "missed"}}, 1, False, "Không phát hiện: Chèn một bước."),
        ({"faults": 2}, 1, False, "Trong chính nhật ký có 2 chỗ không khớp"),
    ],
)
def test_the_self_test_of_the_proof(app, client, alive, changes, hours, well, told):
    at = clock.wall() - dt.timedelta(hours=hours)
    with write(SYSTEM, Now(at, at)) as transaction:
        transaction.log("system", replace(TESTED, **changes))
    status, said = asked(client)
    assert (status == 200, said["checks"]["self_test"]["ok"]) == (well, well)
    assert told in Browser(app).get("/health", status).text


@pytest.mark.parametrize(("days", "well"), [(1, True), (3, False)])
def test_a_self_test_that_never_ran_is_missed_from_the_third_day_on(app, client, alive, days, well):
    at = clock.wall() - dt.timedelta(days=days)
    make_checkpoint(actor=SYSTEM, now=Now(at, at))
    assert asked(client)[1]["checks"]["self_test"] == {"ok": well, "hours": None}


def test_a_full_disk(client, alive, monkeypatch):
    monkeypatch.setattr(health, "LEAST_FREE", 10**18)
    status, said = asked(client)
    assert (status, said["checks"]["disk"]["ok"]) == (503, False)


def test_a_database_that_does_not_answer(app, client, alive, monkeypatch, database):
    table = "system_fact"
    with db.engine.begin() as connection:
        connection.exec_driver_sql(f"DROP TABLE {table}")
    status, said = asked(client)
    assert status == 503
    assert said["checks"]["database"]["ok"] is False
    assert "Không phản hồi" in app.test_client().get("/health").text


def test_it_tells_no_secrets(app, client, alive, settings):
    said = client.get("/health").text + str(asked(client)[1])
    for secret in (str(settings.data_dir), settings.database, app.config["SECRET_KEY"]):
        assert secret not in said

"""Whatever is killed, wherever it stood: nothing accepted is lost, nothing happens twice, everything replays."""

import datetime as dt
import json
import random
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from threading import Event

import pytest
from sqlalchemy import func, select

from tests.factories import CAMPAIGN, LONG_AGO, ROUND, STRAND, filled
from tests.installation import ROOT, Installation, installed
from tests.online import Online
from tests.people import AN_CU, POLICE
from tests.proven import faults, open_elements
from webapp import eventlog
from webapp.extensions import db
from webapp.models import Case, FormEntry, OutboxItem, Registration
from webapp.operations import people
from webapp.operations.acting import SYSTEM
from webapp.operations.clock import set_clock
from webapp.operations.tokens import add_token

PATIENCE = 120
KILLED = ("web", "worker")
PAUSE = 0.7


def dying(settings, *arguments, given=""):
    """How many copies of a process died at an act before one lived."""
    done = subprocess.run(
        [sys.executable, "-m", "tests.dying", *arguments],
        cwd=ROOT,
        env=Installation(settings).environment,
        input=given,
        capture_output=True,
        text=True,
        check=False,
        timeout=PATIENCE,
    )
    assert done.returncode == 0, done.stderr
    return int(done.stdout)


def token(office, who):
    plain = f"token of {who}"
    add_token(office.person(who).id, plain, "thử", None, actor=office.actor(who), now=office.now)
    return plain


def types(code):
    db.session.rollback()
    return [event.type for event in eventlog.read_stream(db.session(), f"case/{code}")]


def unkept():
    """Promises that are not kept."""
    db.session.rollback()
    query = select(OutboxItem.kind, OutboxItem.status, OutboxItem.fault).where(OutboxItem.status != "done")
    return db.session.execute(query).all()


@pytest.mark.mostly_on("sqlite")
def test_web_killed_all_through_a_completion(app, office, settings):
    office.open_campaign()
    code = office.register()
    task = office.task("fill_on_behalf", code)
    form = filled(office.offered(task), {}, lambda kind: office.paper("officer", task.public_id, kind))
    before = types(code)
    path = f"/tasks/{task.public_id}/complete"
    died = dying(settings, "post", path, token(office, "officer"), "key", given=json.dumps(form))
    assert died > 2
    assert types(code) == [*before, "task_completed"]
    entries = select(func.count(FormEntry.id)).where(FormEntry.form == "registration/fill_on_behalf")
    assert db.session.scalar(entries) == 1
    assert office.task("check_registration", code)
    assert faults() == []


@pytest.mark.mostly_on("sqlite")
def test_worker_killed_all_through_its_work(app, office, settings):
    """An effect that changes state, one that sends messages to other cases, and a timer that is due."""
    office.open_campaign(registration_days=4)
    accepted, late = (office.register(nominee_name=f"Nguyễn Văn {name}") for name in "AB")
    office.do("officer", "fill_on_behalf", accepted)
    office.do("officer", "check_registration", accepted, decision="accept")
    sent = submitted(office)
    office.at += dt.timedelta(days=5)
    set_clock(office.at, actor=SYSTEM, now=office.now)
    db.session.remove()
    died = dying(settings, "settle")
    assert died > 2
    assert unkept() == []
    assert types(accepted).count("effect_done") == 1
    registered = select(Registration.registered_at).join(Case, Case.id == Registration.case_id)
    assert db.session.scalar(registered.where(Case.code == accepted)) is not None
    assert types(late).count("timers_fired") == types(late).count("task_lapsed") == 1
    assert office.case(late).outcome == "lapsed"
    assert [types(code).count("message_delivered") for code in sent] == [1, 1]
    assert [open_elements(code) for code in sent] == [["appraise"]] * 2
    assert faults() == []


def submitted(office):
    """Two nominations of an office of the district, received: each has a message to come."""
    chair = office.person("stranger").public_id
    people.give_role(chair, "commune_chair", POLICE, LONG_AGO, actor=SYSTEM, now=office.now)
    codes = [office.nominate("police", submitting_unit=POLICE, nominee_name=name) for name in ("Một", "Hai")]
    for code in codes:
        office.do("police", "prepare_on_behalf", code, name_on_paper=code)
    batch = office.start("police", "submission", round=ROUND)
    office.do("police", "prepare_submission", batch, nominations=codes)
    office.do("stranger", "sign_submission", batch, decision="sign", issued_on=office.at.date().isoformat())
    office.work()
    lines = [{"nomination": code, "line": "received"} for code in codes]
    office.do("specialist", "receive_submission", batch, lines=lines)
    return codes


class Clerk:
    """Enters registrations over the API until told to stop, and remembers every answer."""

    def __init__(self, url, plain, name):
        self.online = Online(url, plain)
        self.name = name
        self.opened = []
        self.completed = []

    def work(self, stop):
        while not stop.is_set():
            code = self.open(f"{self.name} {len(self.opened)}")
            self.do(code, "registration.fill_on_behalf")
            self.do(code, "registration.check_registration", decision=random.choice(["accept", "reject"]))

    def open(self, nominee):
        form = {
            "strand": STRAND,
            "nominee_kind": "individual",
            "nominee_name": nominee,
            "submitting_unit": AN_CU,
            "filled_by": "officer",
        }
        status, answer = self.online.post(f"/campaigns/{CAMPAIGN}/registration", form)
        assert status == 201, answer
        self.opened.append(answer["code"])
        return answer["code"]

    def do(self, code, kind, **given):
        (task,) = (task for task in self.online.tasks(kind=kind) if task["instance"] == code)
        status, answer = self.online.complete(task["id"], **given)
        assert status == 200, answer
        self.completed.append(answer["task"])


@pytest.mark.slow
@pytest.mark.mostly_on("postgresql")
def test_processes_killed_while_people_work(app, office, settings):
    office.open_campaign()
    plain = [token(office, who) for who in ("officer", "colleague")]
    db.session.remove()
    stop, chance = Event(), random.Random(7)
    with installed(settings) as installation, ThreadPoolExecutor() as pool:
        installation.start("web", "worker")
        clerks = [Clerk(installation.url, one, f"Người {place}") for place, one in enumerate(plain)]
        working = [pool.submit(clerk.work, stop) for clerk in clerks]
        for program in KILLED:
            time.sleep(chance.uniform(0.5, 1.5) * PAUSE)
            installation.kill(program)
            installation.start(program)
        stop.set()
        for each in working:
            each.result(PATIENCE)
    opened = [code for clerk in clerks for code in clerk.opened]
    completed = [task for clerk in clerks for task in clerk.completed]
    assert len(opened) == len(set(opened)) > 1
    assert len(completed) == 2 * len(opened)
    dying(settings, "settle")
    assert unkept() == []
    logged = [(e.type, e.fields.get("task")) for code in opened for e in stream(code)]
    assert sorted(task for kind, task in logged if kind == "task_completed") == sorted(completed)
    assert [sum(kind == wanted for kind, _ in logged) for wanted in ("case_opened", "effect_done")] == [
        len(opened)
    ] * 2
    assert db.session.scalar(select(func.count(Case.id)).where(Case.process == "registration")) == len(opened)
    assert faults() == []


def stream(code):
    return eventlog.read_stream(db.session(), f"case/{code}")

"""Makes what tests stand on by acting: an office with units, law, diagrams, a plan and people; cases of theirs."""

import datetime as dt
import io
from collections.abc import Callable, Mapping
from typing import Any

from argon2 import PasswordHasher
from sqlalchemy import Select, select

from tests.people import AN_CU, AN_PHU, PASSWORD, PEOPLE, TINH_BIEN
from webapp import clock, eventlog
from webapp.eventlog import Recorded
from webapp.extensions import db
from webapp.models import Case, Person, Task
from webapp.operations import criteria, imports, people
from webapp.operations.acting import SYSTEM, Actor, Now
from webapp.operations.clock import set_clock
from webapp.operations.long_work import carry_each
from webapp.operations.outbox import fire_due, lease_due, run_item
from webapp.operations.papers import Upload, add_paper
from webapp.operations.people import NewPerson, Seat
from webapp.operations.print_runs import PRINTS
from webapp.operations.starts import start_case
from webapp.operations.tasks import complete_task
from webapp.queries.choices import Context, choices_for
from webapp.queries.due import due_cases
from webapp.queries.task_forms import task_schema
from workflows.criteria import SHIPPED_CRITERIA
from workflows.forms import Schema, validate, with_choices
from workflows.law import SHIPPED_LAW
from workflows.plan import SHIPPED_PLANS
from workflows.units import SHIPPED_UNITS, parse_units
from workflows.values import local_day

CAMPAIGN = "tinh-bien-vi-nguoi-ngheo-2020"
ROUND = "nam-2019"
STRAND = "dong-thuan-hop-tac"
START = dt.datetime(2019, 12, 2, 1, tzinfo=dt.UTC)
START_DAY = dt.date(2019, 12, 2)
AFTER_DECISION = frozenset({"send_copies", "publish_decision", "hand_over"})
"""What is entered with the day of now: it does not lie before the day of the decision."""
LONG_AGO = dt.date(2018, 1, 1)
PDF = b"%PDF-1.4\n1 0 obj\n<< /Type /Catalog >>\nendobj\ntrailer\n<< /Root 1 0 R >>\n%%EOF\n"
HASHED = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1).hash(PASSWORD)
"""A hash that is checked as every other, but quickly: tests sign in and sign some thousand times."""

COUNCIL = (("authority", "chair"), ("chair", "standing_deputy"), ("member1", "member"), ("member2", "member"))


def found() -> None:
    """Fill an empty, migrated database: units of An Giang, rule sets, diagrams, one plan, the people, a council."""
    then = {"actor": SYSTEM, "now": Now(START, clock.wall())}
    imports.import_units(parse_units((SHIPPED_UNITS / "an-giang.yaml").read_text("utf-8")), **then)
    for file in sorted(SHIPPED_LAW.glob("*.yaml")):
        imports.import_rule_set(file.read_text("utf-8"), **then)
    for file in sorted(SHIPPED_CRITERIA.glob("*.yaml")):
        criteria.import_criteria(file.read_text("utf-8"), **then)
    imports.deploy_shipped(**then)
    imports.import_plan((SHIPPED_PLANS / f"{CAMPAIGN}.yaml").read_text("utf-8"), **then)
    ids = {}
    for named in PEOPLE.values():
        new = NewPerson(named.name, named.username, HASHED, fictitious=True)
        ids[named.username] = people.add_person(new, **then)
        if named.role:
            people.give_role(ids[named.username], named.role, named.unit, LONG_AGO, **then)
    seats = [Seat(ids[username], position) for username, position in COUNCIL]
    people.form_council(TINH_BIEN, "Hội đồng TĐKT huyện Tịnh Biên", seats, LONG_AGO, None, **then)


class Office:
    """The office in a test: its business time, and its people acting through the operations."""

    def __init__(self, at: dt.datetime = START) -> None:
        self.at = at
        set_clock(at, actor=SYSTEM, now=self.now)

    @property
    def now(self) -> Now:
        return Now(self.at, clock.wall())

    @property
    def today(self) -> dt.date:
        """The business day in Việt Nam."""
        return local_day(self.at)

    @property
    def written_on(self) -> dt.date:
        """The day that stands on forms where a test names none."""
        return START_DAY

    def read(self, query: Select[Any]) -> list[Any]:
        """What the database holds now: what a page has committed meanwhile is seen."""
        db.session.rollback()
        return list(db.session.scalars(query))

    def person(self, username: str) -> Person:
        [found] = self.read(select(Person).where(Person.username == username))
        return found

    def actor(self, username: str) -> Actor:
        return Actor.of(self.person(username))

    def case(self, code: str) -> Case:
        [found] = self.read(select(Case).where(Case.code == code))
        return found

    def task(self, element: str, code: str = "", status: str = "open", **columns: Any) -> Task:
        """The newest task of this element, in the case with this code if one is named."""
        wanted = {"element": element, "status": status, **columns}
        query = select(Task).where(*(getattr(Task, name) == value for name, value in wanted.items()))
        if code:
            query = query.join(Case, Case.id == Task.case_id).where(Case.code == code)
        found = self.read(query.order_by(Task.id.desc()))
        assert found, f"no {status} task {element} in {code or 'any case'}"
        return found[0]

    def access(self, kind: str) -> list[Recorded]:
        """Events of a type in the access stream of the day."""
        db.session.rollback()
        stream = eventlog.access_stream(local_day(self.at))
        return [each for each in eventlog.read_stream(db.session(), stream) if each.type == kind]

    def start(self, username: str, process: str, **form: Any) -> str:
        """Open a case in the campaign; returns its code."""
        return start_case(process, CAMPAIGN, form, actor=self.actor(username), now=self.now)

    def do(self, username: str, element: str, code: str = "", task: Task | None = None, **given: Any) -> Task:
        """Complete an open task with a form: as given, and the least that it asks for besides."""
        task = task or self.task(element, code)
        actor, task_id = self.actor(username), task.public_id
        schema = self.offered(task)
        day = self.today if element in AFTER_DECISION else self.written_on
        form = filled(schema, given, lambda kind: self.paper(username, task_id, kind), day)
        complete_task(task_id, form, actor=actor, now=self.now)
        return self.task(element, status="done", public_id=task_id)

    def paper(self, username: str, task_id: str, kind: str, name: str = "bao-cao.pdf") -> str:
        """Add a small PDF to a task; returns its id."""
        upload = Upload(name, io.BytesIO(PDF), kind)
        return add_paper(task_id, upload, actor=self.actor(username), now=self.now)

    def offered(self, task: Task) -> Schema:
        """The form of a task with its choices."""
        schema = task_schema(db.session(), task)
        return with_choices(schema, choices_for(db.session(), schema, Context(case=task.case, task=task)))

    def work(self) -> None:
        """Carry out all that has been promised, and print what waits for that, as the worker does."""
        while (items := lease_due(self.now)) or carry_each(PRINTS, lambda: self.now):
            for item in items:
                run_item(item, self.now)

    def move(self, **span: float) -> None:
        """Let time pass (days=, hours=), with all that falls due meanwhile."""
        later = self.at + dt.timedelta(**span)
        set_clock(later, actor=SYSTEM, now=self.now)
        self.at = later
        self.work()
        while due := due_cases(db.session(), self.at, 20):
            for case_id in due:
                fire_due(case_id, self.now)
            self.work()

    def publish_plan(self, registration_days: int = 30) -> str:
        """The plan goes out to two communes, which have not answered yet; returns the case's code."""
        day = self.at.date()
        code = self.start(
            "secretary",
            "campaign",
            registration_opens=day.isoformat(),
            registration_closes=(day + dt.timedelta(days=registration_days)).isoformat(),
            addressed_units=[AN_CU, AN_PHU],
            acknowledge_by=(day + dt.timedelta(days=10)).isoformat(),
        )
        self.do("secretary", "draft_plan", code)
        self.do("authority", "approve_plan", code, decision="approve")
        self.do("secretary", "publish_plan", code)
        self.work()
        return code

    def open_campaign(self, registration_days: int = 30) -> str:
        """Launch the campaign to two communes; registration and the award round of 2019 are open then."""
        code = self.publish_plan(registration_days)
        for username in ("officer", "other_officer"):
            task = self.task("acknowledge_plan", code, unit_id=self.person(username).holdings[0].unit_id)
            self.do(username, "acknowledge_plan", task=task)
        self.move(hours=1)
        return code

    def register(self, username: str = "officer", **form: Any) -> str:
        """Open a registration of An Cư; returns its code."""
        return self.start(username, "registration", **_entry(form, "Nguyễn Văn Nông"))

    def nominate(self, username: str = "officer", **form: Any) -> str:
        """Open a nomination of An Cư; returns its code."""
        entry = _entry(form, "Nguyễn Văn Nông")
        return self.start(
            username, "nomination", **{"round": ROUND, "proposed_award": "certificate_of_merit"} | entry
        )


def _entry(form: Mapping[str, Any], name: str) -> dict[str, Any]:
    return {
        "strand": STRAND,
        "nominee_kind": "individual",
        "nominee_name": name,
        "submitting_unit": AN_CU,
        "filled_by": "officer",
        **form,
    }


def filled(
    schema: Schema, given: Mapping[str, Any], paper: Callable[[str], str], day: dt.date = START_DAY
) -> dict[str, Any]:
    """The least data the schema accepts that holds what is given; ``paper`` makes a paper of a type.

    A refusal denies what it is asked.
    """
    data = dict(given)
    while missing := [fault for fault in validate(schema, data) if fault.code == "required"]:
        for fault in missing:
            *way, name = fault.pointer.strip("/").split("/")
            target, part = _at(schema, data, way)
            target[name] = sample(part["properties"][name], paper, day)
    if data.get("decision") == "refuse" and "criteria" in data and "criteria" not in given:
        data["criteria"] = dict.fromkeys(data["criteria"], False)
    return data


def _at(schema: Schema, data: Any, way: list[str]) -> tuple[Any, Schema]:
    for step in way:
        if isinstance(data, list):
            data, schema = data[int(step)], schema["items"]
        else:
            data, schema = data[step], schema["properties"][step]
    return data, schema


def sample(part: Schema, paper: Callable[[str], str], day: dt.date = START_DAY) -> Any:
    """A value for a part of a form; of objects only what cannot be left out."""
    if "const" in part:
        return part["const"]
    if "oneOf" in part:
        return part["oneOf"][0]["const"]
    match part["type"]:
        case "object":
            return {name: sample(part["properties"][name], paper, day) for name in part.get("required", ())}
        case "array":
            return [sample(part["items"], paper, day) for _each in range(max(1, part.get("minItems", 0)))]
        case "boolean":
            return True
        case "integer" | "number":
            return max(part.get("minimum", 1), 1)
    if part.get("x-secret"):
        return PASSWORD
    if part.get("format") == "paper":
        return paper(part.get("x-paper", "other"))
    texts = {"date": day.isoformat(), "date-time": f"{day + dt.timedelta(days=3)}T08:00:00+07:00"}
    return texts.get(part.get("format", ""), "Nội dung mẫu")

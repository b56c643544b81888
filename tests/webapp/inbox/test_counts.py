"""The counts of the inbox are exact, and read from indexes alone: never from the rows of a large table."""

import pytest
from sqlalchemy import select, text

from tests.offices import scene
from tests.statements import statements
from webapp.extensions import db
from webapp.models import Task
from webapp.models.types import new_public_id
from webapp.operations.interventions import freeze_case
from webapp.operations.tasks import take_task
from webapp.queries.inbox import Position, Wanted, task_rows
from webapp.queries.inbox_counts import task_counts
from webapp.queries.inbox_groups import task_groups
from webapp.queries.inbox_place import place_in_list
from webapp.queries.standing import standing_of


@scene
def registrations(office):
    office.open_campaign()
    return [office.register(nominee_name=f"Nguyễn Văn {name}") for name in ("Ất", "Bính", "Đinh")]


@pytest.fixture
def standing(office, registrations):
    return standing_of(db.session(), office.person("officer"), office.today)


def counted(office, standing):
    found = task_counts(db.session(), standing, Wanted("common"), office.now.at)
    return found.mine, found.common, found.listed


def test_they_are_exact(office, standing, registrations):
    assert counted(office, standing) == (0, 3, 3)
    take_task(office.task("fill_on_behalf").public_id, actor=office.actor("officer"), now=office.now)
    assert counted(office, standing) == (1, 2, 2)
    freeze_case(registrations[0], "Có đơn", actor=office.actor("specialist"), now=office.now)
    assert counted(office, standing) == (1, 1, 1)


def test_a_role_held_twice_counts_once(office, standing):
    twice = type(standing)(standing.person_id, (*standing.roles, *standing.roles))
    assert counted(office, twice) == (0, 3, 3)


def test_nobody_without_a_role_has_any(office, standing):
    assert counted(office, type(standing)(standing.person_id, ())) == (0, 0, 0)


def test_they_are_read_from_indexes_alone(office, standing):
    sqlite = as_in_every_office(office, standing)
    [plan] = plans(sqlite, lambda: task_counts(db.session(), standing, Wanted("done"), office.now.at))
    of_tasks = [line for line in plan if " task" in line or "ix_task" in line]
    assert of_tasks
    good = "USING COVERING INDEX ix_task_" if sqlite else "Index Only Scan using ix_task_"
    assert [line for line in of_tasks if good not in line] == []


READ = {
    **{
        tab: lambda at, tab=tab: task_rows(*at[:2], Wanted(tab), at[2], 1)
        for tab in ("mine", "common", "done")
    },
    "groups": lambda at: task_groups(*at[:2], Wanted("common", group="kind"), at[2]),
    "place": lambda at: place_in_list(*at[:2], Wanted("common"), at[2], Position(at[2], 10**6)),
}


@pytest.mark.parametrize("what", READ)
def test_a_list_is_read_in_the_order_of_an_index(office, standing, what):
    """Nothing goes through all tasks, and of none of its parts a list reads more than it shows."""
    sqlite = as_in_every_office(office, standing)
    found = [
        line
        for plan in plans(sqlite, lambda: READ[what]((db.session(), standing, office.now.at)))
        for line in plan
    ]
    assert [line for line in found if line.startswith("SCAN task") or "Seq Scan on task" in line] == []
    if sqlite:
        sorts = [line for line in found if "TEMP B-TREE FOR GROUP BY" in line or "LAST TERM" in line]
        assert len(sorts) <= (what == "groups"), "the few groups of the parts are put together"
        assert any(line.startswith("SEARCH task USING") and "INDEX ix_task_" in line for line in found)


def as_in_every_office(office, standing):
    """Many tasks, most of them done long ago; returns whether this is SQLite."""
    me = standing.person_id
    filled(3000, status="done", person_id=me, holder_id=me, closed_by_id=me, closed_at=office.now.at)
    filled(3000, status="done")
    filled(300)
    with db.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        connection.execute(text("ANALYZE" if connection.dialect.name == "sqlite" else "VACUUM ANALYZE"))
    return db.engine.dialect.name == "sqlite"


def plans(sqlite, act):
    """How the database carries out each statement of an act."""
    from sqlalchemy import event

    asked = []

    def note(_connection, _cursor, statement, parameters, *_rest):
        if statement.lstrip().startswith("SELECT"):
            asked.append((statement, parameters))

    assert statements(act)
    event.listen(db.engine, "before_cursor_execute", note)
    act()
    event.remove(db.engine, "before_cursor_execute", note)
    found = []
    for statement, parameters in asked:
        explain = "EXPLAIN QUERY PLAN " if sqlite else "EXPLAIN "
        rows = db.session.connection().exec_driver_sql(explain + statement, parameters).all()
        found.append([str(row[-1]) for row in rows])
    return found


def test_a_thousand_tasks_are_counted_as_they_lie(office, standing):
    filled(1000)
    assert counted(office, standing) == (0, 1003, 1003)


def filled(many, **given):
    """So many tasks more like that of a registration."""
    task = db.session.scalars(select(Task).where(Task.element == "fill_on_behalf")).first()
    columns = {each.name: getattr(task, each.key) for each in Task.__table__.columns if each.name != "id"}
    rows = [{**columns, **given, "public_id": new_public_id()} for _each in range(many)]
    db.session.execute(Task.__table__.insert(), rows)
    db.session.commit()

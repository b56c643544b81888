"""Registrations that wait for their check, and acts that decide many of them."""

from sqlalchemy import select

from webapp.extensions import db
from webapp.models import Case, Task
from webapp.operations.bulk import NewBulk, begin_bulk
from webapp.operations.tasks import take_task
from webapp.queries.bulk_selection import marks_of, selected
from webapp.queries.standing import standing_of

CHECK = "check_registration"


def registered(office, number):
    """Registrations that wait for their check."""
    codes = [office.register(nominee_name=f"Người Thứ {each}") for each in range(number)]
    for code in codes:
        office.do("officer", "fill_on_behalf", code)
    return codes


def waiting(codes=()):
    """Public ids of the open checks: all of them, or those of these cases."""
    query = select(Task.public_id).join(Case).where(Task.element == CHECK, Task.status == "open")
    return db.session.scalars((query.where(Case.code.in_(codes)) if codes else query).order_by(Task.id)).all()


def begun(office, codes=(), who="officer"):
    """The open checks of these cases, or all there are, are accepted; returns the act."""
    session, person = db.session(), office.person(who)
    standing = standing_of(session, person, office.today)
    marks, _busy = marks_of(session, standing, selected(session, standing, waiting(codes)))
    return begin_bulk(NewBulk("decide", marks, "accept"), actor=office.actor(who), now=office.now)


def taken_by_the_colleague(office, number):
    """The first of the open checks become somebody else's."""
    for task in waiting()[:number]:
        take_task(task, actor=office.actor("colleague"), now=office.now)

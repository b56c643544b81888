"""A case that an inspection covers is read whole by its members, orders and opinions as by an auditor."""

import datetime as dt

from sqlalchemy import select

from tests.inspecting import DAY, begin, standing
from webapp.extensions import db
from webapp.models import Case, FormEntry
from webapp.operations.suspensions import Order, suspend
from webapp.queries.inspecting import covers, inspected
from webapp.queries.sealed_entries import history_for, open_entry


def test_why_it_was_suspended(office, cases, inspection):
    order = Order(
        kind="complaint",
        ordered_by="Thanh tra huyện",
        paper_number="214/TTH",
        paper_date=office.today,
        review_by=office.today + dt.timedelta(days=14),
        reason="Chờ kết luận",
    )
    suspend(cases[0], order, actor=office.actor("specialist"), now=office.now)

    def told(username):
        case = db.session.scalars(select(Case).where(Case.code == cases[0])).one()
        return [
            (line.event.type, line.event.private)
            for line in history_for(db.session(), standing(office, username), case)
        ]

    assert "suspension_ordered" in dict(told("stranger"))
    assert told("stranger") == told("auditor")
    assert "suspension_ordered" not in dict(told("officer"))


def test_what_bodies_have_answered(office, cases, inspection):
    case = office.case(cases[0])
    opinion = FormEntry(
        case_id=case.id,
        form="district_assessment/give_opinion",
        data={},
        digest="0" * 64,
        person_id=office.person("head").id,
        submitted_at=office.now.at,
    )
    db.session.add(opinion)
    db.session.commit()

    def read(username):
        query = select(FormEntry.form).where(
            FormEntry.case_id == case.id, open_entry(standing(office, username))
        )
        return set(db.session.scalars(query))

    assert opinion.form in read("stranger")
    assert read("stranger") == read("auditor")
    assert opinion.form not in read("officer")


def test_both_forms_of_the_rule_agree(office, cases, inspection):
    for number, since in enumerate((-30, 0, 1)):
        begin(
            office,
            decision_number=f"{number}/QĐ",
            period_from=office.today + since * DAY,
            period_to=office.today + 30 * DAY,
        )
    for each in standing(office, "stranger").inspections:
        asked = set(db.session.scalars(select(Case.code).where(inspected([each]))))
        assert asked == {case.code for case in db.session.scalars(select(Case)) if covers([each], case)}
        assert cases[0] in asked
        assert cases[1] not in asked

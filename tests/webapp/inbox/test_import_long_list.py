"""Lists of 5,000 rows: one fault and nothing is opened; workers are killed, and each row is opened once."""

import io

import pytest
from sqlalchemy import func, select

from tests.installation import installed
from tests.lists import NOMINATE, REGISTER, book, headings, many, send
from tests.proven import faults
from webapp import eventlog
from webapp.extensions import db
from webapp.models import Case, FormDraft, Nomination, Nominee, Paper, Registration, RowImportLine

ROWS = 5_000
KILLS = 4
OPENED_BETWEEN = 300
"""Rows that are opened before the next kill; no multiple of what the worker takes at once."""

pytestmark = pytest.mark.soak


@pytest.fixture
def officer(signed_in, campaign):
    return signed_in("officer")


@pytest.fixture
def rows(officer):
    """How to make the rows of a page's list: its columns, and rows about 5,000 people."""

    def made(page):
        names, example = headings(officer, page)
        officer.get(page)
        return names, many(dict(zip(names, example, strict=True)), ROWS)

    return made


def count(query):
    db.session.rollback()
    return db.session.scalar(select(func.count()).select_from(query.subquery()))


def opened():
    return count(select(RowImportLine.id).where(RowImportLine.state == "done"))


def wrong(rows):
    """The same rows, the last but one of them of a kind that does not exist."""
    return [*rows[:-2], {**rows[-2], "Loại đối tượng": "Tổ"}, rows[-1]]


def carried_by_dying_workers(settings):
    """The list is opened by workers of which one after the other is killed in the middle of its work."""
    db.session.remove()
    with installed(settings) as installation:
        for kill in range(1, KILLS + 1):
            installation.start("worker")
            installation.wait_until(lambda enough=kill * OPENED_BETWEEN: opened() > enough)
            installation.kill("worker")
        installation.start("worker")
        for enough in range(0, ROWS + 1, ROWS // 20):
            installation.wait_until(lambda enough=enough: opened() >= enough)


def opened_once(process):
    """Every row has a case of its own about somebody of its own, opened by one event, and nothing deviates."""
    lines = db.session.execute(select(RowImportLine.state, RowImportLine.case_code)).all()
    assert {state for state, _code in lines} == {"done"}
    codes = {code for _state, code in lines}
    assert len(codes) == ROWS
    assert set(db.session.scalars(select(Case.code).where(Case.process == process))) == codes
    assert count(select(Nominee.name).distinct()) == count(select(Nominee.id)) == ROWS
    for code in codes:
        stream = eventlog.read_stream(db.session(), f"case/{code}")
        assert [event.type for event in stream].count("case_opened") == 1
    assert faults() == []


def test_registrations(officer, rows, settings):
    names, people = rows(REGISTER)
    page = send(officer, book(names, *wrong(people)), 422)
    assert f"1 trên {ROWS} dòng có lỗi" in page.one("[role=alert]").get_text().replace(".", "")
    assert count(select(RowImportLine.id)) == count(select(Registration.id)) == 0
    send(officer, book(names, *people))
    carried_by_dying_workers(settings)
    opened_once("registration")
    assert count(select(Registration.id)) == ROWS
    assert count(select(Paper.id).where(Paper.kind == "signed_sheet")) == ROWS
    assert count(select(Paper.sha256).where(Paper.kind == "signed_sheet").distinct()) == 1


def test_nominations(officer, rows, settings):
    names, people = rows(NOMINATE)

    def hand_in(those, status=200):
        file = (io.BytesIO(book(names, *those)), "de-nghi.xlsx")
        return officer.submit("main form", status, list=file, round="nam-2019")

    hand_in(wrong(people), 422)
    assert count(select(RowImportLine.id)) == count(select(Nomination.id)) == 0
    hand_in(people)
    carried_by_dying_workers(settings)
    opened_once("nomination")
    assert count(select(Nomination.id)) == count(select(FormDraft.id)) == ROWS

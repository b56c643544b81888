"""Every page of the demo is the same on PostgreSQL: its rows are copied there, and the same people open the same pages.

So each statement of a page is understood by both, and finds, counts and sorts alike; what writes is tested on both
elsewhere (`ON_BOTH` of tests/conftest.py).
"""

from __future__ import annotations

import shutil
from difflib import ndiff
from pathlib import Path

import pytest
from flask import Flask
from lxml.html import fromstring
from sqlalchemy import Connection, Table, create_engine, select, text

from tests.conftest import in_use, new_application
from tests.offices import FILE, Templates
from tests.pages import Browser
from tests.walked import START, Walk
from webapp.config import Settings
from webapp.extensions import db
from webapp.models import Person

AT_ONCE = 1_000
OF_THE_MACHINE = {"/health", "/admin", "/admin/jobs"}
"""Pages that tell of the installation, which are two."""


@pytest.fixture(scope="module")
def both(
    demo_data: Path, postgresql_templates: Templates, tmp_path_factory: pytest.TempPathFactory
) -> tuple[Flask, Flask]:
    """The application on two copies of the demo: on SQLite, and on PostgreSQL."""
    folders = [Path(shutil.copytree(demo_data, tmp_path_factory.mktemp("copy") / "data")) for _ in range(2)]
    url = postgresql_templates.lay("migrated").url
    _copy_rows(f"sqlite:///{demo_data / FILE}", url)
    apps = [
        new_application(Settings(data_dir=folder, demo=True, testing=True, **where))
        for folder, where in zip(folders, ({}, {"database_url": url}), strict=True)
    ]
    return apps[0], apps[1]


def _copy_rows(source: str, target: str) -> None:
    tables = db.metadata.sorted_tables
    with create_engine(source).connect() as read, create_engine(target).begin() as write:
        write.execute(
            text("SET session_replication_role = replica")
        )  # neither triggers nor references are asked
        write.execute(text("TRUNCATE " + ", ".join(f'"{table}"' for table in tables)))
        for table in tables:
            rows = [dict(row) for row in read.execute(select(table)).mappings()]
            for at in range(0, len(rows), AT_ONCE):
                write.execute(table.insert(), rows[at : at + AT_ONCE])
            _go_on_behind(write, table)


def _go_on_behind(connection: Connection, table: Table) -> None:
    """The next row gets the number behind the last one."""
    sequence = f"pg_get_serial_sequence('\"{table}\"', 'id')"
    if "id" in table.c and connection.scalar(text(f"SELECT {sequence}")):
        connection.execute(text(f'SELECT setval({sequence}, max(id)) FROM "{table}"'))


@pytest.mark.parametrize("username", START)
def test_pages_say_the_same(both: tuple[Flask, Flask], demo_walk: Walk, username: str) -> None:
    """What differs is asked again: between two looks a clock on the page may have gone on by a minute."""
    addresses = [each for each in demo_walk.by_person(username) if each not in OF_THE_MACHINE]
    assert _differences(both, username, list(_differences(both, username, addresses))) == {}


def _differences(both: tuple[Flask, Flask], username: str, addresses: list[str]) -> dict[str, list[str]]:
    """Address → the words that only one of the two says."""
    told, there = (_told(app, username, addresses) for app in both)
    differ = {each: ndiff(told[each], there[each]) for each in addresses if there[each] != told[each]}
    return {each: [line for line in lines if line[0] in "+-"] for each, lines in differ.items()}


def _told(app: Flask, username: str, addresses: list[str]) -> dict[str, list[str]]:
    """Address → what this person reads there."""
    with in_use(app):
        browser = Browser(app)
        if username:
            query = select(Person).where(Person.username == username)
            browser.sign_in_as(db.session.scalars(query).one())
        return {each: _read(browser.client.get(each).get_data(as_text=True)) for each in addresses}


def _read(html: str) -> list[str]:
    return fromstring(html).xpath("//main")[0].text_content().split()

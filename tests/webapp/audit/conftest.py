"""Inspection, tested on a nomination that was returned twice, frozen once, and goes on."""

import zipfile
from collections.abc import Callable, Iterator

import pytest
from flask import Flask
from sqlalchemy import text

from tests.factories import Office
from tests.founded import campaign, database
from tests.offices import Database, scene
from tests.pages import Browser
from webapp.extensions import db
from webapp.operations.interventions import freeze_case, resume_case
from webapp.queries.log_guards import guards

__all__ = ["browser", "campaign", "database", "forge", "office", "walked"]


@pytest.fixture
def office(app: Flask) -> Office:
    return Office()


@pytest.fixture
def browser(app: Flask, office: Office) -> Browser:
    """A browser in which the auditor of the district is signed in."""
    browser = Browser(app)
    browser.sign_in_as(office.person("auditor"))
    return browser


@scene
def walked(office: Office) -> str:
    """Code of a nomination: prepared, returned, mended, returned, frozen, resumed, mended, complete."""
    office.open_campaign()
    code = office.nominate(nominee_name="Nguyễn Thị Đức")
    office.move(hours=1)
    office.do("officer", "prepare_on_behalf", code)
    office.move(days=1)
    office.do(
        "officer", "check_dossier", code, decision="supplement", supplement_text="Thiếu xác nhận của ấp"
    )
    office.do("officer", "supplement_dossier", code, answer="Đã có xác nhận của ấp Ba Xoài")
    office.do("officer", "check_dossier", code, decision="supplement", supplement_text="Thiếu chữ ký chủ hộ")
    freeze_case(code, "Có đơn phản ánh", actor=office.actor("specialist"), now=office.now)
    office.move(days=3)
    resume_case(code, "Đã xác minh", actor=office.actor("specialist"), now=office.now)
    office.do("officer", "supplement_dossier", code, answer="Đã có chữ ký của ấp Ba Xoài")
    office.do("officer", "check_dossier", code, decision="complete")
    office.work()
    return code


Forge = Callable[..., None]


@pytest.fixture
def forge(database: Database, app: Flask) -> Forge:
    """Execute statements the way somebody at the database would: past the application and its guards."""

    def execute(*statements: str, guarded: bool = False, **values: object) -> None:
        db.session.rollback()
        with db.engine.begin() as connection:
            for statement in statements if guarded else (*_unguard(database), *statements):
                connection.execute(text(statement), values)

    return execute


def _unguard(database: Database) -> Iterator[str]:
    for name in sorted(guards(database.kind)):
        table = name.partition("_no_")[0]
        yield f"DROP TRIGGER IF EXISTS {name}" + (f" ON {table}" if database.kind == "postgresql" else "")


@pytest.fixture
def take(app, tmp_path):
    """Takes a bundle as somebody at the machine does; gives the zip file."""

    def run(*options, status=0):
        path = tmp_path / "bundle.zip"
        done = app.test_cli_runner().invoke(
            args=["audit", "export", str(path), "--format", "bundle", *options]
        )
        assert done.exit_code == status, done.output
        return path

    return run


@pytest.fixture
def bundle(take, walked):
    return take("--case", walked)


@pytest.fixture
def folder(bundle, tmp_path):
    """The bundle unpacked."""
    zipfile.ZipFile(bundle).extractall(tmp_path / "unpacked")
    return tmp_path / "unpacked"

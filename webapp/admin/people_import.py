"""People from an Excel list: the template, the check row by row, the one-time passwords shown once."""

from __future__ import annotations

import base64
import datetime as dt
import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from flask import render_template, request
from flask_babel import force_locale
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from webapp.admin.forms import form, person_form
from webapp.extensions import db
from webapp.i18n import LANGUAGES, content, language
from webapp.operations.people import NewPerson, NewRole
from webapp.operations.people_imports import ListedPerson, import_people
from webapp.passwords import hash_password, one_time_password
from webapp.queries.administration import administered_units
from webapp.queries.person_page import usernames_taken
from webapp.row_files import Row, UnreadableFile, listed, read_rows, template
from webapp.ui.access import standing
from webapp.ui.acting import actor_and_now
from webapp.ui.clock import today
from webapp.ui.filling import Answer
from webapp.ui.paper_files import drawn_response
from webapp.ui.row_faults import FaultyList, faulty_list, unreadable_text
from workflows.forms import Fault, Schema

FILE = "list"
MOST_PEOPLE = 200
"""In one list: each one-time password is hashed while the page waits."""
EXAMPLE = {"name": "Nguyễn Văn Ví Dụ", "username": "nguyen.van.vi.du", "email": "vidu@example.gov.vn"}
XLSX = "data:application/vnd.openxmlformats-officedocument.spreadsheetml.sheet;base64,"


@dataclass(frozen=True)
class Entered:
    """Somebody as entered, with the password to hand over: it is shown this once."""

    public_id: str
    name: str
    username: str
    password: str


def _row_schema() -> Schema:
    units = [(code, content(name)) for code, name in administered_units(db.session(), standing())]
    fields = dict(person_form(units, role_needed=True)["properties"])
    fields["unit"] = {**fields["unit"], "oneOf": _told_apart(fields["unit"]["oneOf"])}
    return form(fields, ["name", "username", "role", "unit", "from_date"])


def _told_apart(options: Sequence[Mapping[str, Any]]) -> list[Mapping[str, Any]]:
    """Units of the same name have their code behind it: a cell says a name alone."""
    names = [option["title"] for option in options]
    return [
        {**option, "title": f"{option['title']} ({option['const']})"}
        if names.count(option["title"]) > 1
        else option
        for option in options
    ]


def import_form(found: FaultyList | None = None) -> Answer:
    """The page that takes a list over; ``found`` says why one was not."""
    page = render_template("admin/import_people.html", found=found, most=MOST_PEOPLE)
    return (page, 422) if found else page


def list_template() -> Response:
    """The empty list, with the units and roles to pick from."""
    schema = _row_schema()
    first = {name: schema["properties"][name]["oneOf"][0]["const"] for name in ("role", "unit")}
    example = {**EXAMPLE, **first, "from_date": f"{today():%d/%m/%Y}"}
    return drawn_response(template(schema, _("People"), example), "danh-sach-nguoi-dung.xlsx")


def imported() -> Answer:
    """Check the list that was sent; enter everybody and show the passwords, or name every fault."""
    file = request.files.get(FILE)
    if file is None or not file.filename:
        return import_form(FaultyList(_("Choose the Excel file with the list.")))
    data, schema = file.read(), _row_schema()
    try:
        rows = read_rows(data, _in_each_language(schema), today())
    except UnreadableFile as fault:
        return import_form(FaultyList(unreadable_text(fault)))
    rows = _checked(rows)
    if faulty := [row for row in rows if row.faults]:
        return import_form(faulty_list(faulty, len(rows), schema, "name"))
    people = _people(rows)
    if len(people) > MOST_PEOPLE:
        too_long = _("The list is too long: at most %(limit)s people. Split it.", limit=MOST_PEOPLE)
        return import_form(FaultyList(too_long))
    return _entered(people, hashlib.sha256(data).hexdigest())


def _in_each_language(schema: Schema) -> list[Schema]:
    found = [schema]
    for other in LANGUAGES:
        if other != language():
            with force_locale(other):
                found.append(_row_schema())
    return found


def _checked(rows: Sequence[Row]) -> list[Row]:
    """The rows with what is wrong between them: somebody has the user name, or two rows do not fit together."""
    names = [str(row.data.get("username", "")) for row in rows]
    taken = usernames_taken(db.session(), set(names))
    first: dict[str, Row] = {}
    roles: dict[tuple[str, str, str], int] = {}
    checked = []
    for row in rows:
        fault = None if row.faults else _fault(row, taken, first, roles)
        checked.append(replace(row, faults=(fault,)) if fault else row)
    return checked


def _fault(
    row: Row, taken: set[str], first: dict[str, Row], roles: dict[tuple[str, str, str], int]
) -> Fault | None:
    """What is wrong with a row that is right in itself; it is remembered for those that follow."""
    data = row.data
    if data["username"] == EXAMPLE["username"]:
        return Fault("/name", "example_row")
    if data["username"] in taken:
        return Fault("/username", "username_taken")
    before = first.setdefault(data["username"], row)
    if before.data["name"] != data["name"]:
        return Fault("/username", "other_name", {"row": before.number})
    given = roles.setdefault((data["username"], data["role"], data["unit"]), row.number)
    return Fault("/role", "role_twice", {"row": given}) if given != row.number else None


def _people(rows: Sequence[Row]) -> dict[str, list[Row]]:
    """The rows by user name: somebody has as many roles as rows."""
    found: dict[str, list[Row]] = {}
    for row in rows:
        found.setdefault(row.data["username"], []).append(row)
    return found


def _entered(people: Mapping[str, Sequence[Row]], sha256: str) -> str:
    passwords = {username: one_time_password() for username in people}
    new = [_listed(rows, hash_password(passwords[username])) for username, rows in people.items()]
    actor, now = actor_and_now()
    ids = import_people(new, sha256, actor=actor, now=now)
    entered = [
        Entered(public_id, each.person.name, username, passwords[username])
        for public_id, each, username in zip(ids, new, people, strict=True)
    ]
    return render_template("admin/people_imported.html", entered=entered, workbook=_workbook(entered))


def _listed(rows: Sequence[Row], hashed: str) -> ListedPerson:
    first = rows[0].data
    roles = [
        NewRole(row.data["role"], row.data["unit"], dt.date.fromisoformat(row.data["from_date"]))
        for row in rows
    ]
    email = next((row.data["email"] for row in rows if "email" in row.data), None)
    return ListedPerson(NewPerson(first["name"], first["username"], hashed, email), roles)


def _workbook(entered: Sequence[Entered]) -> str:
    """The passwords as an Excel file within the page itself: nothing of them is kept on the server."""
    headings = [_("Name"), _("User name"), _("One-time password")]
    rows = [(each.name, each.username, each.password) for each in entered]
    return XLSX + base64.b64encode(listed(_("Passwords"), headings, rows)).decode()

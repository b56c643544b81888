"""Who inspects writes notes and findings and nothing else: every page that writes refuses them."""

import pytest
from werkzeug.routing import AnyConverter, IntegerConverter

from tests.inspecting import begin
from tests.people import TINH_BIEN
from webapp import eventlog
from webapp.extensions import db
from webapp.ui.access import rule_of
from webapp.ui.permissions import PERMISSIONS

OWN = {
    "audit.list_samples",
    "inspections.begin_inspection",
    "inspections.change_inspection",
    "inspections.end_inspection",
    "inspections.raise_finding",
    "inspections.write_note",
    "inspections.withdraw_finding",
}
"""What an auditor writes, or a member of an inspection: draws on record, inspections, notes, findings."""

ABOUT_ONESELF = {
    "auth.choose_shortcuts",
    "auth.drop_kept_form",
    "auth.show_account",
    "delegations.note_absence",
    "tracking.begin_at_tasks",
    "tracking.begin_at_view",
    "tracking.choose_columns",
    "tracking.read_all_notices",
    "tracking.save_view",
}
"""What everybody signed in does about themselves: password, absence, notices, views."""


def address(rule, case):
    """An address of a route: of the case, and of the first choice where there are some."""
    values = {}
    for name, converter in rule._converters.items():
        match converter:
            case AnyConverter():
                values[name] = sorted(converter.items)[0]
            case IntegerConverter():
                values[name] = 2019
            case _:
                values[name] = case
    return rule.build(values)[1]


def writing(app):
    """(rule, method, access) of every route that writes, but those of everybody and of a person about themselves."""
    for rule in app.url_map.iter_rules():
        for method in sorted((rule.methods or set()) & {"POST", "PUT", "PATCH", "DELETE"}):
            access = rule_of(app.view_functions[rule.endpoint], method)
            if access is not None and access.kind != "public" and rule.endpoint not in OWN | ABOUT_ONESELF:
                yield rule, method, access


def heads():
    """The ends of all streams but those of reads and refused acts."""
    db.session.rollback()
    return [head for head in eventlog.streams(db.session()) if not head[0].startswith("access/")]


@pytest.mark.parametrize("username", ["auditor", "stranger"])
def test_no_other_page_lets_who_inspects_write(app, browser, office, cases, username):
    begin(office, head=username, units=[TINH_BIEN])
    browser.sign_in_as(office.person(username))
    browser.get("/audit")
    role = "auditor" if username == "auditor" else "inspector"
    before, let_in = heads(), []
    for rule, method, access in writing(app):
        answer = browser.client.open(address(rule, cases[0]), method=method, data=browser._hidden())
        may = access.kind != "permission" or role in PERMISSIONS[access.permission]
        if not may and answer.status_code != 403:
            let_in.append((rule.endpoint, method, answer.status_code))
    assert let_in == []
    assert heads() == before


def test_what_is_refused_stands_in_the_access_stream(app, browser, office, cases, inspection):
    browser.sign_in_as(office.person("stranger"))
    browser.get("/audit")
    browser.post("/admin/people/new", {}, 403)
    browser.post(f"/cases/{cases[1]}/stop", {"reason": "Xóa"}, 404)
    paths = [event.fields["path"] for event in office.access("act_refused")]
    assert paths == ["/admin/people/new", f"/cases/{cases[1]}/stop"]

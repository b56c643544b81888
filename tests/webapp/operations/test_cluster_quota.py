"""At most so many nominees of a cluster and year: an entry of the rule set, counted over the cluster's members."""

import datetime as dt

import pytest
from sqlalchemy import select

from tests import clustered
from tests.people import AN_CU, AN_PHU, TINH_BIEN
from tests.statements import statements
from webapp.extensions import db
from webapp.models import Case, ClusterMember, Unit
from webapp.operations import people
from webapp.operations.acting import SYSTEM
from webapp.operations.clusters import end_unit
from webapp.operations.rule_sets import amend_rules, decide_rules, submit_rules
from webapp.queries.eligibility import check_nomination
from webapp.queries.rule_sets import version_in_force
from workflows.law_amendments import Amendment

ENTRY = {
    "code": "one_per_cluster",
    "name": "Mỗi cụm, khối được đề nghị một tập thể",
    "rule": "per_cluster",
    "effect": "bar",
    "awards": ["certificate_of_merit"],
    "kinds": ["collective"],
    "times": 1,
    "mark": "unverified",
    "citation": "Quy chế của cụm (giả định)",
}


@pytest.fixture
def ruled(office, campaign):
    """The rules of Tịnh Biên allow one collective of a cluster and year; the cluster of three units is founded."""
    clerk = office.person("clerk").public_id
    people.give_role(clerk, "admin", TINH_BIEN, dt.date(2018, 1, 1), actor=SYSTEM, now=office.now)
    [place] = office.read(select(Unit).where(Unit.code == TINH_BIEN))
    upon = version_in_force(db.session(), "law-2014", place).public_id
    by = {"actor": office.actor("clerk"), "now": office.now}
    draft = amend_rules(upon, TINH_BIEN, Amendment("add", ("conditions",), ENTRY), **by)
    submit_rules(draft, **by)
    decide_rules(draft, approve=True, actor=office.actor("authority"), now=office.now)
    clustered.found_cluster(office)


def collective(office, username="officer", unit=AN_CU, name="Tập thể xã", **parts):
    return office.nominate(
        username, submitting_unit=unit, nominee_kind="collective", nominee_name=name, **parts
    )


def found(office, code, point="agenda"):
    """The verdict of the condition, and how many it counted of which cluster."""
    [case] = office.read(select(Case).where(Case.code == code))
    checked = check_nomination(db.session(), case, point, office.at.date())
    [finding] = [each for each in checked.findings if each.rule == "per_cluster"]
    return finding.verdict, finding.values["used"], finding.values["cluster"]


def test_members_of_one_cluster_compete_for_its_place(office, ruled):
    first = collective(office)
    assert found(office, first) == ("pass", 1, clustered.NAME)
    second = collective(office, "other_officer", AN_PHU, "Tập thể xã An Phú")
    office.nominate(nominee_name="Nguyễn Văn Nông")
    assert found(office, first) == found(office, second) == ("warning", 2, clustered.NAME)
    assert found(office, second, "appraisal")[0] == "pass"
    assert found(office, second, "decision") == ("pass", 1, clustered.NAME)


def test_who_has_left_the_cluster_does_not_compete(office, ruled):
    [left] = office.read(select(ClusterMember).join(Unit).where(Unit.code == AN_PHU))
    end_unit(left.public_id, dt.date(2019, 6, 30), actor=SYSTEM, now=office.now)
    second = collective(office, "other_officer", AN_PHU, "Tập thể xã An Phú")
    assert found(office, second) == ("pass", 0, None)


def test_it_asks_as_often_for_many_as_for_few(office, ruled):
    first = collective(office)
    few = statements(lambda: found(office, first))
    collective(office, "other_officer", AN_PHU, "Tập thể xã An Phú")
    assert len(statements(lambda: found(office, first))) == len(few)

"""A registration is erased with its changes; who registered themselves has no name on its pages any more."""

import pytest
from sqlalchemy import select

from tests.erased import asked, columns_with, erase
from tests.offices import scene
from tests.proven import faults
from webapp import eventlog
from webapp.extensions import db
from webapp.models import ERASED, Case, Registration, RegistrationVersion
from webapp.operations.erasures import propose_erasure
from webapp.operations.interventions import stop_case
from webapp.operations.refusals import NotNow
from webapp.queries.erasures import Wanted, due
from webapp.queries.history import case_history
from webapp.queries.standing import standing_of

NAME, LATER = "Nguyễn Văn Ất Một", "Nguyễn Văn Ất Hai"


@scene
def changed(office):
    """Codes of a registration and of an accepted change of it; its campaign has ended."""
    office.open_campaign()
    code = office.register(nominee_name=NAME)
    office.do("officer", "fill_on_behalf", code)
    office.do("officer", "check_registration", code, decision="accept")
    office.work()
    form = {"registration": code, "filled_by": "officer", "reason": f"{NAME} ghi chưa đúng."}
    change = office.start("officer", "registration_change", **form)
    targets = [{"indicator": "Thoát nghèo", "pledge": "Thoát nghèo trong quý III"}]
    office.do("officer", "describe_on_behalf", change, name=LATER, targets=targets)
    office.do("officer", "check_change", change, decision="accept")
    office.work()
    return code, change


def end_campaign(office):
    """The chairman ends it early."""
    [campaign] = office.read(select(Case).where(Case.process == "campaign"))
    stop_case(campaign.code, "Kết thúc sớm", actor=office.actor("authority"), now=office.now)
    office.work()


def test_is_in_force_until_its_campaign_has_ended(office, changed):
    with pytest.raises(NotNow, match="erasure_campaign"):
        propose_erasure(changed[0], asked(office), actor=office.actor("clerk"), now=office.now)


def test_is_not_due_while_in_force_or_a_nomination_stands_on_it(office, changed):
    def codes():
        standing = standing_of(db.session(), office.person("clerk"), office.today)
        return [row.code for row in due(db.session(), standing, Wanted(), office.today)]

    nomination = office.nominate(nominee_name=office.read(select(Registration))[0].nominee.name)
    stop_case(nomination, "Xin rút", actor=office.actor("officer"), now=office.now)
    office.work()
    office.move(days=11 * 365)
    assert codes() == [nomination]
    end_campaign(office)
    assert codes() == [nomination]
    erase(office, nomination)
    assert codes() == [changed[0]]


def test_goes_with_its_changes_and_versions(office, changed):
    end_campaign(office)
    erase(office, changed[0])
    assert [office.case(code).title for code in changed] == [ERASED, ERASED]
    assert columns_with(NAME) == columns_with(LATER) == columns_with("quý III") == []
    versions = office.read(select(RegistrationVersion))
    assert {(each.name, each.commitment, *each.targets) for each in versions} == {(ERASED, "")}
    for code in changed:
        stream = eventlog.read_stream(db.session(), eventlog.case_stream(code))
        assert [each.type for each in stream].count("case_erased") == 1
    assert faults() == []


def test_waits_for_the_nomination_that_stands_on_it(office, changed):
    nomination = office.nominate(nominee_name=office.read(select(Registration))[0].nominee.name)
    stop_case(nomination, "Xin rút", actor=office.actor("officer"), now=office.now)
    end_campaign(office)
    with pytest.raises(NotNow, match="erasure_stands_on"):
        propose_erasure(changed[0], asked(office), actor=office.actor("clerk"), now=office.now)
    erase(office, nomination)
    erase(office, changed[0])
    assert columns_with(NAME) == columns_with(LATER) == []


def test_who_registered_themselves_is_named_no_more(office, campaign):
    name = office.person("registrant").name
    code = office.register("registrant", filled_by="registrant", nominee_name=name)
    stop_case(code, "Xin rút", actor=office.actor("registrant"), now=office.now)
    told = case_history(db.session(), code)
    assert name in {line.actor for line in told}
    erase(office, code)
    actors = {line.actor for line in case_history(db.session(), code)}
    assert ERASED in actors
    assert name not in actors
    assert "Mai Thị Văn Thư" in actors
    assert columns_with(name) == ["event_private.content", "person.name"]

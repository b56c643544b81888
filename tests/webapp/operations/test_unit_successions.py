"""Units merged and split: what is open goes on at the successor, what has ended stays as it was."""

import datetime as dt

import pytest
from sqlalchemy import select

from tests.factories import CAMPAIGN
from tests.merging import PAPER, merge, roles_in
from tests.offices import scene
from tests.people import AN_CU, AN_PHU, TINH_BIEN
from tests.proven import faults
from webapp.extensions import db
from webapp.models import Campaign, Case, Nominee, RoleHolding, Task, Unit, UnitSuccession
from webapp.operations import tasks
from webapp.operations.acting import SYSTEM
from webapp.operations.interventions import stop_case
from webapp.operations.people import give_role
from webapp.operations.refusals import InvalidForm
from webapp.operations.starts import may_start
from webapp.operations.unit_changes import LegalPaper, NewUnit, add_unit, close_unit, rename_unit
from webapp.operations.unit_successions import Split, split_unit
from webapp.queries.nominees import registered
from webapp.queries.registration_lists import unlisted
from webapp.queries.standing import actable, may_see, standing_of


def unit(office, code):
    [found] = office.read(select(Unit).where(Unit.code == code))
    return found


@scene
def two(office):
    """A nomination waits for the check in An Cư, and one has been withdrawn there; returns their codes."""
    office.open_campaign()
    first, gone = office.nominate(), office.nominate(nominee_name="Trần Văn Rút")
    office.do("officer", "prepare_on_behalf", first)
    stop_case(gone, "rút", actor=office.actor("officer"), now=office.now)
    return first, gone


def test_open_work_goes_on_in_the_new_unit_and_ended_cases_stay(office, two):
    first, gone = two
    new = merge(office)
    assert new == "an-giang/tinh-bien/nui-cam"
    [case] = office.read(select(Case).where(Case.code == first))
    assert case.unit.name == "xã Núi Cấm"
    assert office.task("check_dossier", first).unit.code == new
    assert office.case(gone).unit.code == AN_CU
    last = office.today - dt.timedelta(days=1)
    assert {unit(office, code).to_date for code in (AN_CU, AN_PHU)} == {last}
    assert unit(office, new).from_date == office.today
    assert faults() == []


def test_who_goes_on_sees_what_was_and_does_what_is_open(office, two):
    first, gone = two
    merge(office)
    officer = office.person("other_officer")
    standing = standing_of(db.session(), officer, office.today)
    assert [held.unit_code for held in standing.roles] == ["an-giang/tinh-bien/nui-cam"]
    assert {held.unit_code for held in standing.past} == {AN_CU, AN_PHU}
    assert may_see(db.session(), standing, office.case(gone).id), "the archive goes along"
    tasks.take_task(
        office.task("check_dossier", first).public_id, actor=office.actor("other_officer"), now=office.now
    )


def test_reports_asked_of_a_unit_by_name_are_given_in_its_name(office):
    office.publish_plan()
    merge(office)
    asked = office.read(select(Task).where(Task.element == "acknowledge_plan", Task.status == "open"))
    assert {task.unit.code for task in asked} == {AN_CU, AN_PHU}
    standing = standing_of(db.session(), office.person("officer"), office.today)
    own = office.read(select(Task.element).where(actable(standing), Task.status == "open"))
    assert own.count("acknowledge_plan") == 2


def test_units_below_go_along_under_their_new_name(office):
    new = merge(office)
    below = office.read(select(Unit).where(Unit.code.startswith(f"{new}/")).order_by(Unit.sort_key))
    names = [each.name for each in below]
    assert names.count("Ủy ban Mặt trận Tổ quốc Việt Nam xã Núi Cấm") == 1, "two of one kind become one"
    assert "ấp Vĩnh An, xã Núi Cấm" in names
    [front] = [each for each in below if each.kind == "front"]
    before = office.read(
        select(Unit.code)
        .join(UnitSuccession, UnitSuccession.predecessor_id == Unit.id)
        .where(UnitSuccession.successor_id == front.id)
    )
    assert sorted(before) == [f"{AN_CU}/mat-tran", f"{AN_PHU}/mat-tran"]


def test_accepted_registrations_are_nominated_and_listed_from_the_new_unit(office):
    office.open_campaign()
    code = office.register()
    office.do("officer", "fill_on_behalf", code)
    office.do("officer", "check_registration", code, decision="accept")
    office.work()
    new = merge(office)
    standing = standing_of(db.session(), office.person("other_officer"), office.today)
    assert registered(db.session(), CAMPAIGN, code, standing).unit == new
    [listed] = unlisted(db.session(), office.case(code).campaign_id, unit(office, new))
    assert listed[0] == code


def test_nominees_live_in_the_new_unit(office, two):
    merge(office)
    assert {each.unit.name for each in office.read(select(Nominee))} == {"xã Núi Cấm"}


def test_the_new_unit_is_found_by_the_old_names(office):
    new = merge(office)
    assert unit(office, new).search_key.startswith("xa nui cam | xa an cu")
    assert "xa an phu" in unit(office, new).search_key


def test_a_role_with_open_work_goes_on_with_somebody(office, two):
    with pytest.raises(InvalidForm) as refused:
        merge(office, roles=[])
    assert refused.value.faults[0].code == "role_left"
    assert unit(office, AN_CU).to_date is None, "nothing has happened"


def test_whose_role_ends_loses_what_they_had_taken(office, two):
    task = office.task("check_dossier", two[0]).public_id
    tasks.take_task(task, actor=office.actor("officer"), now=office.now)
    kept = [held for held in roles_in(office, AN_CU) if held not in own_roles(office, "officer")]
    merge(office, roles=kept)
    assert office.task("check_dossier", two[0]).holder_id is None


def own_roles(office, username):
    return office.read(select(RoleHolding.id).where(RoleHolding.person_id == office.person(username).id))


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"units": [AN_CU]}, "two_needed"),
        ({"units": [AN_CU, TINH_BIEN]}, "units_unlike"),
        ({"name": "xã An Hảo"}, "name_there"),
        ({"day": dt.date(2020, 1, 1)}, "day_ahead"),
    ],
)
def test_what_cannot_be_merged(office, changes, code):
    with pytest.raises(InvalidForm) as refused:
        merge(office, **changes)
    assert refused.value.faults[0].code == code


def test_a_merger_of_a_merger_remembers_the_first(office, two):
    new = merge(office)
    office.move(days=1)
    later = merge(office, units=[new, f"{TINH_BIEN}/an-hao"], name="xã Thất Sơn", roles=roles_in(office, new))
    past = standing_of(db.session(), office.person("officer"), office.today).past
    assert {AN_CU, AN_PHU, new} <= {held.unit_code for held in past}
    assert later == "an-giang/tinh-bien/that-son"


def split(office, **changes):
    to_first = dict.fromkeys(roles_in(office, AN_CU), 0)
    to_second = dict.fromkeys(own_roles(office, "colleague"), 1)
    split = {
        "unit": AN_CU,
        "names": ["xã An Cư Đông", "xã An Cư Tây"],
        "day": office.today,
        "paper": PAPER,
        "roles": to_first | to_second,
    } | changes
    return split_unit(Split(**split), actor=office.actor("admin"), now=office.now)


def test_a_split_asks_for_each_case_who_takes_it(office, two):
    first, _gone = two
    other = office.nominate(nominee_name="Lý Thị Khác")
    east, west = split(office, cases={other: 1}, below={f"{AN_CU}/ap-2": 1})
    assert office.case(first).unit_id == unit(office, east).id
    assert office.case(other).unit_id == unit(office, west).id
    assert office.task("check_dossier", first).unit.code == east
    below = office.read(select(Unit.name).where(Unit.code.startswith(f"{west}/")))
    assert below == ["ấp Vĩnh Lạc, xã An Cư Tây"]
    held = standing_of(db.session(), office.person("colleague"), office.today)
    assert [each.unit_code for each in held.roles] == [west]
    assert faults() == []


def test_a_campaign_that_was_stopped_goes_on_where_its_dossiers_do(office, two):
    """What is on its way in it is brought to its end, by batches and decisions of whoever organises it now."""
    campaign = office.read(select(Campaign))[0]
    stop_case(campaign.case.code, "dừng", actor=office.actor("authority"), now=office.now)
    names = ["huyện Tịnh Biên Đông", "huyện Tịnh Biên Tây"]
    east, _west = split(
        office, unit=TINH_BIEN, names=names, roles=dict.fromkeys(roles_in(office, TINH_BIEN), 0)
    )
    assert office.case(two[0]).organiser.code == east
    assert office.read(select(Campaign))[0].unit.code == east
    held = standing_of(db.session(), office.person("secretary"), office.today)
    assert may_start(held, "council_vote", east)


def test_a_split_makes_two_at_least(office):
    with pytest.raises(InvalidForm):
        split(office, names=["xã An Cư Đông"])


def test_a_new_name_keeps_the_old_one_findable(office):
    then = {"actor": office.actor("admin"), "now": office.now}
    rename_unit(AN_CU, "phường An Cư", office.today, PAPER, **then)
    assert unit(office, AN_CU).name == "phường An Cư"
    assert unit(office, AN_CU).search_key == "phuong an cu | xa an cu"
    with pytest.raises(InvalidForm):
        rename_unit(AN_CU, "xã An Phú", office.today, PAPER, **then)


def test_a_unit_is_added_and_closed(office):
    then = {"actor": office.actor("admin"), "now": office.now}
    new = NewUnit(TINH_BIEN, "xã Mới", "commune", "committee", office.today)
    code = add_unit(new, LegalPaper(), **then)
    assert code == "an-giang/tinh-bien/moi"
    clerk = office.person("clerk").public_id
    give_role(clerk, "officer", code, office.today, actor=SYSTEM, now=office.now)
    office.move(days=1)
    close_unit(code, office.today, PAPER, actor=office.actor("admin"), now=office.now)
    assert unit(office, code).to_date == office.today
    with pytest.raises(InvalidForm):
        add_unit(NewUnit(code, "ấp Mới", "hamlet", "hamlet", office.today), LegalPaper(), **then)


def test_a_unit_at_work_is_not_closed(office, two):
    with pytest.raises(InvalidForm) as refused:
        close_unit(AN_CU, office.today, PAPER, actor=office.actor("admin"), now=office.now)
    assert refused.value.faults[0].code == "unit_at_work"

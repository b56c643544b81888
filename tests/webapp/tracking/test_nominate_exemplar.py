"""From an exemplar to its nomination for an award, and back."""

from tests.factories import ROUND, STRAND
from tests.introducing import NAME, SECRET, day, introduced, propose
from tests.people import AN_CU
from tests.webapp.operations.test_replications import apply
from webapp.extensions import db
from webapp.operations.interventions import stop_case
from webapp.queries.exemplar_tallies import appraised_example

__all__ = ["introduced"]


def nominate(office, exemplar):
    return office.nominate(nominee_kind="collective", nominee_name=NAME, exemplar=exemplar)


def button(page):
    return [link["href"] for link in page.all(".exemplar-links a") if "Đề nghị khen thưởng" in link.text]


def test_the_form_is_filled_with_what_the_exemplar_is(signed_in, introduced):
    officer = signed_in("officer")
    [url] = button(officer.get(f"/exemplars/{introduced}"))
    form = officer.get(url).form()
    assert form["nominee_name"] == NAME
    assert form["nominee_kind"] == "collective"
    assert form["submitting_unit"] == AN_CU
    assert form["exemplar"] == introduced
    officer.submit(round=ROUND, strand=STRAND, proposed_award="certificate_of_merit", filled_by="officer")
    page = officer.get(f"/exemplars/{introduced}")
    [link] = page.all("[aria-labelledby=nominations-title] a")
    assert officer.get(link["href"]).all(f"a[href='/exemplars/{introduced}']")


def test_the_dossier_begins_with_its_story_and_numbers(signed_in, office, introduced):
    code = nominate(office, introduced)
    task = office.task("prepare_on_behalf", code)
    form = signed_in("officer").get(f"/tasks/{task.public_id}").form("form.task-form")
    assert "Mỗi hộ góp một triệu đồng" in form["achievement_summary"]
    assert "Hộ thoát nghèo" in form.values()


def test_before_it_is_introduced_the_proposal_is_told(signed_in, office, campaign):
    code = propose(office)
    officer = signed_in("officer")
    assert button(officer.get(f"/exemplars/{code}")) == []
    office.do("officer", "verify_exemplar", code, decision="accept")
    assert len(button(officer.get(f"/exemplars/{code}"))) == 1
    task = office.task("prepare_on_behalf", nominate(office, code))
    form = officer.get(f"/tasks/{task.public_id}").form("form.task-form")
    assert form["achievement_summary"] == SECRET


def test_who_may_not_nominate_has_no_button(signed_in, introduced):
    assert button(signed_in("commune_chair").get(f"/exemplars/{introduced}")) == []


def test_one_that_was_not_chosen_can_still_be_nominated(signed_in, office, campaign):
    code = propose(office)
    office.do("officer", "verify_exemplar", code, decision="accept")
    office.do("officer", "plan_fostering", code, foster_date=day(office, 5))
    office.move(days=7)
    office.do("specialist", "select_exemplar", code, decision="not_chosen")
    assert len(button(signed_in("officer").get(f"/exemplars/{code}"))) == 1


def test_after_the_campaign_there_is_no_button(signed_in, office, introduced):
    stop_case("PT-2019-0001", "Kết thúc sớm", actor=office.actor("authority"), now=office.now)
    page = signed_in("specialist").get(f"/exemplars/{introduced}")
    assert [link.text for link in page.all(".exemplar-links a") if "hen thưởng" in link.text] == []


def test_the_appraisal_begins_with_who_applies_it(office, introduced):
    """The one number the work on exemplars gathers for whoever appraises: who does the same, and with what result."""
    replication = apply(office, introduced)
    office.do("specialist", "confirm_application", replication, decision="confirm")
    code = nominate(office, introduced)
    task = office.task("prepare_on_behalf", code)
    told = appraised_example(db.session(), task)["influence"]["example"]
    assert told.startswith("xã An Phú áp dụng từ ")

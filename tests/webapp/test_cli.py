"""Commands of the office's machine: what they say, and that saying it twice changes nothing."""

import re

import pytest

from webapp.extensions import db
from webapp.models import ApiToken, Campaign, CriteriaVersion, Person, PlanVersion, RuleSetVersion
from webapp.operations.tokens import token_digest
from workflows.criteria import SHIPPED_CRITERIA
from workflows.law import SHIPPED_LAW
from workflows.plan import SHIPPED_PLANS
from workflows.units import SHIPPED_UNITS

TINH_BIEN = SHIPPED_PLANS / "tinh-bien-vi-nguoi-ngheo-2020.yaml"


def run(app, *arguments, **options):
    """Run a command as `flask` would."""
    return app.test_cli_runner().invoke(args=[str(argument) for argument in arguments], **options)


@pytest.fixture
def register(app):
    """The units of the demo are entered."""
    for file in sorted(SHIPPED_UNITS.glob("*.yaml")):
        assert run(app, "units", "load", file).exit_code == 0


def test_a_shipped_plan_has_no_faults(app, register):
    for file in sorted(SHIPPED_PLANS.glob("*.yaml")):
        answer = run(app, "plan", "validate", file)
        assert (answer.exit_code, answer.output) == (0, f"{file.name}: no faults\n")


def test_a_faulty_plan_is_refused_with_line_and_fault(app, register, tmp_path):
    text = TINH_BIEN.read_text("utf-8")
    faulty = tmp_path / "faulty.yaml"
    faulty.write_text(text.replace("campaign_kind: thematic", "campaign_kind: sometimes"), "utf-8")
    line = text[: text.index("campaign_kind")].count("\n") + 1
    answer = run(app, "plan", "validate", faulty)
    assert answer.exit_code == 1
    assert re.search(rf"\b{line}\b.*campaign_kind", answer.output), answer.output


def test_a_plan_is_loaded_once(app, register):
    assert "imported" in run(app, "plan", "load", TINH_BIEN).output
    assert "unchanged" in run(app, "plan", "load", TINH_BIEN).output
    assert db.session.query(PlanVersion).count() == db.session.query(Campaign).count() == 1
    campaign = db.session.query(Campaign).one()
    assert len(campaign.strands) == 6
    assert [len(round_.ceilings) for round_ in campaign.rounds] == [12, 12, 12]


def test_a_new_version_of_a_plan_that_has_not_begun_replaces_its_parts(app, register, tmp_path):
    run(app, "plan", "load", TINH_BIEN)
    changed = tmp_path / "changed.yaml"
    changed.write_text(TINH_BIEN.read_text("utf-8").replace("at_most: 6", "at_most: 5"), "utf-8")
    assert "imported" in run(app, "plan", "load", changed).output
    campaign = db.session.query(Campaign).one()
    assert {ceiling.maximum for ceiling in campaign.rounds[0].ceilings} == {3, 5}
    assert db.session.query(PlanVersion).count() == 2


def test_rule_sets_are_loaded_once(app):
    assert run(app, "law", "load").output.count("imported") == len(list(SHIPPED_LAW.glob("*.yaml")))
    assert "imported" not in run(app, "law", "load").output
    assert db.session.query(RuleSetVersion).count() == len(list(SHIPPED_LAW.glob("*.yaml")))


def test_shipped_diagrams_are_deployed_once(app):
    assert run(app, "deploy").output == "16 deployed\n"
    assert run(app, "deploy").output == "0 deployed\n"


def test_the_first_administrator_may_sign_in(app, register, client):
    answer = run(
        app,
        "user",
        "create-admin",
        "quan-tri",
        "--name",
        "Lê Thị Quản",
        "--unit",
        "an-giang/tinh-bien",
        input="mat-khau-1\nmat-khau-1\n",
    )
    assert answer.exit_code == 0, answer.output
    person = db.session.query(Person).one()
    assert person.is_active
    assert [held.role for held in person.holdings] == ["admin"]


def test_administrator_of_an_unknown_unit_leaves_nobody_behind(app):
    arguments = ("user", "create-admin", "quan-tri", "--name", "Lê Thị Quản", "--unit", "nowhere")
    answer = run(app, *arguments, input="mat-khau-1\nmat-khau-1\n")
    assert answer.exit_code == 1
    assert "no unit 'nowhere'" in answer.stderr
    assert db.session.query(Person).count() == 0


def test_what_is_mistyped_is_asked_again_and_a_name_is_taken_once(app, register):
    typed = "nowhere\nan-giang/tinh-bien\nLê Thị Quản\nngan\nngan\nmat-khau-1\nmat-khau-1\n"
    answer = run(app, "user", "create-admin", "quan-tri", input=typed)
    assert "no unit 'nowhere'" in answer.output
    assert "a password has 8 to 200 characters" in answer.output
    assert answer.output.endswith("quan-tri may sign in\n")
    again = run(app, "user", "create-admin", "quan-tri")
    assert again.exit_code == 1
    assert "is taken" in again.stderr
    assert db.session.query(Person).count() == 1


def test_a_token_is_printed_once_and_stored_as_a_hash(app, register):
    run(
        app,
        "user",
        "create-admin",
        "quan-tri",
        "--name",
        "Lê",
        "--unit",
        "an-giang/tinh-bien",
        input="mat-khau-1\nmat-khau-1\n",
    )
    plain = run(app, "token", "create", "quan-tri").output.strip()
    token = db.session.query(ApiToken).one()
    assert token.digest == token_digest(plain)
    assert plain not in repr(vars(token))


def test_a_token_for_nobody_is_refused(app):
    answer = run(app, "token", "create", "nobody")
    assert answer.exit_code == 1
    assert "nobody" in answer.output


def test_a_council_s_vote_profile_is_checked(app, tmp_path):
    file = tmp_path / "profile.yaml"
    text = (
        "code: two_thirds\nname: Từ hai phần ba\ncitation: Quy chế giả định\nmark: unverified\nprofile:\n"
        '  {quorum: "1/2", quorum_base: all, ballot: open, threshold: "2/3", comparison: at_least, base: present}\n'
    )
    file.write_text(text, "utf-8")
    answer = run(app, "council", "check-profile", file)
    assert (answer.exit_code, answer.output) == (0, "profile.yaml: Từ hai phần ba, no faults\n")
    file.write_text(text.replace("2/3", "3/2"), "utf-8")
    answer = run(app, "council", "check-profile", file)
    assert answer.exit_code == 1
    assert "line 6, /profile/threshold: 3/2 is not a share." in answer.output


def test_the_example_criteria_are_loaded_once_and_a_faulty_table_is_refused(app, tmp_path):
    assert run(app, "criteria", "load").output.count("imported") == len(list(SHIPPED_CRITERIA.glob("*.yaml")))
    assert "imported" not in run(app, "criteria", "load").output
    faulty = tmp_path / "faulty.yaml"
    faulty.write_text("code: thieu\n", "utf-8")
    answer = run(app, "criteria", "load", faulty)
    assert answer.exit_code == 1
    assert "sections" in answer.output
    assert db.session.query(CriteriaVersion).count() == 2

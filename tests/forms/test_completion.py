"""Every shipped form can be completed with each of its decisions, and misses what it needs."""

import pytest

from tests.forms.shipped import OWN, RESOLVED, conditions
from workflows import forms

DECISIONS = {
    "campaign/approve_plan": "approve return",
    "acknowledgement/record_late_response": "received_on_paper acknowledged no_plan",
    "midterm_review/verify_report": "verify return",
    "midterm_review/choose_awards": "own merged none",
    "response/approve_response": "approve return",
    "registration/grant_leave": "grant refuse",
    "registration/check_registration": "accept supplement reject",
    "registration/confirm_registration": "confirm return",
    "registration_change/check_change": "accept return refuse",
    "registration_change/confirm_change": "confirm return",
    "registration_list/sign_list": "sign return",
    "registration_list/confirm_list": "confirm return",
    "exemplar/verify_exemplar": "accept supplement reject",
    "exemplar/record_fostering": "continue finished",
    "exemplar/select_exemplar": "select foster not_chosen",
    "exemplar/approve_introduction": "approve return",
    "replication/confirm_application": "confirm return",
    "replication/confirm_results": "confirm follow return",
    "nomination/record_higher_decision": "awarded refuse",
    "extraordinary/record_higher_decision": "awarded refuse",
    "extraordinary_assessment/consider_award": "award propose_higher return refuse",
    "commune_assessment/check_dossier": "complete supplement refuse",
    "commune_assessment/record_meeting": "agree refuse",
    "commune_assessment/conclude_commune_council": "agree refuse",
    "commune_assessment/conclude_posting": "clear refuse",
    "submission/sign_submission": "sign return",
    "district_assessment/appraise": "eligible supplement ask_opinions refuse",
    "district_assessment/give_opinion": "agree disagree no_comment",
    "district_assessment/review_appraisal": "approve return",
    "district_assessment/review_refusal": "refuse return",
    "province_assessment/appraise_at_province": "eligible supplement ask_opinions refuse",
    "province_assessment/give_opinion": "agree disagree no_comment",
    "province_assessment/review_at_province": "approve return",
    "province_assessment/review_refusal_at_province": "refuse return",
    "council_vote/open_session": "open adjourn",
    "council_vote/sign_minutes": "sign return void",
    "ballot/open_second_ballot": "again defer",
    "cluster_scoring/verify_scores": "accept return",
    "finding/review_answer": "close ask",
    "award_issuance/hand_over": "done more",
    "award_revocation/review_revocation": "submit return",
    "award_revocation/decide_revocation": "revoke refuse return",
    "award_revocation/collect_prize": "more done",
    "decision_signing/submit_decision": "submit return",
    "decision_signing/check_decision": "approve return",
    "decision_signing/sign_decision": "sign return",
    "decision_signing/record_signed_decision": "record return",
}
PAPER = "0190b2c4-7d3e-7c11-9a55-1f2e3d4c5b6a"


def example(schema, chosen):
    """The least data a schema asks for once the fields named in ``chosen`` have these values."""
    if "const" in schema:
        return schema["const"]
    if "oneOf" in schema:
        return schema["oneOf"][0]["const"]
    match schema["type"]:
        case "object":
            return _example_object(schema, chosen)
        case "array":
            return [example(schema["items"], chosen)] * max(1, schema.get("minItems", 0))
        case "boolean":
            return True
        case "integer" | "number":
            return max(schema["minimum"], 1)
    return {"date": "2019-12-10", "date-time": "2019-12-10T03:42:00Z"}.get(schema.get("format"), PAPER)


def _example_object(schema, chosen):
    fields = schema["properties"]
    needed = [*schema.get("required", ()), *(name for name in chosen if name in fields)]
    data = {name: chosen.get(name) or example(fields[name], chosen) for name in needed}
    for tested, names in conditions(schema):
        if all(data.get(name) in values for name, values in tested.items()):
            data |= {name: example(fields[name], chosen) for name in names}
    return data


def completions():
    """Every form with each of its decisions, and with each other choice that asks for more."""
    for path in OWN:
        decided = DECISIONS.get(path, "").split()
        yield from ((path, {"decision": each}) for each in decided)
        if not decided:
            yield path, {}
    yield "nomination/prepare_dossier", {"nominee_kind": "individual"}
    yield "nomination/prepare_dossier", {"nominee_kind": "household", "poverty_status": "none"}
    yield "nomination/prepare_dossier", {"nominee_kind": "household", "poverty_status": "poor"}
    yield "extraordinary_assessment/prepare_report", {"nominee_kind": "individual"}
    yield "council_vote/open_session", {"decision": "open", "presided_by": "standing_deputy"}
    yield "council_vote/open_session", {"decision": "open", "ballots": "mixed"}
    yield "council_vote/open_correspondence", {"presided_by": "standing_deputy"}
    yield "submission/receive_submission", {"line": "returned"}
    yield "submission/sign_submission", {"decision": "sign", "method": "scan"}


COMPLETIONS = list(completions())


@pytest.mark.parametrize("path", OWN)
def test_decisions_are_those_of_the_diagrams(path):
    decision = RESOLVED[path]["properties"].get("decision", {"x-outcome": True})
    assert " ".join(each["const"] for each in decision.get("oneOf", ())) == DECISIONS.get(path, "")
    assert decision["x-outcome"] is True
    assert ("decision" in RESOLVED[path].get("required", ())) == (path in DECISIONS)


@pytest.mark.parametrize(("path", "chosen"), COMPLETIONS)
def test_a_form_can_be_completed(path, chosen):
    assert forms.validate(RESOLVED[path], example(RESOLVED[path], chosen)) == []


@pytest.mark.parametrize(("path", "chosen"), COMPLETIONS)
def test_each_required_field_is_missed(path, chosen):
    data = example(RESOLVED[path], chosen)
    for name in set(data) - {"decision", "nominee_kind", "presided_by", "poverty_status", *chosen}:
        less = {key: value for key, value in data.items() if key != name}
        assert [(each.pointer, each.code) for each in forms.validate(RESOLVED[path], less)] == [
            (f"/{name}", "required")
        ]


@pytest.mark.parametrize(("path", "chosen"), COMPLETIONS)
def test_what_completes_a_form_is_all_shown(path, chosen):
    data = example(RESOLVED[path], chosen)
    assert forms.relevant(RESOLVED[path], data) == data


def test_only_ballots_and_their_count_are_kept_out_of_the_entries():
    confidential = {
        path: RESOLVED[path]["x-confidential"] for path in OWN if "x-confidential" in RESOLVED[path]
    }
    assert confidential == {"ballot/cast_vote": "ballot", "ballot/enter_count": "count"}


def test_a_ballot_stays_out_of_the_engine():
    ballot = {"ballots": [{"nomination": "n-1", "vote": "agree"}]}
    assert forms.validate(RESOLVED["ballot/cast_vote"], ballot) == []
    assert forms.outcome_of(RESOLVED["ballot/cast_vote"], ballot) == {}


def test_a_password_is_not_kept():
    data = {"decision": "sign", "signed_as": "chief", "signature": {"method": "password", "password": "x"}}
    assert forms.validate(RESOLVED["decision_signing/sign_decision"], data) == []
    assert forms.without_secrets(RESOLVED["decision_signing/sign_decision"], data) == {
        "decision": "sign",
        "signed_as": "chief",
        "signature": {"method": "password"},
    }

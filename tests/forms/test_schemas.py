"""The shipped forms: valid, bounded, in Vietnamese, their conditions sound."""

import re
import unicodedata
from pathlib import Path

import pytest
from jsonschema import Draft202012Validator

from tests.forms.shipped import FORMS, OWN, RESOLVED, conditions, objects, parts
from workflows import forms

DIAGRAMS = Path(__file__).parents[2] / "workflows" / "diagrams"
SOURCES = {
    *("amended_awards", "issued_decisions", "owing_awards", "revocation_grounds"),
    *("accepted_registrations", "acclaim_candidates", "agenda_nominations"),
    "own_award",
    "awardees",
    "awards",
    "batch_lines",
    "cluster_lines",
    "cluster_results",
    "commendations",
    "copy_recipients",
    "deciding_rounds",
    "council_nominations",
    "criteria",
    "figures",
    "introduced_exemplars",
    "nominee_kinds",
    "opinion_bodies",
    "paper_types",
    "registration_papers",
    "passed_nominations",
    "pledged_figures",
    "ready_nominations",
    *("receiving_units", "recognised_exemplars", "refusal_grounds", "round_nominations", "rounds"),
    "session_members",
    "weights",
    "signers",
    *("office_keys", "own_keys", "signing_methods"),
    "strands",
    "tied_nominations",
    "titles",
    "units",
    "unlisted_registrations",
}  # fmt: skip -- a word list
PROCESSES = {
    "campaign": "start draft_plan approve_plan close_round conclude_campaign",
    "launch": "publish_plan",
    "acknowledgement": "acknowledge_plan confirm_receipt record_late_response",
    "midterm_review": "report_indicators verify_report consolidate_review choose_awards close_midterm_round"
    " conclude_review",
    "response": "start file_response approve_response conclude_response",
    "registration": "start grant_leave fill_registration fill_on_behalf check_registration"
    " supplement_registration confirm_registration",
    "registration_change": "start describe_change describe_on_behalf check_change confirm_change",
    "registration_list": "start gather_registrations sign_list confirm_list",
    "exemplar": "start verify_exemplar supplement_exemplar plan_fostering record_fostering select_exemplar"
    " prepare_introduction approve_introduction",
    "replication": "start confirm_application mend_application report_results confirm_results",
    "nomination": "start prepare_dossier prepare_on_behalf correct_line record_higher_decision",
    "extraordinary": "start record_higher_decision",
    "extraordinary_assessment": "prepare_report consider_award",
    "commune_assessment": "check_dossier supplement_dossier record_meeting conclude_commune_council"
    " post_publicly conclude_posting",
    "submission": "start prepare_submission sign_submission receive_submission",
    "district_assessment": "appraise supplement_for_district give_opinion review_appraisal review_refusal",
    "province_assessment": "forward_to_province appraise_at_province give_opinion supplement_for_province"
    " supplement_by_submitter review_at_province review_refusal_at_province",
    "council_vote": "start prepare_agenda open_session open_correspondence reconvene draft_minutes sign_minutes",
    "ballot": "cast_vote enter_count decide_ties open_second_ballot",
    "cluster_scoring": "start score_self score_cross consolidate_scores verify_scores cast_acclaim conclude_year",
    "finding": "start answer_finding review_answer",
    "award_issuance": "start draft_decision hand_over send_copies publish_decision close_file",
    "award_correction": "start draft_correction",
    "award_revocation": "start prepare_revocation review_revocation decide_revocation draft_revocation collect_prize",
    "decision_signing": "submit_decision check_decision sign_decision number_decision record_signed_decision",
}
SIGNED = {
    "campaign/approve_plan": "approve",
    "submission/sign_submission": "sign",
    "registration_list/sign_list": "sign",
    "council_vote/sign_minutes": "sign",
    "award_revocation/review_revocation": "submit",
    "decision_signing/submit_decision": "submit",
    "decision_signing/sign_decision": "sign",
}
ALWAYS_SIGNED = {"council_vote/draft_minutes"}
KEYWORDS = {
    "$id",
    "$ref",
    "$schema",
    "additionalProperties",
    "allOf",
    "const",
    "description",
    "enum",
    "format",
    "if",
    *("items", "maxItems", "maxLength", "maximum"),
    *("minItems", "minLength", "minimum"),
    "oneOf",
    "pattern",
    "properties",
    "required",
    "then",
    "title",
    "type",
    "uniqueItems",
    "x-confidential",
    "x-day",
    "x-most",
    "x-options",
    "x-outcome",
    "x-paper",
    "x-part",
    "x-protected",
    "x-secret",
    "x-when",
    "x-widget",
    "x-yes-when",
}  # fmt: skip -- a word list
FIXED = ("nominee_kinds", "signing_methods")
"""Sources of options that always offer some of the same."""

ANNOTATIONS = {"title", "description", "x-paper", "x-part", "x-when", "x-outcome", "x-yes-when"}


def test_every_user_task_of_the_inventory_has_its_form():
    assert [
        f"{process}/{task}" for process in sorted(PROCESSES) for task in sorted(PROCESSES[process].split())
    ] == OWN


@pytest.mark.parametrize("path", [path for path in OWN if not path.endswith("/start")])
def test_a_form_has_the_name_its_task_has_in_the_diagram(path):
    process, task = path.split("/")
    diagram = (DIAGRAMS / process / f"{process}.bpmn").read_text(encoding="utf-8")
    named = re.search(rf'<bpmn:userTask id="{task}" name="([^"]*)"', diagram)
    assert named, "no such user task"
    assert FORMS[path]["title"] == named[1]


@pytest.mark.parametrize("path", FORMS)
def test_a_schema_is_valid_and_says_where_it_lives(path):
    schema = FORMS[path]
    Draft202012Validator.check_schema(schema)
    Draft202012Validator.check_schema(RESOLVED[path])
    assert schema["$schema"] == "https://json-schema.org/draft/2020-12/schema"
    assert schema["$id"] == f"forms/{path}.json"


@pytest.mark.parametrize("path", FORMS)
def test_only_known_words_are_used(path):
    for where, _name, part in parts(FORMS[path]):
        assert set(part) <= KEYWORDS, where


@pytest.mark.parametrize("path", FORMS)
def test_beside_a_reference_stand_annotations_only(path):
    """Then putting the shared schema in its place means the same as the standard says."""
    for where, _name, part in parts(FORMS[path]):
        assert "$ref" not in part or set(part) - {"$ref"} <= ANNOTATIONS, where


def test_every_shared_schema_is_used():
    used = {
        Path(part["$ref"]).stem for each in FORMS.values() for _, _, part in parts(each) if "$ref" in part
    }
    assert used == {path.removeprefix("common/") for path in FORMS if path.startswith("common/")}


@pytest.mark.parametrize("path", FORMS)
def test_names_are_plain_english_identifiers(path):
    for where, name, _part in parts(FORMS[path]):
        assert not name or re.fullmatch(r"[a-z][a-z_]*[a-z]", name), where
        assert name != "typename", "the engine cannot load data with such a key"


@pytest.mark.parametrize("path", FORMS)
def test_every_label_and_choice_has_vietnamese_text(path):
    schema = RESOLVED[path]
    texts = [part[key] for _, _, part in parts(schema) for key in ("title", "description") if key in part]
    texts += [each["title"] for _, _, part in parts(schema) for each in part.get("oneOf", ())]
    for text in texts:
        assert text == unicodedata.normalize("NFC", text.strip())
        assert not text.isascii(), text
    for where, name, part in parts(schema):
        assert name == "items" or part.get("title"), where


@pytest.mark.parametrize("path", FORMS)
def test_everything_has_a_limit(path):
    for where, _name, part in parts(RESOLVED[path]):
        match part["type"]:
            case "string":
                assert {"maxLength", "oneOf"} & set(part) or part["format"] in ("date", "date-time"), where
            case "array":
                assert 1 <= part["maxItems"] <= 500, where
            case "integer" | "number":
                assert part["minimum"] <= part["maximum"], where
            case "object":
                assert part["additionalProperties"] is False, where


@pytest.mark.parametrize("path", FORMS)
def test_required_fields_exist(path):
    for each in objects(RESOLVED[path]):
        assert set(each.get("required", ())) <= set(each["properties"])
        for tested, names in conditions(each):
            assert set(names) | set(tested) <= set(each["properties"])


@pytest.mark.parametrize("path", FORMS)
def test_choices_differ(path):
    for where, _name, part in parts(RESOLVED[path]):
        for key in ("const", "title"):
            values = [each[key] for each in part.get("oneOf", ())]
            assert len(values) == len(set(values)), where


@pytest.mark.parametrize("path", FORMS)
def test_conditions_name_real_fields_and_choices(path):
    for each in objects(RESOLVED[path]):
        fields = each["properties"]
        for name, part in fields.items():
            for tested, values in part.get("x-when", {}).items():
                offered = [choice["const"] for choice in fields[tested].get("oneOf", ())]
                assert values, name
                assert set(values) <= set(offered) or fields[tested].get("x-options") in FIXED, name


@pytest.mark.parametrize("path", FORMS)
def test_a_condition_repeats_that_of_the_field_it_looks_at(path):
    """A field that hangs on a hidden field is hidden too, without the reader following chains."""
    for each in objects(RESOLVED[path]):
        for name, part in each["properties"].items():
            when = part.get("x-when", {})
            for tested in when:
                assert each["properties"][tested].get("x-when", {}).items() <= when.items(), name


@pytest.mark.parametrize("path", FORMS)
def test_what_is_required_on_a_condition_is_shown_on_the_same(path):
    for each in objects(RESOLVED[path]):
        for tested, names in conditions(each):
            for name in names:
                assert each["properties"][name]["x-when"] == tested, name
        for name in each.get("required", ()):
            assert "x-when" not in each["properties"][name], name


@pytest.mark.parametrize("path", OWN)
def test_options_come_from_the_closed_list(path):
    assert forms.sources_of(RESOLVED[path]) <= SOURCES


def test_every_source_of_options_is_used():
    assert frozenset().union(*map(forms.sources_of, RESOLVED.values())) == SOURCES


@pytest.mark.parametrize("path", OWN)
def test_rules_of_ours_name_what_the_form_has(path):
    for where, _name, part in parts(RESOLVED[path]):
        fields = part.get("properties", {})
        for name, field in fields.items():
            assert field.get("x-day", "until_today") in ("until_today", "from_today", "coming_year"), where
            assert fields.get(field.get("x-most", name), {}).get("type") == field.get("type"), where
            assert set(field.get("x-yes-when", ())) <= fields.keys(), where


@pytest.mark.parametrize("path", OWN)
def test_outcomes_are_never_free_text(path):
    for where, name, part in parts(RESOLVED[path]):
        if part.get("x-outcome"):
            assert where == f"/{name}", "only fields of the form itself enter the engine"
            assert "oneOf" in part or part["type"] in ("boolean", "integer") or "date" in part["format"], (
                where
            )


@pytest.mark.parametrize("path", OWN)
def test_papers_have_a_type(path):
    for where, _name, part in parts(RESOLVED[path]):
        assert (part.get("format") == "paper") == ("x-paper" in part), where
        assert re.fullmatch("[a-z_]+", part.get("x-paper", "paper")), where


@pytest.mark.parametrize("path", OWN)
def test_signatures_are_asked_for_where_something_is_signed(path):
    signature = RESOLVED[path]["properties"].get("signature")
    assert (signature is not None) == (path in SIGNED or path in ALWAYS_SIGNED)
    assert (signature or {}).get("x-when") == ({"decision": [SIGNED[path]]} if path in SIGNED else None)


def test_only_passwords_are_secret():
    secret = {name for each in RESOLVED.values() for _, name, part in parts(each) if part.get("x-secret")}
    assert secret == {"password", "pin"}

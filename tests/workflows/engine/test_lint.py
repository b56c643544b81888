"""The lint: each fault is found by its code at its place, and what is shipped has none."""

import re

import pytest

from tests.workflows.engine.snippets import EFFECTS, FILES, ROLES, deployment, sound, spoiled
from workflows.engine import FAULTS, Fault, lint
from workflows.shipped import ROOTS, shipped_deployments
from workflows.values import Deployment

CASE, TABLE, CALLED = "diagrams/case/case.bpmn", "diagrams/case/posting.dmn", "diagrams/review/review.bpmn"
PEOPLE = set(
    "registrant officer commune_chair specialist head secretary member presiding office authority clerk auditor".split()
)
SHIPPED_EFFECTS = set(
    "notify render open_registration close_registration open_round send_plan record_registration skip_posting "
    "record_version mark_confirmed publish_introduction deliver_lines record_silence send_invitations "
    "remind_members count_votes deliver_results deliver_awards apply_correction strike_awards "
    "render_award_papers render_review_papers close_self_scoring publish_ranking count_acclaim".split()
)


def faults(made: Deployment) -> list[Fault]:
    return lint(made, roles=ROLES, effects=EFFECTS)


def codes(made: Deployment) -> set[str]:
    return {fault.code for fault in faults(made)}


SCRIPT = '<bpmn:scriptTask id="compute"><bpmn:script>x = 1</bpmn:script></bpmn:scriptTask>'
PRE = "<bpmn:extensionElements><spiff:preScript>x = 1</spiff:preScript></bpmn:extensionElements>"
LOOP = "<bpmn:multiInstanceLoopCharacteristics>"
INNER = '<bpmn:endEvent id="end_done"/>'
OUTER = '<bpmn:endEvent id="completed"/>'
CHECK = '<bpmn:userTask id="check" name="Kiểm tra"/>'
OFFERED = """<bpmn:userTask id="check" name="Kiểm tra"><bpmn:extensionElements><spiff:properties>
  <spiff:property name="bulk" value="wave_through"/>
</spiff:properties></bpmn:extensionElements></bpmn:userTask>"""
WITHDRAWN = '<bpmn:endEvent id="end_withdrawn"/>'
START = '<bpmn:startEvent id="start"/>'
TO_SPLIT = '<bpmn:sequenceFlow id="answer_to_split" sourceRef="answer" targetRef="split"/>'
OWN_EVENT = """<bpmn:subProcess id="on_demand" triggeredByEvent="true">
  <bpmn:startEvent id="asked"/>
  <bpmn:endEvent id="answered"/><bpmn:sequenceFlow id="f" sourceRef="asked" targetRef="answered"/>
</bpmn:subProcess>"""
SECOND_SPLIT = """sourceRef="decide" targetRef="second"/><bpmn:parallelGateway id="second"/>
<bpmn:sequenceFlow id="g" sourceRef="second" targetRef="reminded"/>
<bpmn:sequenceFlow id="h" sourceRef="second" targetRef="end_done\""""
ASK = f"""<bpmn:userTask id="ask" name="Hỏi">{LOOP}<bpmn:loopDataInputRef>bodies</bpmn:loopDataInputRef>
<bpmn:inputDataItem id="unit"/></bpmn:multiInstanceLoopCharacteristics></bpmn:userTask>"""
MESSAGE = '<bpmn:messageEventDefinition id="m" messageRef="message_withdraw"/>'
HIDDEN = '<bpmn:sequenceFlow id="hidden" sourceRef="start" targetRef="check"/>'
SHOUT = '<spiff:parameter id="loud" type="str" value="print(1)"/>'
ENTITY = '<?xml version="1.0"?><!DOCTYPE x [<!ENTITY e "e">]><x>&e;</x>'

# code → (file, old, new, id of the element that is named)
SPOILED: list[tuple[str, str, str, str, str]] = [
    ("process_id", CASE, 'process id="case"', 'process id="dossier"', "dossier"),
    ("not_executable", CASE, 'isExecutable="true"', 'isExecutable="false"', "case"),
    ("process_count", CASE, OUTER, OUTER + '<bpmn:process id="inner"/>', ""),
    ("process_count", CASE, "</bpmn:definitions>", '<bpmn:process id="b"/></bpmn:definitions>', ""),
    ("unreadable_id", CASE, 'id="begin_to_check"', 'id="Flow_0abc12d"', "Flow_0abc12d"),
    ("unreadable_id", CASE, 'id="begin_to_check"', 'id="flow_0abc12d"', "flow_0abc12d"),
    ("unreadable_id", CASE, 'id="begin_to_check"', 'id="begin-to-check"', "begin-to-check"),
    ("unreadable_id", TABLE, 'decision id="posting"', 'decision id="Decision_1"', "Decision_1"),
    ("duplicate_id", CASE, 'endEvent id="reminded"', 'endEvent id="completed"', "completed"),
    ("duplicate_id", CASE, 'parameter id="template"', 'parameter id="split"', "split"),
    ("name_missing", CASE, 'name="Kiểm tra"', 'name=" "', "check"),
    ("name_missing", CASE, 'name="Công chức"', "", "officer"),
    ("element_refused", CASE, INNER, INNER + '<bpmn:inclusiveGateway id="some"/>', "some"),
    ("element_refused", CASE, INNER, INNER + '<bpmn:manualTask id="carry"/>', "carry"),
    ("element_refused", CASE, '<bpmn:error id="error_lost"', '<bpmn:signal id="s"/><bpmn:error id="error_lost"',
     "s"),
    ("element_refused", CASE, OUTER, OUTER + f"<bpmn:extensionElements>{HIDDEN}</bpmn:extensionElements>", "hidden"),
    ("extension_refused", CASE, OUTER,
     OUTER + '<bpmn:extensionElements><x xmlns="urn:x"/></bpmn:extensionElements>', "case"),
    ("script_refused", CASE, INNER, INNER + SCRIPT, "compute"),
    ("script_refused", CASE, CHECK, CHECK.replace('/>', f'>{PRE}</bpmn:userTask>'), "check"),
    ("event_subprocess", CASE, OUTER, OUTER + OWN_EVENT, "on_demand"),
    ("loop_refused", CASE, LOOP, LOOP.replace('>', ' isSequential="true">'), "answer"),
    ("loop_refused", CASE, LOOP, LOOP + "<bpmn:completionCondition>done</bpmn:completionCondition>", "answer"),
    ("loop_refused", CASE, LOOP, LOOP + "<bpmn:loopDataOutputRef>votes</bpmn:loopDataOutputRef>", "answer"),
    ("loop_refused", CASE, CHECK, CHECK.replace('/>', '><bpmn:standardLoopCharacteristics/></bpmn:userTask>'),
     "check"),
    ("multi_instance_not_wrapped", CASE, WITHDRAWN,
     ASK, "ask"),
    ("start_count", CASE, '<bpmn:startEvent id="begin"/>', "", "wrapped"),
    ("start_count", CASE, START, START + '<bpmn:startEvent id="other"/>', "case"),
    ("not_connected", CASE, OUTER, OUTER + '<bpmn:userTask id="forgotten" name="Bỏ quên"/>', "forgotten"),
    ("not_connected", CASE, 'sourceRef="decide" targetRef="end_done"', 'sourceRef="join" targetRef="end_done"',
     "decide"),
    ("flow_broken", CASE, 'sourceRef="decide" targetRef="end_done"', 'sourceRef="decide" targetRef="completed"',
     "decide_to_end_done"),
    ("flow_broken", CASE, 'sourceRef="decide" targetRef="end_done"', 'sourceRef="decide" targetRef="nowhere"',
     "decide_to_end_done"),
    ("duplicate_flow", CASE, TO_SPLIT, TO_SPLIT + TO_SPLIT.replace('answer_to_split', 'again'), "again"),
    ("implicit_split", CASE, TO_SPLIT,
     TO_SPLIT + '<bpmn:sequenceFlow id="f" sourceRef="answer" targetRef="decide"/>', "answer"),
    ("default_missing", CASE, ' default="is_complete_to_check"', "", "is_complete"),
    ("default_missing", CASE, 'default="is_complete_to_check"', 'default="answer_to_split"', "is_complete"),
    ("condition_missing", CASE, "<bpmn:conditionExpression>decision == 'complete'</bpmn:conditionExpression>", "",
     "is_complete_to_answer"),
    ("and_not_wrapped", CASE, 'sourceRef="decide" targetRef="end_done"', SECOND_SPLIT, "split"),
    ("and_not_wrapped", CASE, START, START + '<bpmn:parallelGateway id="both"/>', "both"),
    ("lane_missing", CASE, "<bpmn:flowNodeRef>check</bpmn:flowNodeRef>", "", "check"),
    ("role_unknown", CASE, 'lane id="officer"', 'lane id="minister"', "minister"),
    ("place_unknown", CASE, 'name="place" value="submitter"', 'name="place" value="moon"', "officer"),
    ("place_unknown", CASE, '<spiff:property name="place" value="submitter"/>', "", "officer"),
    ("item_missing", CASE, 'name="place" value="submitter"', 'name="place" value="each"', "check"),
    ("bulk_unsuited", CASE, CHECK, OFFERED, "check"),
    ("form_broken", "forms/common/note.json", '"string"', '"text"', "check"),
    ("form_broken", "forms/case/check.json", "../common/note.json", "../common/none.json", "check"),
    ("form_broken", "forms/case/check.json", '{"type"', '{type"', "check"),
    ("reference_missing", CASE, 'messageRef="message_withdraw"', 'messageRef="message_none"', "withdrawal"),
    ("reference_missing", CASE, 'attachedToRef="check"', 'attachedToRef="completed"', "reminder"),
    ("reference_missing", CASE, "<bpmn:flowNodeRef>answer</bpmn:flowNodeRef>",
     "<bpmn:flowNodeRef>answer</bpmn:flowNodeRef><bpmn:flowNodeRef>gone</bpmn:flowNodeRef>", "officer__each"),
    ("call_missing", CASE, 'calledElement="review"', 'calledElement="reviews"', "review"),
    ("call_missing", CASE, "<spiff:calledDecisionId>", "<spiff:calledDecisionId/><spiff:calledDecisionId>", "decide"),
    ("call_missing", CASE, "calledDecisionId>posting<", "calledDecisionId>postings<", "decide"),
    ("call_circle", CALLED, "</bpmn:process>", '<bpmn:callActivity id="back" calledElement="case"/></bpmn:process>',
     "review"),
    ("expression_refused", CASE, "decision == 'complete'", "open('x')", "is_complete_to_answer"),
    ("expression_refused", CASE, ">due('intake')<", ">'PT3H'<", "reminder_timer"),
    ("expression_refused", CASE, ">bodies<", ">range(3)<", "answer"),
    ("expression_refused", CASE, '<bpmn:inputDataItem id="unit" name="unit"/>', "", "answer"),
    ("expression_refused", CASE, '"\'check_due\'"', '"unit.code"', "remind"),
    ("expression_refused", TABLE, "<text>route</text>", "<text>route.lower()</text>", "route_input"),
    ("expression_refused", TABLE, "<text>7</text>", "<text>7 + 1</text>", "row_long"),
    ("expression_refused", TABLE, '<text>"commune"</text>', '<text>"commune", "direct"</text>', "row_short"),
    ("expression_refused", TABLE, '<text>"commune"</text>', "<text>in [1]</text>", "row_short"),
    ("expression_refused", TABLE, '<text>"commune"</text>', "<text>== days</text>", "row_short"),
    ("expression_refused", TABLE, '<text>"commune"</text>', "<text>&gt; 5</text>", "posting"),
    ("expression_refused", CASE, "<spiff:parameters>", SHOUT + "<spiff:parameters>", "remind"),
    ("event_refused", CASE, INNER,
     '<bpmn:endEvent id="end_done"><bpmn:terminateEventDefinition id="t"/></bpmn:endEvent>', "end_done"),
    ("event_refused", CASE, START, f'<bpmn:startEvent id="start">{MESSAGE}</bpmn:startEvent>', "start"),
    ("timer_refused", CASE, "<bpmn:timeDate>due('intake')</bpmn:timeDate>",
     "<bpmn:timeDuration>'P3D'</bpmn:timeDuration>", "reminder_timer"),
    ("timer_refused", CASE, "<bpmn:timeDate>due('intake')</bpmn:timeDate>",
     "<bpmn:timeCycle>'R3/P1D'</bpmn:timeCycle>", "reminder_timer"),
    ("message_without_name", CASE, 'name="withdraw"', "", "message_withdraw"),
    ("code_missing", CASE, ' escalationCode="overdue"', "", "escalation_overdue"),
    ("code_missing", CASE, ' errorCode="lost"', "", "error_lost"),
    ("effect_missing", CASE, '<bpmn:serviceTask id="remind">',
     '<bpmn:serviceTask id="idle"/><bpmn:serviceTask id="remind">', "idle"),
    ("effect_missing", CASE, '<spiff:serviceTaskOperator id="notify">',
     '<spiff:serviceTaskOperator id="notify"/><spiff:serviceTaskOperator id="notify">', "remind"),
    ("effect_unknown", CASE, 'Operator id="notify"', 'Operator id="shout"', "remind"),
    ("result_refused", CASE, 'Operator id="notify"', 'Operator id="notify" resultVariable="decision"', "remind"),
    ("table_shape", TABLE, '<inputEntry id="a2"><text>"commune"</text></inputEntry>', "", "row_short"),
    ("table_shape", TABLE, "</definitions>", '<decision id="more" name="x"/></definitions>', ""),
    ("table_shape", TABLE, "<text>7</text>", "<text>7</text><text>exit()</text>", ""),
    ("table_shape", TABLE, "<text>7</text>", "<text>7</text><x:text xmlns:x='urn:x'>exit()</x:text>", ""),
    ("hit_policy", TABLE, 'hitPolicy="UNIQUE"', 'hitPolicy="FIRST"', "posting"),
    ("rows_overlap", TABLE, "? &gt;= 5", "? &gt;= 4", "row_long"),
    ("row_never_applies", TABLE, "? &gt;= 5 and ? &lt; 9", "? &gt;= 5 and ? &lt; 3", "row_long"),
    ("default_row_missing", TABLE, "<text>-</text>", "<text>&gt; 20</text>", "posting"),
]  # fmt: skip  # -- one fault in one or two lines

# code → files that replace sound ones
REPLACED: list[tuple[str, dict[str, str | None], str, str]] = [
    ("not_xml", {CASE: "<bpmn:definitions>"}, CASE, ""),
    ("doctype", {TABLE: ENTITY}, TABLE, ""),
    ("root_missing", {CASE: None}, "", ""),
    ("form_missing", {"forms/case/answer.json": None}, CASE, "answer"),
]


def test_the_sound_deployment_has_no_fault() -> None:
    assert faults(sound()) == []


@pytest.mark.parametrize(
    ("code", "path", "old", "new", "element"),
    SPOILED,
    ids=[f"{case[0]}-{number}" for number, case in enumerate(SPOILED)],
)
def test_a_fault_is_named_at_its_element(code: str, path: str, old: str, new: str, element: str) -> None:
    found = faults(spoiled(path, old, new))
    where = path if path.startswith("diagrams/") else CASE
    assert (where, element, code) in [(fault.file, fault.element, fault.code) for fault in found]


@pytest.mark.parametrize(("code", "changed", "path", "element"), REPLACED)
def test_a_fault_of_a_whole_file_is_named(
    code: str, changed: dict[str, str | None], path: str, element: str
) -> None:
    found = faults(deployment(changed))
    assert (path, element, code) in [(fault.file, fault.element, fault.code) for fault in found]


def test_what_only_the_engine_finds_is_named_last() -> None:
    prefixed = re.sub(r"<(/?)(?=[a-z])", r"<\1table:", FILES[TABLE]).replace("xmlns=", "xmlns:table=")
    (fault,) = faults(deployment({TABLE: prefixed}))
    assert fault.code == "engine_refuses"
    assert "Undefined namespace prefix" in fault.params["reason"]


def test_several_faults_are_named_at_once() -> None:
    text = FILES[CASE].replace('id="begin_to_check"', 'id="Flow_1"').replace("due('intake')", "now()")
    assert codes(deployment({CASE: text, CALLED: None})) == {
        "unreadable_id",
        "expression_refused",
        "call_missing",
    }


def test_every_code_has_a_case_here_and_every_text_its_values() -> None:
    tried = {case[0] for case in SPOILED} | {case[0] for case in REPLACED} | {"engine_refuses"}
    assert tried == set(FAULTS)
    spoilt = [spoiled(*case[1:4]) for case in SPOILED] + [deployment(case[1]) for case in REPLACED]
    for fault in (fault for made in spoilt for fault in faults(made)):
        assert set(re.findall(r"%\((\w+)\)s", FAULTS[fault.code])) <= set(fault.params)


def test_overlapping_rows_are_allowed_where_all_are_collected() -> None:
    text = FILES["diagrams/case/posting.dmn"].replace("UNIQUE", "COLLECT").replace("? &gt;= 5", "? &gt;= 4")
    assert faults(deployment({TABLE: text})) == []


def test_a_whole_number_column_has_nothing_between_neighbours() -> None:
    text = FILES[TABLE].replace("? &gt;= 5", "? &gt; 4")
    assert faults(deployment({TABLE: text})) == []
    assert codes(deployment({TABLE: text.replace('typeRef="integer">', 'typeRef="number">')})) == {
        "rows_overlap"
    }


@pytest.mark.parametrize("root", ROOTS)
def test_what_is_shipped_has_no_fault(root: str) -> None:
    assert lint(shipped_deployments()[root], roles=PEOPLE, effects=SHIPPED_EFFECTS) == []

"""A small sound deployment, as text that a test can spoil in one place."""

from collections.abc import Mapping

from workflows.values import Deployment

ROLES = {"officer", "specialist"}
EFFECTS = {"notify"}

BPMN = """<?xml version="1.0" encoding="UTF-8"?>
<bpmn:definitions xmlns:bpmn="http://www.omg.org/spec/BPMN/20100524/MODEL"
    xmlns:spiff="http://spiffworkflow.org/bpmn/schema/1.0/core" id="case_definitions" targetNamespace="urn:test">
  <bpmn:message id="message_withdraw" name="withdraw"/>
  <bpmn:escalation id="escalation_overdue" name="overdue" escalationCode="overdue"/>
  <bpmn:error id="error_lost" name="lost" errorCode="lost"/>
  <bpmn:process id="case" name="Vụ việc" isExecutable="true">
    <bpmn:startEvent id="start"/>
    <bpmn:subProcess id="wrapped">
      <bpmn:laneSet id="lanes">
        <bpmn:lane id="officer" name="Công chức">
          <bpmn:extensionElements><spiff:properties>
            <spiff:property name="place" value="submitter"/>
          </spiff:properties></bpmn:extensionElements>
          <bpmn:flowNodeRef>check</bpmn:flowNodeRef>
        </bpmn:lane>
        <bpmn:lane id="officer__each" name="Công chức nơi khác">
          <bpmn:extensionElements><spiff:properties>
            <spiff:property name="place" value="each"/>
          </spiff:properties></bpmn:extensionElements>
          <bpmn:flowNodeRef>answer</bpmn:flowNodeRef>
        </bpmn:lane>
      </bpmn:laneSet>
      <bpmn:startEvent id="begin"/>
      <bpmn:userTask id="check" name="Kiểm tra"/>
      <bpmn:boundaryEvent id="reminder" attachedToRef="check" cancelActivity="false">
        <bpmn:timerEventDefinition id="reminder_timer">
          <bpmn:timeDate>due('intake')</bpmn:timeDate>
        </bpmn:timerEventDefinition>
      </bpmn:boundaryEvent>
      <bpmn:serviceTask id="remind">
        <bpmn:extensionElements>
          <spiff:serviceTaskOperator id="notify"><spiff:parameters>
            <spiff:parameter id="template" type="str" value="'check_due'"/>
          </spiff:parameters></spiff:serviceTaskOperator>
        </bpmn:extensionElements>
      </bpmn:serviceTask>
      <bpmn:endEvent id="reminded"/>
      <bpmn:exclusiveGateway id="is_complete" default="is_complete_to_check"/>
      <bpmn:userTask id="answer" name="Trả lời">
        <bpmn:multiInstanceLoopCharacteristics>
          <bpmn:loopDataInputRef>bodies</bpmn:loopDataInputRef>
          <bpmn:inputDataItem id="unit" name="unit"/>
        </bpmn:multiInstanceLoopCharacteristics>
      </bpmn:userTask>
      <bpmn:parallelGateway id="split"/>
      <bpmn:intermediateCatchEvent id="await_date">
        <bpmn:timerEventDefinition id="await_date_timer">
          <bpmn:timeDate>milestone['date']</bpmn:timeDate>
        </bpmn:timerEventDefinition>
      </bpmn:intermediateCatchEvent>
      <bpmn:callActivity id="review" calledElement="review"/>
      <bpmn:parallelGateway id="join"/>
      <bpmn:businessRuleTask id="decide">
        <bpmn:extensionElements><spiff:calledDecisionId>posting</spiff:calledDecisionId></bpmn:extensionElements>
      </bpmn:businessRuleTask>
      <bpmn:endEvent id="end_done"/>
      <bpmn:sequenceFlow id="begin_to_check" sourceRef="begin" targetRef="check"/>
      <bpmn:sequenceFlow id="reminder_to_remind" sourceRef="reminder" targetRef="remind"/>
      <bpmn:sequenceFlow id="remind_to_reminded" sourceRef="remind" targetRef="reminded"/>
      <bpmn:sequenceFlow id="check_to_is_complete" sourceRef="check" targetRef="is_complete"/>
      <bpmn:sequenceFlow id="is_complete_to_answer" sourceRef="is_complete" targetRef="answer">
        <bpmn:conditionExpression>decision == 'complete'</bpmn:conditionExpression>
      </bpmn:sequenceFlow>
      <bpmn:sequenceFlow id="is_complete_to_check" sourceRef="is_complete" targetRef="check"/>
      <bpmn:sequenceFlow id="answer_to_split" sourceRef="answer" targetRef="split"/>
      <bpmn:sequenceFlow id="split_to_await_date" sourceRef="split" targetRef="await_date"/>
      <bpmn:sequenceFlow id="split_to_review" sourceRef="split" targetRef="review"/>
      <bpmn:sequenceFlow id="await_date_to_join" sourceRef="await_date" targetRef="join"/>
      <bpmn:sequenceFlow id="review_to_join" sourceRef="review" targetRef="join"/>
      <bpmn:sequenceFlow id="join_to_decide" sourceRef="join" targetRef="decide"/>
      <bpmn:sequenceFlow id="decide_to_end_done" sourceRef="decide" targetRef="end_done"/>
    </bpmn:subProcess>
    <bpmn:boundaryEvent id="withdrawal" attachedToRef="wrapped">
      <bpmn:messageEventDefinition id="withdrawal_message" messageRef="message_withdraw"/>
    </bpmn:boundaryEvent>
    <bpmn:endEvent id="end_withdrawn"/>
    <bpmn:endEvent id="completed"/>
    <bpmn:sequenceFlow id="start_to_wrapped" sourceRef="start" targetRef="wrapped"/>
    <bpmn:sequenceFlow id="wrapped_to_completed" sourceRef="wrapped" targetRef="completed"/>
    <bpmn:sequenceFlow id="withdrawal_to_end" sourceRef="withdrawal" targetRef="end_withdrawn"/>
  </bpmn:process>
</bpmn:definitions>
"""

CALLED = """<?xml version="1.0" encoding="UTF-8"?>
<bpmn:definitions xmlns:bpmn="http://www.omg.org/spec/BPMN/20100524/MODEL" id="review_definitions">
  <bpmn:process id="review" name="Xem xét" isExecutable="true">
    <bpmn:startEvent id="start"/>
    <bpmn:endEvent id="end_reviewed"/>
    <bpmn:sequenceFlow id="start_to_end" sourceRef="start" targetRef="end_reviewed"/>
  </bpmn:process>
</bpmn:definitions>
"""

DMN = """<?xml version="1.0" encoding="UTF-8"?>
<definitions xmlns="https://www.omg.org/spec/DMN/20191111/MODEL/" id="posting_definitions" name="posting"
    namespace="urn:test">
  <decision id="posting" name="Số ngày niêm yết">
    <decisionTable id="posting_table" hitPolicy="UNIQUE">
      <input id="days_input" label="days"><inputExpression id="days_text" typeRef="integer">
        <text>days</text></inputExpression></input>
      <input id="route_input" label="route"><inputExpression id="route_text" typeRef="string">
        <text>route</text></inputExpression></input>
      <output id="posting_output" name="posting" typeRef="integer"/>
      <rule id="row_short">
        <inputEntry id="a1"><text>&lt; 5</text></inputEntry>
        <inputEntry id="a2"><text>"commune"</text></inputEntry>
        <outputEntry id="a3"><text>3</text></outputEntry>
      </rule>
      <rule id="row_long">
        <inputEntry id="b1"><text>? &gt;= 5 and ? &lt; 9</text></inputEntry>
        <inputEntry id="b2"><text>? in ["commune", "direct"]</text></inputEntry>
        <outputEntry id="b3"><text>7</text></outputEntry>
      </rule>
      <rule id="row_other">
        <inputEntry id="c1"><text>-</text></inputEntry>
        <inputEntry id="c2"><text></text></inputEntry>
        <outputEntry id="c3"><text>days</text></outputEntry>
      </rule>
    </decisionTable>
  </decision>
</definitions>
"""

FORM = '{"type": "object", "properties": {"note": {"$ref": "../common/note.json"}}}'

FILES = {
    "diagrams/case/case.bpmn": BPMN,
    "diagrams/case/posting.dmn": DMN,
    "diagrams/review/review.bpmn": CALLED,
    "forms/case/check.json": FORM,
    "forms/case/answer.json": FORM,
    "forms/common/note.json": '{"type": "string"}',
}


def sound() -> Deployment:
    """A deployment without faults that uses every kind of element the lint knows."""
    return deployment({})


def spoiled(path: str, old: str, new: str) -> Deployment:
    """The sound deployment with ``old`` replaced by ``new`` in one file, where it stands exactly once."""
    assert FILES[path].count(old) == 1, f"{old!r} stands {FILES[path].count(old)} times in {path}"
    return deployment({path: FILES[path].replace(old, new)})


def deployment(changed: Mapping[str, str | None]) -> Deployment:
    """The sound deployment with files replaced, added or (None) taken away."""
    files = {path: text for path, text in (FILES | dict(changed)).items() if text is not None}
    return Deployment("case", {path: text.encode() for path, text in files.items()})

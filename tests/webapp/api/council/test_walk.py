"""The part of `docs/api.md` about the council: every request is run, every answer shown is the answer."""

from tests.webapp.api.program import START, Description, token
from tests.webapp.api.shell import Shell, blocks, walk

COUNCIL = "waiting"
WHO = {"SECRETARY": "secretary", "CHAIRMAN": "authority", "DEPUTY": "chair", "MEMBER": "member1"}
IN_THE_TABLE = {
    "add_opinion_paper",
    "count_again",
    "decide_ties",
    "discard_rule",
    "enter_opinion",
    "list_letters",
    "mark_absent",
    "mark_late",
    "show_letter",
    "show_packet",
    "show_rule_table",
    "show_session_paper",
    "show_trial_form",
    "take_back_relation",
    "void_vote",
}


def test_the_walk_through_is_true(app, council):
    shell = Shell(app, **{name: token(council, username) for name, username in WHO.items()})
    assert sum(kind == "json" for kind, _text in blocks(council=True)) > 8
    walk(shell, council=True, between=council.work)
    asked = {Description(app).operation(*each)["operationId"] for each in shell.requests}
    described = {
        operation["operationId"]
        for (_method, path), operation in Description(app).operations.items()
        if path.startswith(f"{START}/council")
    }
    assert described - asked == IN_THE_TABLE

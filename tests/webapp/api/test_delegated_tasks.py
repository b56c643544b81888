"""A program with somebody's token does nothing that others have delegated to them."""

from tests.offices import scene
from tests.people import AN_CU
from webapp.operations import delegations
from webapp.operations.delegations import Proposal


@scene
def checking(office):
    """Id of the task in which the officer checks a registration; the officer has delegated to the head."""
    registration = office.register()
    office.do("officer", "fill_on_behalf", registration)
    proposal = Proposal(
        delegate=office.person("head").public_id,
        roles=(("officer", AN_CU),),
        from_date=office.today,
        to_date=office.today,
        reason="Nghỉ phép",
    )
    made = delegations.propose(proposal, actor=office.actor("officer"), now=office.now)
    delegations.accept(made, actor=office.actor("head"), now=office.now)
    return office.task("check_registration", registration).public_id


def test_a_token_opens_only_what_is_the_own_right(program, office, checking):
    head = program("head")
    assert head.get("/tasks", tab="delegated")["items"] == []
    head.post(f"/tasks/{checking}/take", status=404)
    program("officer").post(f"/tasks/{checking}/take", status=204)

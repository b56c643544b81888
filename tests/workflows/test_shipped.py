"""The shipped deployments: each whole, and nothing in it that it does not need."""

import pytest

from workflows.engine import read_drawing
from workflows.shipped import FORMS, ROOTS, WORKFLOWS, shipped_deployments


def folders(root: str) -> set[str]:
    return {path.split("/")[1] for path in shipped_deployments()[root].files}


def test_there_is_one_for_each_root() -> None:
    assert tuple(shipped_deployments()) == ROOTS
    assert all(deployment.process == root for root, deployment in shipped_deployments().items())


@pytest.mark.parametrize(
    ("root", "called"),
    [
        ("campaign", {"launch", "acknowledgement", "midterm_review"}),
        ("registration", set()),
        ("exemplar", set()),
        ("replication", set()),
        ("nomination", {"commune_assessment", "district_assessment", "province_assessment", "undo_window"}),
        ("submission", set()),
        ("council_vote", {"ballot"}),
        ("award_issuance", {"decision_signing"}),
        ("award_correction", {"decision_signing"}),
        ("award_revocation", {"decision_signing"}),
        ("cluster_scoring", set()),
        ("finding", set()),
    ],
)
def test_it_holds_what_it_calls_and_the_shared_forms(root: str, called: set[str]) -> None:
    assert folders(root) == {root, "common"} | called
    assert set(read_drawing(shipped_deployments()[root]).processes) == {root} | called


def test_every_diagram_and_every_form_is_shipped_as_it_lies_there() -> None:
    shipped = {
        path: content for each in shipped_deployments().values() for path, content in each.files.items()
    }
    diagrams = {
        path.relative_to(WORKFLOWS).as_posix(): path.read_bytes() for path in WORKFLOWS.rglob("*.bpmn")
    }
    forms = {path.relative_to(FORMS.parent).as_posix(): path.read_bytes() for path in FORMS.rglob("*.json")}
    assert shipped == diagrams | forms


def test_digests_differ_and_stay() -> None:
    digests = {deployment.digest for deployment in shipped_deployments().values()}
    assert len(digests) == len(ROOTS)
    shipped_deployments.cache_clear()
    assert {deployment.digest for deployment in shipped_deployments().values()} == digests

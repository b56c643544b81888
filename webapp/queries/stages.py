"""Which stage of tracking each element of a case's diagram belongs to."""

from __future__ import annotations

from sqlalchemy.orm import Session

from webapp.models import Case
from webapp.queries.deployments import drawing, load_deployment


def elements_of(session: Session, case: Case) -> frozenset[str]:
    """The elements of the root process of a case, as in the deployment it runs on."""
    return frozenset(
        drawing(load_deployment(session, case.deployment_digest)).processes[case.process].elements
    )


def element_stages(session: Session, case: Case) -> dict[str, str]:
    """Elements of the root process that carry a stage, as in the deployment the case runs on."""
    process = drawing(load_deployment(session, case.deployment_digest)).processes[case.process]
    return {
        element.id: element.properties["stage"]
        for element in process.elements.values()
        if "stage" in element.properties
    }

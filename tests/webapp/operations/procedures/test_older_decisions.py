"""A decision opened before its signing was a process of its own runs on to its end on its own diagram."""

from pathlib import Path

from sqlalchemy import select

from tests.proven import faults, open_elements
from tests.sittings import OURS_CODES, SIGNATURE
from webapp.extensions import db
from webapp.models import Award, Decision
from webapp.operations import imports
from webapp.operations.acting import SYSTEM
from workflows.shipped import shipped_deployments
from workflows.values import Deployment

COUNCIL = "concluded"
FOLDER = Path(__file__).parents[3] / "deployed" / "award_issuance"


def before() -> Deployment:
    """The deployment as it was, with the shared forms of today."""
    files = {each.relative_to(FOLDER).as_posix(): each.read_bytes() for each in FOLDER.rglob("*.*")}
    shipped = shipped_deployments()["award_issuance"].files
    return Deployment(
        "award_issuance",
        files | {path: shipped[path] for path in shipped if path.startswith("forms/common/")},
    )


def test_it_is_signed_numbered_handed_over_and_published(council):
    assert imports.deploy(before(), actor=SYSTEM, now=council.now)
    code = council.draft(OURS_CODES[:1])
    imports.deploy_shipped(actor=SYSTEM, now=council.now)
    council.do("head", "submit_decision", code, decision="submit", signature=SIGNATURE)
    council.do("office", "check_decision", code, decision="approve")
    council.do("authority", "sign_decision", code, decision="sign", signature=SIGNATURE)
    council.number(code, 7)
    assert open_elements(code) == ["hand_over"]
    row = {"recipient": OURS_CODES[0], "handed_on": "2019-12-14", "received_by": "Con gái nhận thay"}
    council.do("specialist", "hand_over", code, recipients=[row])
    council.do("secretary", "publish_decision", code)
    assert council.case(code).outcome == "issued"
    assert db.session.scalar(select(Decision.signer_position)) == "Chủ tịch"
    assert db.session.scalar(select(Award.handed_over_to)) == "Con gái nhận thay"
    assert faults() == []

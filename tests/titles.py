"""The plan of the tests with emulation titles beside its certificates, as a regular campaign has them."""

from tests.factories import CAMPAIGN, Office
from webapp.operations.acting import SYSTEM
from webapp.operations.imports import import_plan
from workflows.plan import SHIPPED_PLANS

TITLES = """awards:
  - award: advanced_worker
    level: district
  - award: advanced_collective
    level: district
"""


def offer_titles(office: Office) -> None:
    """Load the plan anew with titles; its campaign must not have been opened."""
    text = (SHIPPED_PLANS / f"{CAMPAIGN}.yaml").read_text("utf-8").replace("awards:\n", TITLES, 1)
    import_plan(text, actor=SYSTEM, now=office.now)

"""What axe-core finds on a page that is open."""

from functools import cache

import pytest
from playwright.sync_api import Page

from tests.conftest import ROOT

AXE = ROOT / "node_modules" / "axe-core" / "axe.min.js"
GRAVE = frozenset({"serious", "critical"})


@cache
def source() -> str:
    """The program that looks; skips where it is not installed."""
    if not AXE.exists():
        pytest.skip("axe-core is not installed (npm ci)")
    return AXE.read_text(encoding="utf-8")


def grave_findings(page: Page) -> list[str]:
    """The serious and critical findings: rule, how many, the first place."""
    page.evaluate(source())
    found = page.evaluate(
        "axe.run(document, { resultTypes: ['violations'] }).then((told) => told.violations)"
    )
    return [
        f"{each['id']} ({each['impact']}, {len(each['nodes'])}): {each['nodes'][0]['html'][:160]}"
        for each in found
        if each["impact"] in GRAVE
    ]

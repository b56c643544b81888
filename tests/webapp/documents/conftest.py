"""What papers look like is tested on papers that are drawn, each time anew."""

import pytest

from tests.drawn import drawn
from webapp.documents import drawing


@pytest.fixture(autouse=True)
def _drawn_anew(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(drawing, "draw", drawn)

"""The demo at its usual date, and years later."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from flask import Flask

from tests.demo_fixture import demo, demo_app, demo_data, demo_place, demo_walk, made_demo

__all__ = ["demo", "demo_data", "demo_place", "demo_walk"]

LATER = "2024-11-12"


@pytest.fixture(scope="session")
def later_data(shared: Path) -> Path:
    """The data folder of the demo of a date when the plans of 2022 and 2024 run."""
    return made_demo(shared, LATER)


@pytest.fixture
def later(later_data: Path, tmp_path: Path) -> Iterator[Flask]:
    """The application on a copy of that demo, inside its context."""
    with demo_app(later_data, tmp_path) as app:
        yield app

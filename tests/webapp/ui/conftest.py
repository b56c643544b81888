"""An application whose pages need no database: fields, formats and navigation are values in, values out."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from flask import Flask, session

from webapp import create_app
from webapp.config import Settings
from webapp.i18n import compile_catalogs


@pytest.fixture(scope="session")
def bare_app(tmp_path_factory: pytest.TempPathFactory) -> Flask:
    compile_catalogs()
    folder: Path = tmp_path_factory.mktemp("bare")
    return create_app(Settings(data_dir=folder, testing=True))


@pytest.fixture
def vietnamese(bare_app: Flask) -> Iterator[Flask]:
    """Inside a request of a reader of Vietnamese."""
    with bare_app.test_request_context("/"):
        yield bare_app


@pytest.fixture
def english(bare_app: Flask) -> Iterator[Flask]:
    """Inside a request of a reader of English."""
    with bare_app.test_request_context("/"):
        session["language"] = "en"
        yield bare_app

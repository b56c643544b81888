"""Papers say and look what their golden files do; `python -m tests.webapp.documents.golden` renews these."""

import json

import pytest
from PIL import ImageChops, ImageFilter

from tests.webapp.documents.golden import FOLDER, PAPERS, picture, picture_faults, text_faults, unlike
from tests.webapp.documents.papers import example, needs_poppler
from webapp.documents import render

pytestmark = needs_poppler


@pytest.fixture(scope="module")
def drawn() -> dict[str, bytes]:
    return {name: make() for name, make in PAPERS.items()}


@pytest.mark.parametrize("name", PAPERS)
def test_paper_says_what_the_golden_one_does(drawn: dict[str, bytes], name: str) -> None:
    assert text_faults(name, drawn[name]) == []


@pytest.mark.parametrize("name", PAPERS)
def test_paper_looks_like_the_golden_one(drawn: dict[str, bytes], name: str) -> None:
    assert picture_faults(name, drawn[name]) == []


def test_there_is_a_golden_text_and_picture_of_each_and_of_nothing_else() -> None:
    kept = {path.name for path in FOLDER.iterdir()}
    assert kept == {f"{name}.{form}" for name in PAPERS for form in ("txt", "png")}


def test_another_amount_is_found_in_the_text() -> None:
    changed = json.loads(json.dumps(example("decision")).replace("670000", "671000"))
    faults = text_faults("decision", render("decision", changed).pdf)
    assert any(line.startswith("+") and "671.000" in line for line in faults)
    assert any(line.startswith("-") and "670.000" in line for line in faults)


def test_a_mark_across_the_page_is_found_in_the_picture() -> None:
    assert picture_faults("receipt", render("receipt", example("receipt"), draft=True).pdf) != []


def test_what_moved_is_found_and_other_smoothing_is_not(drawn: dict[str, bytes]) -> None:
    as_it_is = picture(drawn["refusal_notice"])
    assert unlike(as_it_is, ImageChops.offset(as_it_is, 0, 6)) != []
    assert unlike(as_it_is, as_it_is.resize((10, 10))) != []
    assert unlike(as_it_is, as_it_is.filter(ImageFilter.GaussianBlur(0.3))) == []

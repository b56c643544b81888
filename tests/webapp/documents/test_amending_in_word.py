"""Decisions about other decisions as Word files."""

import pytest
from bs4 import BeautifulSoup

from tests.webapp.documents.papers import example
from tests.webapp.documents.test_office_files import told, word
from webapp.documents import page


@pytest.mark.parametrize("name", ["correction_decision", "revocation_decision"])
def test_decisions_about_others_say_in_word_what_the_paper_says(name: str) -> None:
    written = told(word(name))
    paper = BeautifulSoup(page(name, example(name)), "lxml")
    said = [" ".join(each.get_text().split()) for each in paper.select(".text p, .annex-page .heading p")]
    assert len(said) > 10
    assert [text for text in said if text.casefold() not in written.casefold()] == []

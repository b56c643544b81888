"""A citation and its mark beside it."""

import pytest
from bs4 import BeautifulSoup
from flask import get_template_attribute


@pytest.mark.parametrize(
    ("citation", "mark", "shown"),
    [
        ("Quy chế số 05/QC", "verified", "Quy chế số 05/QC · đã kiểm chứng"),
        ("Quy chế số 05/QC", "unverified", "Quy chế số 05/QC · chưa kiểm chứng"),
        (
            "Nghị định 72/2018/NĐ-CP (chưa kiểm chứng)",
            "unverified",
            "Nghị định 72/2018/NĐ-CP (chưa kiểm chứng)",
        ),
    ],
)
def test_that_nobody_has_checked_it_is_said_once(app, citation, mark, shown):
    with app.test_request_context():
        cited = get_template_attribute("components/citation.html", "cited")
        assert BeautifulSoup(cited(citation, mark), "html.parser").get_text().strip() == shown

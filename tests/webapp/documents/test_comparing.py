"""A decision that came back as a PDF, beside ours: every change is found, and nothing where nothing was changed."""

import copy
import io
import zlib
from functools import cache
from typing import Any

import pytest
from PIL import Image

from tests.webapp.documents.papers import example
from webapp.documents import render
from webapp.documents.comparing import Difference, differences, key_of
from webapp.documents.foreign_text import Illegible, pages_of

FACTS = example("decision")
LINES = [line for group in FACTS["groups"] for line in group["lines"]]
FIRST, LAST = LINES[0]["nominee"]["name"], LINES[-1]["nominee"]["name"]
TOTAL = sum(line["prize"] for line in LINES)


@cache
def texts() -> tuple[str, ...]:
    """What is read out of the paper as it was drawn."""
    return tuple(page.text for page in pages_of(render("decision", FACTS).pdf))


def found(**changes: Any) -> list[Difference]:
    """What the paper says otherwise than our facts, changed like this."""
    return differences(texts(), FACTS | changes)


def with_lines(change: Any) -> list[Difference]:
    groups = copy.deepcopy(FACTS["groups"])
    change(groups)
    return found(groups=groups)


def test_our_own_paper_does_not_differ() -> None:
    assert found() == []


def test_a_changed_amount_is_found_with_both_amounts_and_the_total() -> None:
    before = LINES[0]["prize"]
    kinds = with_lines(lambda groups: groups[0]["lines"][0].update(prize=before + 1000))
    assert Difference("amount", FIRST, before + 1000, before) in kinds
    assert {each.kind for each in kinds} == {"amount", "total", "words"}
    assert Difference("total", "", TOTAL + 1000, TOTAL) in kinds


def test_a_name_that_is_not_in_the_file_is_found() -> None:
    [gone] = with_lines(lambda groups: groups[0]["lines"][0]["nominee"].update(name="Hoàng Thị Lạ"))[:1]
    assert gone == Difference("name", "Hoàng Thị Lạ")


def test_a_name_that_goes_on_is_somebody_else() -> None:
    groups = copy.deepcopy(FACTS["groups"])
    groups[0]["lines"][0]["nominee"]["name"] = f"{FIRST} Hai"
    pages = [page.text for page in pages_of(render("decision", FACTS | {"groups": groups}).pdf)]
    assert differences(pages, FACTS) == [Difference("longer", FIRST, FIRST, f"{FIRST} Hai")]


def test_a_row_that_is_not_ours_is_found_where_it_stands() -> None:
    line = LINES[1]
    changed = with_lines(lambda groups: groups[0]["lines"].pop(1))
    [row] = [each for each in changed if each.kind == "added"]
    assert row.about == FIRST
    assert str(row.theirs).split()[-1].replace(".", "") == str(line["prize"])


def test_a_name_without_prize_that_is_not_ours_is_found() -> None:
    groups = copy.deepcopy(FACTS["groups"])
    for group in groups:
        for line in group["lines"]:
            line["prize"] = 0
    facts = FACTS | {"groups": groups}
    pages = [page.text for page in pages_of(render("decision", facts).pdf)]
    assert differences(pages, facts) == []
    listed = [line["nominee"]["name"] for line in groups[-1]["lines"]]
    less = copy.deepcopy(groups)
    del less[-1]["lines"][-1]
    [row] = differences(pages, FACTS | {"groups": less})
    assert (row.kind, row.about) == ("added", listed[-2])
    assert str(row.theirs) in listed[-1]


def test_number_date_and_signer_are_compared() -> None:
    head = FACTS["letterhead"] | {"number": 6, "date": "2019-02-06"}
    signer = FACTS["signature"] | {"name": "Lê Văn Khác"}
    assert found(letterhead=head, signature=signer) == [
        Difference("number", "", 6, 5),
        Difference("date", "", "2019-02-06", "2019-02-05"),
        Difference("signer", "", "Lê Văn Khác"),
    ]


def test_two_of_one_name_have_a_place_each() -> None:
    groups = copy.deepcopy(FACTS["groups"])
    groups[0]["lines"].insert(1, copy.deepcopy(groups[0]["lines"][0]))
    facts = FACTS | {"groups": groups}
    pages = [page.text for page in pages_of(render("decision", facts).pdf)]
    assert differences(pages, facts) == []
    assert "name" not in {each.kind for each in differences(pages, FACTS)}
    assert [each.about for each in differences(texts(), facts) if each.kind == "name"] == [FIRST]


@pytest.mark.parametrize(("one", "other"), [("hoà", "hòa"), ("THUÝ", "Thúy"), ("quy", "QUY")])
def test_words_are_the_same_wherever_the_tone_mark_stands(one: str, other: str) -> None:
    assert key_of(one) == key_of(other)


def test_other_tones_are_other_words() -> None:
    assert len({key_of(word) for word in ("ma", "má", "mà", "mả", "mã", "mạ", "mâ", "mă")}) == 8


def test_a_picture_is_no_text() -> None:
    file = io.BytesIO()
    Image.new("L", (1240, 1754), 255).save(file, format="PDF", resolution=150)
    assert [(page.text, page.scanned) for page in pages_of(file.getvalue())] == [("", True)]


def unfolding(mebibytes: int) -> bytes:
    """Some kilobytes that say they are a PDF and unfold to very many zeros."""
    packed = zlib.compress(zlib.compress(bytes(mebibytes * 2**20), 9), 9)
    head = b"%PDF-1.7\n"
    table = b"1 0 obj\n<</Type/XRef/Size 3/W[1 2 1]/Root 2 0 R/Filter[/FlateDecode/FlateDecode]/Length %d>>stream\n"
    end = b"\nendstream\nendobj\nstartxref\n%d\n%%%%EOF" % len(head)
    return head + table % len(packed) + packed + end


def test_a_file_that_unfolds_to_gigabytes_is_given_up() -> None:
    assert len(unfolding(100)) < 10_000
    with pytest.raises(Illegible):
        pages_of(unfolding(100))


def test_figures_without_end_are_no_amount() -> None:
    assert differences([*texts(), "9" * 5000], FACTS) == []


@pytest.mark.parametrize("content", [b"", b"%PDF-1.7\n%%EOF", b"no PDF"])
def test_what_is_no_pdf_is_said_so(content: bytes) -> None:
    with pytest.raises(Illegible):
        pages_of(content)

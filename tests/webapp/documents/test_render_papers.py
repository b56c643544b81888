"""Every type of paper, made from realistic facts and read back out of the finished PDF."""

import hashlib
import json
import os
import shutil
import subprocess
import sys
import unicodedata
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest

from tests.webapp.documents.papers import (
    FACTS,
    TYPES,
    example,
    fonts,
    metadata,
    needs_poppler,
    page_formats,
    pages,
    paper_example,
    rendered_example,
    text,
    values,
)
from webapp.documents import FontsMissingError, ForbiddenResourceError, document_type, drawing, render

PORTRAIT, LANDSCAPE, LARGE = "A4 portrait", "A4 landscape", "A3 landscape"
FORMATS = {
    "archive_index": [PORTRAIT] * 2,
    "award_letter": [PORTRAIT],
    "campaign_plan": [PORTRAIT] * 8,
    "case_file": [PORTRAIT] * 4,
    "cluster_minutes": [PORTRAIT] * 2,
    "correction_decision": [PORTRAIT] * 2,
    "decision": [PORTRAIT] * 4,
    "decision_submission": [PORTRAIT] * 4,
    "handover_list": [LANDSCAPE] * 4,
    "higher_submission": [PORTRAIT] * 3,
    "inspection_minutes": [PORTRAIT] * 3,
    "nomination_list": [LANDSCAPE],
    "opinion_request": [PORTRAIT],
    "owing_letter": [PORTRAIT],
    "payment_sheet": [LANDSCAPE] * 3,
    "pledge": [PORTRAIT] * 2,
    "published_list": [PORTRAIT] * 3,
    "receipt": [PORTRAIT],
    "refusal_notice": [PORTRAIT],
    "register_book": [LANDSCAPE],
    "registration_list": [PORTRAIT] * 2,
    "result_letter": [PORTRAIT] * 3,
    "review_minutes": [PORTRAIT] * 2,
    "review_report": [PORTRAIT] * 2,
    "revocation_decision": [PORTRAIT] * 3,
    "revocation_submission": [PORTRAIT] * 2,
    "session_minutes": [PORTRAIT] * 4,
    "session_packet": [PORTRAIT] * 11,
    "submission": [PORTRAIT] * 2 + [LANDSCAPE] * 3,
    "summary_sheet": [LARGE] * 3,
    "vote_count": [PORTRAIT] * 4,
}
VOWELS = "aăâeêioôơuưy"
TONES = ("", "\u0300", "\u0301", "\u0303", "\u0309", "\u0323")
LETTERS = [unicodedata.normalize("NFC", vowel + tone) for vowel in VOWELS for tone in TONES] + ["đ"]
HOSTILE = "<script>alert(1)</script> {{ 7*7 }} {% include 'x' %} &lt; <b>"

each_type = pytest.mark.parametrize("name", TYPES)


@each_type
def test_digest_is_that_of_the_bytes(name: str) -> None:
    paper = paper_example(name)
    assert paper.pdf.startswith(b"%PDF-1.7")
    assert paper.digest == hashlib.sha256(paper.pdf).hexdigest()


@each_type
def test_equal_facts_give_equal_bytes(name: str) -> None:
    backwards = reordered(example(name))
    assert list(backwards) != list(example(name))
    assert render(name, backwards).pdf == rendered_example(name)


def test_equal_facts_give_equal_bytes_in_another_process(tmp_path: Path) -> None:
    """Another process, another day, another hash seed, another folder."""
    program = (
        "import json, pathlib, sys; from webapp.documents import render\n"
        "for path in sorted(pathlib.Path(sys.argv[1]).glob('*.json')):\n"
        "    print(render(path.stem, json.loads(path.read_text('utf-8'))).digest)"
    )
    root = Path(drawing.__file__).parents[2]
    environment = os.environ | {"PYTHONHASHSEED": "17", "PYTHONPATH": str(root), "TZ": "America/Lima"}
    command = [sys.executable, "-c", program, str(FACTS)]
    run = subprocess.run(command, env=environment, cwd=tmp_path, capture_output=True, text=True, check=True)
    assert run.stdout.split() == [hashlib.sha256(rendered_example(name)).hexdigest() for name in TYPES]


def test_papers_made_at_the_same_time_do_not_disturb_each_other() -> None:
    names = [*TYPES, *reversed(TYPES)][::2]
    with ThreadPoolExecutor(4) as pool:
        made = list(pool.map(lambda name: render(name, example(name)).pdf, names))
    assert made == [rendered_example(name) for name in names]


@each_type
@needs_poppler
def test_only_tinos_is_used_and_embedded(name: str) -> None:
    found = fonts(rendered_example(name))
    assert found
    for font, embedded in found:
        assert font.split("-")[0] == "Tinos"
        assert embedded == "yes"


@each_type
@needs_poppler
def test_pages_have_the_announced_format(name: str) -> None:
    found = page_formats(rendered_example(name))
    assert found == FORMATS[name]
    assert set(found) <= set(document_type(name).pages)


@each_type
@needs_poppler
def test_every_name_is_on_the_paper_exactly(name: str) -> None:
    written = text(rendered_example(name))
    facts = example(name)
    in_cells = [line for cell in facts.get("rows", [[]])[0] for line in str(cell).split("\n")]
    names = [found for found in values(facts, "name") if found] or in_cells
    assert [found for found in names if found not in written] == []


@each_type
@needs_poppler
def test_every_paper_begins_with_the_national_header(name: str) -> None:
    first = pages(rendered_example(name))[0]
    assert "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM Độc lập - Tự do - Hạnh phúc" in first


@each_type
@needs_poppler
def test_file_is_described_and_made_to_be_kept(name: str) -> None:
    known = metadata(rendered_example(name))
    assert known["Title"] == document_type(name).title
    assert known["Tagged"] == "yes"
    facts = example(name)
    assert known["Author"] == (facts["letterhead"]["body"] if "letterhead" in facts else facts["issuer"])


@each_type
@needs_poppler
def test_what_people_type_comes_out_as_text(name: str) -> None:
    facts = with_every_name(example(name), HOSTILE)
    written = squeezed(text(render(name, facts).pdf))
    assert written.count(squeezed(HOSTILE)) >= len([one for one in values(facts, "name") if one])
    assert written.count("script") == 2 * written.count(squeezed(HOSTILE))


@needs_poppler
def test_every_vietnamese_letter_is_drawn_and_read_back() -> None:
    words = ["".join(LETTERS[start : start + 12]) for start in range(0, len(LETTERS), 12)]
    facts = example("refusal_notice")
    facts["explanation"] = " ".join(words)
    facts["nominee"] |= {"name": " ".join(words).upper(), "salutation": None}
    written = text(render("refusal_notice", facts).pdf)
    assert " ".join(words) in written
    assert " ".join(words).upper() in written
    assert {font for font, _ in fonts(render("refusal_notice", facts).pdf)} <= {
        "Tinos",
        "Tinos-Bold",
        "Tinos-Italic",
        "Tinos-Bold-Italic",
    }


@each_type
def test_decomposed_letters_give_the_same_paper(name: str) -> None:
    decomposed = json.loads(unicodedata.normalize("NFD", json.dumps(example(name), ensure_ascii=False)))
    assert decomposed != example(name)
    assert render(name, decomposed).pdf == rendered_example(name)


@pytest.mark.parametrize(
    "address",
    [
        "http://example.org/a.png",
        "file:///etc/hostname",
        "../../config.py",
        "../../../config.py",
        "data:image/png;base64,AAAA",
    ],
)
def test_nothing_outside_the_package_is_opened(address: str) -> None:
    with pytest.raises(ForbiddenResourceError):
        drawing.draw(f'<!doctype html><title>x</title><img src="{address}" alt="x">', "decision")


def test_without_its_fonts_no_paper_is_made(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(drawing, "FONTS", tmp_path)
    monkeypatch.setattr(drawing, "_fonts", drawing._fonts.__wrapped__)
    drawing._stylesheets.cache_clear()
    with pytest.raises(FontsMissingError, match="Regular, Bold, Italic, BoldItalic"):
        render("decision", example("decision"))


def test_the_digest_of_what_draws_a_paper_changes_with_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A style of one type changes that type, what types share and our code change all of them."""
    here = {name: drawing.type_digest(name) for name in ("decision", "receipt")}
    package = Path(shutil.copytree(drawing.PACKAGE, tmp_path / "documents"))
    monkeypatch.setattr(drawing, "PACKAGE", package)
    monkeypatch.setattr(drawing, "TYPES", package / "types")
    monkeypatch.setattr(drawing, "FONTS", package / "fonts")
    digest = drawing.type_digest.__wrapped__
    assert {name: digest(name) for name in here} == here
    for changed, others in (
        ("types/decision/style.css", {"decision"}),
        ("types/_base/parts.html", {"decision", "receipt"}),
        ("words.py", {"decision", "receipt"}),
    ):
        before = {name: digest(name) for name in here}
        (package / changed).open("a").write("\n")
        assert {name for name in here if digest(name) != before[name]} == others


def squeezed(written: str) -> str:
    """Without white space, because long words are broken at the end of a line."""
    return "".join(written.split())


def reordered(node: Any) -> Any:
    """The same facts with the keys of every object the other way round."""
    if isinstance(node, dict):
        return {key: reordered(node[key]) for key in reversed(node)}
    return [reordered(item) for item in node] if isinstance(node, list) else node


def with_every_name(node: Any, name: str) -> Any:
    """The same facts where everybody has this name."""
    if isinstance(node, dict):
        return {
            key: name if key == "name" and value else with_every_name(value, name)
            for key, value in node.items()
        }
    return [with_every_name(item, name) for item in node] if isinstance(node, list) else node

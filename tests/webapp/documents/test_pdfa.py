"""Every paper is PDF/A-3u with tags, as the reference check sees it; the decision has its data inside."""

import io
import json

import pikepdf
import pytest

from tests.webapp.documents.papers import TYPES, example, metadata, needs_poppler, rendered_example
from tests.webapp.documents.pdfa import Checked, checked, needs_verapdf
from webapp.documents import document_types, render
from webapp.documents.attachments import DATA_NAME
from workflows.record import canonical

FEWEST_CHECKS = 3_000
ATTACHING = [name for name, kind in document_types().items() if kind.attach]


def without(name: str, *keys: str) -> bytes:
    """An example whose catalogue lost something."""
    with pikepdf.open(io.BytesIO(rendered_example(name))) as pdf:
        for key in keys:
            del pdf.Root[key]
        changed = io.BytesIO()
        pdf.save(changed)
    return changed.getvalue()


@pytest.fixture(scope="module")
def verdicts() -> dict[str, Checked]:
    broken = {
        "no-colours": without("decision", "/OutputIntents"),
        "no-relation": without("decision", "/AF"),
        "no-pdf": b"%PDF-1.7 and nothing else",
    }
    drafts = {"draft": render("decision", example("decision"), draft=True).pdf}
    return checked({name: rendered_example(name) for name in TYPES} | drafts | broken)


@needs_verapdf
@pytest.mark.parametrize("name", [*TYPES, "draft"])
def test_paper_is_made_to_be_kept(verdicts: dict[str, Checked], name: str) -> None:
    found = verdicts[name]
    print(f"veraPDF 3u, {name}: {found.checks} checks, {len(found.faults)} faults")  # noqa: T201 -- for the log
    assert found.faults == ()
    assert found.checks > FEWEST_CHECKS


@needs_verapdf
@pytest.mark.parametrize(
    ("name", "clause"), [("no-colours", "6.2.4.3"), ("no-relation", "6.8"), ("no-pdf", "unreadable")]
)
def test_what_is_not_pdf_a_is_refused(verdicts: dict[str, Checked], name: str, clause: str) -> None:
    assert any(fault.startswith(clause) for fault in verdicts[name].faults)


@needs_poppler
@pytest.mark.parametrize("name", TYPES)
def test_structure_is_there_to_be_read_aloud(name: str) -> None:
    assert metadata(rendered_example(name))["Tagged"] == "yes"


@pytest.mark.parametrize("name", ATTACHING)
def test_data_of_a_decision_are_inside_of_it(name: str) -> None:
    with pikepdf.open(io.BytesIO(rendered_example(name))) as pdf:
        inside = pdf.attachments[DATA_NAME]
        assert [each.AFRelationship for each in pdf.Root.AF] == [pikepdf.Name.Data]
        data = inside.get_file().read_bytes()
    assert data == canonical(example(name))
    assert json.loads(data)["letterhead"] == example(name)["letterhead"]


def test_only_decisions_have_data_inside_and_no_draft_of_them() -> None:
    assert ATTACHING == ["correction_decision", "decision", "revocation_decision"]
    draft = render("decision", example("decision"), draft=True).pdf
    for pdf in (draft, rendered_example("receipt")):
        with pikepdf.open(io.BytesIO(pdf)) as opened:
            assert list(opened.attachments) == []

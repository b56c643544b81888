"""Two versions as one Word file with tracked changes: accepted it is the new one, rejected the old one."""

import copy
import datetime as dt
import io
from typing import Any

from docx import Document
from docx.oxml.ns import qn

from tests.webapp.documents.papers import example
from webapp.documents import render_docx
from webapp.documents.tracked import tracked

AT = dt.datetime(2019, 12, 14, 3, 0, tzinfo=dt.UTC)


def changed() -> dict[str, Any]:
    """The example with another abstract, a basis and an article more, an award less, another amount."""
    facts = copy.deepcopy(example("decision"))
    facts["abstract"] = facts["abstract"].replace("xuất sắc", "tiêu biểu")
    facts["bases"].insert(1, "Căn cứ Luật sửa đổi")
    facts["blocks"]["more"] = ["Giao Phòng Nội vụ theo dõi."]
    facts["groups"][0]["lines"].pop(3)
    facts["groups"][0]["lines"][0]["prize"] = 900_000
    return facts


def body(docx: bytes) -> Any:
    return Document(io.BytesIO(docx)).element.body


def resolved(docx: bytes, kept: str, gone: str) -> list[str]:
    """The paragraphs once all changes are accepted (``ins`` kept) or rejected (``del`` kept)."""
    part = body(docx)
    for row in list(part.iter(qn("w:tr"))):
        if row.find(f"{qn('w:trPr')}/{qn(f'w:{gone}')}") is not None:
            row.getparent().remove(row)
    texts = []
    for paragraph in part.iter(qn("w:p")):
        if paragraph.find(f"{qn('w:pPr')}/{qn('w:rPr')}/{qn(f'w:{gone}')}") is not None:
            continue
        nodes = paragraph.iter(qn("w:t"), qn("w:delText"))
        texts.append(
            "".join(
                node.text or ""
                for node in nodes
                if not any(above.tag == qn(f"w:{gone}") for above in node.iterancestors())
            )
        )
    return texts


def plain(docx: bytes) -> list[str]:
    return ["".join(node.text or "" for node in p.iter(qn("w:t"))) for p in body(docx).iter(qn("w:p"))]


def trimmed(texts: list[str]) -> list[str]:
    return [text.strip() for text in texts if text.strip()]


def test_accepted_it_is_the_new_version_and_rejected_the_old_one() -> None:
    old, new = render_docx("decision", example("decision")), render_docx("decision", changed())
    file = tracked(old, new, "Nguyễn Thị Chuyên Viên", AT)
    assert trimmed(resolved(file, "ins", "del")) == trimmed(plain(new))
    assert trimmed(resolved(file, "del", "ins")) == trimmed(plain(old))


def test_changes_bear_author_and_day_and_only_what_differs_is_marked() -> None:
    old, new = render_docx("decision", example("decision")), render_docx("decision", changed())
    part = body(tracked(old, new, "Nguyễn Thị Chuyên Viên", AT))
    marks = [*part.iter(qn("w:ins")), *part.iter(qn("w:del"))]
    assert {mark.get(qn("w:author")) for mark in marks} == {"Nguyễn Thị Chuyên Viên"}
    assert {mark.get(qn("w:date")) for mark in marks} == {"2019-12-14T03:00:00Z"}
    assert len({mark.get(qn("w:id")) for mark in marks}) == len(marks)
    struck = {"".join(t.text for t in mark.iter(qn("w:delText"))).strip() for mark in part.iter(qn("w:del"))}
    assert {"xuất sắc", "Nhân dân và cán bộ thị trấn Chi Lăng"} <= struck
    assert "Tổ nhân dân tự quản số 05, ấp Ba Xoài" not in struck


def test_equal_versions_have_no_change_and_equal_bytes() -> None:
    old = render_docx("decision", example("decision"))
    file = tracked(old, old, "Nguyễn Thị Chuyên Viên", AT)
    assert not [*body(file).iter(qn("w:ins")), *body(file).iter(qn("w:del"))]
    assert tracked(old, old, "Nguyễn Thị Chuyên Viên", AT) == file

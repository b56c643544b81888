"""Papers that people of the demo hand in: one short page each, drawn once for each text."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from html import escape

NOTE = "Giấy tờ giả định, chỉ dùng để trình diễn phần mềm."


@dataclass(frozen=True)
class Sheet:
    """A paper of a kind (a paper type of the rule sets) with who made it, a title and its paragraphs."""

    kind: str
    filename: str
    issuer: str
    title: str
    subject: str
    lines: tuple[str, ...]

    def pdf(self) -> bytes:
        """The paper as PDF; equal papers have equal bytes."""
        return _drawn(self)


@cache
def _drawn(sheet: Sheet) -> bytes:
    from webapp.documents.drawing import draw  # loads Pango; only who builds the demo needs it

    body = "".join(f"<p>{escape(line)}</p>" for line in sheet.lines)
    return draw(
        f"""<!DOCTYPE html><html lang="vi"><head><meta charset="utf-8"><title>{escape(sheet.title)}</title></head><body>
<header class="letterhead"><div class="row"><div class="issuing"><p class="body">{escape(sheet.issuer)}</p></div>
<div class="national"><p class="state">Cộng hòa xã hội chủ nghĩa Việt Nam</p>
<p class="motto">Độc lập - Tự do - Hạnh phúc</p></div></div></header>
<div class="heading"><h1>{escape(sheet.title)}</h1><p class="subject">{escape(sheet.subject)}</p></div>
<div class="text">{body}<p><i>{NOTE}</i></p></div></body></html>""",
        "_base",
    )

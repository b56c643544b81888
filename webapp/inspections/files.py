"""The files of an inspection: its minutes, and the scans of its decisions; that somebody took them is noted."""

from __future__ import annotations

import hashlib

from werkzeug.wrappers import Response

from webapp.extensions import db
from webapp.inspections.acts import page_or_404
from webapp.operations.access import record_access
from webapp.operations.procedures.documents import draw_facts
from webapp.queries.inspection_papers import DOCUMENT, minutes_facts
from webapp.ui.access import hidden
from webapp.ui.acting import actor_and_now
from webapp.ui.paper_files import drawn_response, opened_paper
from workflows.inspection_events import MinutesTaken


def minutes_file(code: str, form: str) -> Response:
    """The minutes for a member of the inspection; 404 for anybody else."""
    page = page_or_404(code)
    if not page.member:
        hidden()
    actor, now = actor_and_now()
    content = draw_facts(DOCUMENT, minutes_facts(db.session(), page, now.at), form)
    taken = MinutesTaken(inspection=code, form=form, sha256=hashlib.sha256(content).hexdigest())
    record_access(taken, actor=actor, now=now)
    return drawn_response(content, f"Biên bản kiểm tra {code}.{form}")


def scan_file(code: str, paper_id: str) -> Response:
    """A scan of a decision for who may know of the inspection; 404 for anybody else."""
    page = page_or_404(code)
    return opened_paper(next((scan for scan in page.scans if scan.public_id == paper_id), None) or hidden())

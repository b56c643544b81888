"""Facts of the session packet: all that a member reads before a council session, in one file."""

from __future__ import annotations

import datetime as dt
from collections import Counter, defaultdict
from collections.abc import Collection, Iterator, Mapping
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from webapp.models import AgendaItem, CouncilSession, Nomination, Paper
from webapp.queries.agendas import grouped, loaded_session
from webapp.queries.assessments import Assessment, assessments
from webapp.queries.award_history import history_of
from webapp.queries.council_papers import AGAIN, AGENDA, OPEN, SEATS, Held, council_letterhead, subject_of
from webapp.queries.facts import award_names, committee_name, moment, nominee, paragraphs, strand_title
from webapp.queries.latest_entries import dossiers
from webapp.queries.law import rule_set_for
from webapp.queries.profiles import thawed_profile
from webapp.queries.rule_names import rule_names
from webapp.queries.summary_papers import ceiling_text, earlier_awards, paper_note
from webapp.queries.vote_rules import cited_rule, quorum_needed
from workflows.values import local_day

SYMBOL = "TL-HĐTĐKT"
MODES = {
    "in_person": "Họp trực tiếp",
    "online": "Họp trực tuyến",
    "mixed": "Trực tiếp kết hợp trực tuyến",
    "written": "Lấy ý kiến bằng văn bản",
}
WITHOUT_RULE = {"signed_sheet": "Bản quét giấy có chữ ký"}
"""Papers that forms ask for and no rule set names."""


def session_packet_facts(session: Session, council_session: CouncilSession) -> dict[str, Any]:
    """Facts of the packet as things stand now; the agenda must be set."""
    found = loaded_session(session, council_session.case)
    held = Held.of(session, found)
    members = len(held.electors)
    agenda = held.form(AGAIN) or held.form(AGENDA)
    closes = held.form(OPEN).get("vote_closes") if found.opened_at else None
    return {
        "letterhead": council_letterhead(found, None, SYMBOL),
        "subject": subject_of(held),
        "number": found.number,
        "year": found.year,
        "held": moment(found.held_at) if found.held_at else None,
        "place": found.place,
        "mode": MODES.get(agenda.get("mode", "")),
        "rule": cited_rule(found.profile, members),
        "quorum": f"ít nhất {quorum_needed(thawed_profile(found.profile), members):02d}/{members:02d} thành viên",
        "deadline": moment(dt.datetime.fromisoformat(closes)) if closes else None,
        "note": agenda.get("note"),
        "members": [
            {
                "salutation": None,
                "name": elector.membership.person.name,
                "position": SEATS[elector.membership.position],
            }
            for elector in held.electors
        ],
        "groups": _groups(session, found),
    }


def _groups(session: Session, found: CouncilSession) -> list[dict[str, Any]]:
    cases = [item.nomination.case_id for item in found.agenda]
    told, judged, papers = dossiers(session, cases), assessments(session, cases), _papers(session, cases)
    names = award_names(rule_set_for(session, local_day(found.case.opened_at), found.case.organiser_id))
    history = history_of(session, [item.nomination.nominee for item in found.agenda])

    def line(item: AgendaItem) -> dict[str, Any]:
        nomination = item.nomination
        dossier = told[nomination.case_id]
        return {
            "code": nomination.case.code,
            "nominee": nominee(nomination.nominee, dossier),
            "unit": committee_name(nomination.case.unit),
            "born": nomination.nominee.birth_year,
            "award": names.get(nomination.award, nomination.award),
            "achievement": _achievement(nomination, dossier),
            "effects": list(_effects(dossier)),
            "honours": earlier_awards(dossier, history[nomination.nominee_id]),
            **_judged(judged[nomination.case_id]),
            "papers": papers[nomination.case_id],
            "note": paper_note(dossier),
        }

    return [
        {
            "title": strand_title(group.strand),
            "ceiling": ceiling_text(group.pools),
            "lines": list(group.lines),
        }
        for group in grouped(session, found.case.campaign_id, found.agenda, line)
    ]


def _judged(judged: Assessment) -> dict[str, Any]:
    return {
        "assessment": judged.below,
        "appraisal": judged.appraisal,
        "opinions": list(judged.opinions),
    }


def _achievement(nomination: Nomination, dossier: Mapping[str, Any]) -> list[str]:
    """What the certificate is to say, then the report in full."""
    texts = (nomination.achievement or dossier.get("achievement"), dossier.get("achievement_summary"))
    return [line for text in texts for line in paragraphs(text)]


def _effects(dossier: Mapping[str, Any]) -> Iterator[str]:
    """``Thu nhập bình quân: trước 0,9, sau 3,1 triệu đồng/người/tháng``."""
    for row in dossier.get("effects", ()):
        before = f"trước {_figure(row['before'])}, sau " if "before" in row else ""
        measure = f" {row['measure']}" if row.get("measure") else ""
        yield f"{row['effect']}: {before}{_figure(row['after'])}{measure}"


def _figure(number: float) -> str:
    """``1234.5`` → ``1.234,5``."""
    return f"{number:,}".translate(str.maketrans(",.", ".,"))


def _papers(session: Session, cases: Collection[int]) -> Mapping[int, list[str]]:
    """What lies in each dossier in plain words, each kind once with how many there are."""
    names = {**rule_names(session).papers, **WITHOUT_RULE}
    rows = session.execute(
        select(Paper.case_id, Paper.kind, Paper.filename)
        .where(Paper.case_id.in_(cases), Paper.form_entry_id.is_not(None))
        .order_by(Paper.id)
    )
    found: defaultdict[int, Counter[str]] = defaultdict(Counter)
    for case_id, kind, filename in rows:
        found[case_id or 0][names.get(kind) or filename.rpartition(".")[0] or filename] += 1
    return {case: [_counted(name, times) for name, times in found[case].items()] for case in cases}


def _counted(name: str, times: int) -> str:
    return name if times == 1 else f"{name} ({times:02d} tệp)"

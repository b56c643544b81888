"""Facts of the summary sheet: what the council reads of each nominee."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from sqlalchemy.orm import Session

from webapp.models import AgendaItem, CouncilSession, Nomination
from webapp.queries.agendas import grouped
from webapp.queries.assessments import Assessment, assessments, minutes_note
from webapp.queries.award_history import PastEntry, history_of
from webapp.queries.ceilings import PoolUse
from webapp.queries.council_papers import START
from webapp.queries.facts import (
    OFFICE_HEADS,
    OFFICES,
    award_names,
    committee_name,
    nominee,
    phrase,
    seat_name,
    signature,
    strand_title,
)
from webapp.queries.latest_entries import dossiers, latest_entry
from webapp.queries.law import rule_set_for
from webapp.queries.units import standing_level
from webapp.text import search_key
from workflows.values import local_day

OF_A_COMMUNE = "Bộ phận thi đua, khen thưởng", "TĐKT"
"""Who lays the sheet before the council where there is no office."""


def summary_sheet_facts(session: Session, council_session: CouncilSession) -> dict[str, Any]:
    """Facts of the summary sheet of a session's agenda, a table for each strand with its ceilings."""
    case = council_session.case
    unit = council_session.council.unit
    level = standing_level(session, unit)
    office, sign = OFFICES[level] or OF_A_COMMUNE
    start = latest_entry(session, case, START)
    return {
        "letterhead": {
            "parent": committee_name(unit),
            "body": office,
            "number": None,
            "symbol": f"BC-{sign}",
            "place": seat_name(unit),
            "date": None,
        },
        "subject": f"Đề nghị {phrase(start.get('subject', 'xét khen thưởng'))}",
        "purpose": f"Trình Phiên họp số {council_session.number:02d}/{council_session.year} của "
        f"{council_session.council.name}",
        "groups": _groups(session, council_session),
        "prepared": signature([], "Người lập bảng", None, signed=False),
        "signature": signature([], OFFICE_HEADS[level], None, signed=False),
    }


def _groups(session: Session, council_session: CouncilSession) -> list[dict[str, Any]]:
    case = council_session.case
    agenda = council_session.agenda
    cases = [item.nomination.case_id for item in agenda]
    told, judged = dossiers(session, cases), assessments(session, cases)
    history = honours_before(session, council_session)
    names = award_names(rule_set_for(session, local_day(case.opened_at), case.organiser_id), case.organiser)

    def line(item: AgendaItem) -> dict[str, Any]:
        case_id = item.nomination.case_id
        honours = earlier_awards(told[case_id], history[item.nomination.nominee_id])
        return _line(item.nomination, told[case_id], judged[case_id], names, honours)

    return [
        {
            "title": strand_title(group.strand),
            "ceiling": ceiling_text(group.pools),
            "lines": list(group.lines),
        }
        for group in grouped(session, case.campaign_id, agenda, line)
    ]


def ceiling_text(pools: Iterable[PoolUse]) -> str | None:
    """``tối đa 03 tập thể, 06 cá nhân và hộ gia đình``."""
    parts = [f"{pool.at_most:02d} {phrase(pool.pool)}" for pool in pools]
    return "tối đa " + ", ".join(parts) if parts else None


def honours_before(session: Session, council_session: CouncilSession) -> dict[int, list[PastEntry]]:
    """Nominee id → what was on record before the session: a sheet drawn again later is the same sheet."""
    day = local_day(council_session.held_at or council_session.case.opened_at)
    known = history_of(session, [item.nomination.nominee for item in council_session.agenda])
    return {
        nominee: [each for each in found if each.record.decided_on is None or each.record.decided_on < day]
        for nominee, found in known.items()
    }


def earlier_awards(dossier: Mapping[str, Any], history: Iterable[PastEntry]) -> list[str]:
    """``Giấy khen năm 2017 (Quyết định số 1288/QĐ-UBND)``, one text for each: what is on record, the latest first,
    then what the dossier tells beside that."""
    known = [each.record for each in history if each.likeness == "same"]
    on_record = [(each.award_name, each.year, each.decision_number) for each in known]
    there = {(search_key(name), year) for name, year, _number in on_record}
    told = [
        (row["award"], row["year"], row.get("decision"))
        for row in dossier.get("previous_awards", ())
        if (search_key(row["award"]), row["year"]) not in there
    ]
    return [
        f"{name} năm {year}" + (f" (Quyết định số {number})" if number else "")
        for name, year, number in (*on_record, *told)
    ]


def paper_note(dossier: Mapping[str, Any]) -> str | None:
    """That a dossier was entered from a signed sheet, by its number."""
    by_paper = dossier.get("paper_number")
    return f"Lập thay, theo giấy số {by_paper}" if by_paper else None


def _line(
    nomination: Nomination,
    dossier: Mapping[str, Any],
    judged: Assessment,
    names: Mapping[str, str],
    honours: Iterable[str],
) -> dict[str, Any]:
    return {
        "code": nomination.case.code,
        "nominee": nominee(nomination.nominee, dossier),
        "born": nomination.nominee.birth_year,
        "achievement": dossier.get("achievement_summary") or nomination.achievement or "–",
        "honours": "; ".join(honours) or None,
        "assessment": judged.below or minutes_note(dossier),
        "appraisal": judged.above,
        "award": names.get(nomination.award, nomination.award),
        "note": paper_note(dossier),
    }

"""What certificates of a decision say: the texts of each by field, of the facts of now."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy.orm import Session

from webapp.documents.certificates import certificate_type, type_for
from webapp.documents.formats import document_number, full_name, long_day, padded, sentence
from webapp.models import Award, Decision
from webapp.queries.award_papers import SYMBOL, decision_signature
from webapp.queries.facts import BODY_PREFIX, CHAIRMAN, award_names, committee_name, nominee, seat_name
from webapp.queries.latest_entries import dossiers
from webapp.queries.law import rule_set_for
from webapp.queries.units import standing_level
from workflows.values import local_day
from workflows.vocabulary import SINGLE_KINDS

FLAG, LETTER = "emulation_flag", "thanks_letter"
TO_FILL = "\u2026" * 5


@dataclass(frozen=True)
class Worded:
    """One certificate of an award: its type, the sheet it is meant for, its texts by field."""

    award: Award
    type: str
    sheet: str
    printed: Mapping[str, str]


def certificate_facts(session: Session, decision: Decision) -> dict[str, Any]:
    """Facts of all certificates of a decision, one page each."""
    return {
        "issuer": _issuer(decision),
        "date": decision.dated_on.isoformat() if decision.dated_on else None,
        "certificates": [
            {"type": each.type, "sheet": each.sheet, "printed": dict(each.printed)}
            for each in worded_certificates(session, decision)
        ],
    }


def worded_certificates(session: Session, decision: Decision) -> list[Worded]:
    """The certificates of a decision in the order of its awards."""
    on = decision.dated_on or local_day(decision.case.opened_at)
    rules = rule_set_for(session, on, decision.unit_id)
    titles = {award.code for award in rules.awards if award.family == "title"}
    names = award_names(rules, decision.unit)
    told = dossiers(session, [award.nomination.case_id for award in decision.awards])
    level = standing_level(session, decision.unit) if decision.unit.kind == "committee" else "unit"
    shared = _shared(session, decision)
    found = []
    for award in decision.awards:
        code, row = award.nomination.award, award.nomination.nominee
        kind = certificate_type(type_for(code, level, title=code in titles, single=row.kind in SINGLE_KINDS))
        texts = (
            shared
            | _own(award, nominee(row, told[award.nomination.case_id]))
            | {
                "act": "Tặng danh hiệu" if code in titles and kind.name != FLAG else "Tặng",
                "award": short_award(names.get(code, code)),
            }
        )
        printed = {each.name: texts[each.name] for each in kind.variable if texts.get(each.name)}
        found.append(Worded(award, kind.name, kind.sheet, printed))
    return found


def _own(award: Award, bearer: Mapping[str, Any]) -> dict[str, str]:
    """Whose it is, what for, and where it stands in the register."""
    number = TO_FILL if award.register_number is None else padded(award.register_number)
    return {
        "bearer": full_name(bearer),
        "address": sentence(bearer["address"] or ""),
        "achievement": sentence(told_achievement(award)),
        "register": f"Số vào sổ: {number}",
    }


def told_achievement(award: Award) -> str:
    """What somebody is awarded for, in one line."""
    return " ".join((award.nomination.achievement or award.decision.title).split())


def letter_texts(
    session: Session, decision: Decision, thanked: Mapping[str, str], on: dt.date
) -> dict[str, str]:
    """What a letter of thanks says to somebody (bearer, address, achievement) who helped with what was awarded.

    It is the committee that thanks; who has signed the decision signs for it.
    """
    kind = certificate_type(LETTER)
    signer = decision_signature(session, decision, decision.dated_on or on)
    whole = [f"TM. {BODY_PREFIX}"] if decision.unit.kind == "committee" else []
    texts = {
        "issuer": committee_name(decision.unit),
        "act": kind.sample["act"],
        **{name: sentence(text) for name, text in thanked.items()},
        "dated": f"{seat_name(decision.unit)}, {long_day(on.isoformat())}",
        "position": "\n".join([*whole, *signer["lead"], signer["position"]]),
        "signer": signer["name"] or "",
    }
    return {each.name: texts[each.name] for each in kind.variable if texts.get(each.name)}


def short_award(name: str) -> str:
    """What a certificate is headed: ``Bằng khen``, for who gives it stands above."""
    return name.partition(" của ")[0]


def _shared(session: Session, decision: Decision) -> dict[str, str]:
    """What all certificates of a decision say."""
    on = decision.dated_on or local_day(decision.case.opened_at)
    day = long_day(decision.dated_on.isoformat() if decision.dated_on else None)
    signer = decision_signature(session, decision, on)
    number = document_number(decision.number, decision.symbol or SYMBOL)
    return {
        "issuer": _issuer(decision),
        "decision": f"Số quyết định: {number}\n{day}",
        "dated": f"{seat_name(decision.unit)}, {day}",
        "position": "\n".join([*signer["lead"], signer["position"]]),
        "signer": signer["name"] or "",
    }


def _issuer(decision: Decision) -> str:
    return f"{CHAIRMAN} {committee_name(decision.unit)}"

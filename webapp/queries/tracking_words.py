"""Nominations by words: names, units, codes, numbers of decisions and of the papers of batches, without marks."""

from __future__ import annotations

from typing import Any

from sqlalchemy import (
    ColumnElement,
    CompoundSelect,
    Select,
    Text,
    false,
    func,
    or_,
    select,
    type_coerce,
    union_all,
)
from sqlalchemy.orm import InstrumentedAttribute, aliased

from webapp.models import (
    Award,
    Case,
    Decision,
    FormEntry,
    Nomination,
    Nominee,
    Submission,
    SubmissionLine,
    Unit,
)

SIGNING = "submission/sign_submission"
LONGEST_NUMBER = 9
_called = aliased(Case)


def matching(words: str) -> ColumnElement[bool]:
    """Condition: name of the nominee, unit or code holds the words, which are written without marks."""
    return or_(
        Nominee.search_key.contains(words, autoescape=True),
        Unit.search_key.contains(words, autoescape=True),
        Case.code.contains(words.upper(), autoescape=True),
    )


def matching_cases(words: str) -> CompoundSelect[int]:
    """Ids of the nominations whose nominee, unit, code, batch or decision holds the words, each read on its own."""
    named = select(Nominee.id).where(Nominee.search_key.contains(words, autoescape=True))
    of_unit = select(Unit.id).where(Unit.search_key.contains(words, autoescape=True))
    return union_all(
        select(Nomination.case_id).where(Nomination.nominee_id.in_(named)),
        select(_called.id).where(_called.unit_id.in_(of_unit)),
        select(_called.id).where(_called.code.contains(words.upper(), autoescape=True)),
        _in_batches(_called.code.contains(words.upper(), autoescape=True)),
        *_numbered(words),
    )


def _in_batches(fits: ColumnElement[bool]) -> Select[int]:
    """Ids of the nominations that were handed in with a batch whose case fits."""
    batches = select(Submission.id).join(_called, _called.id == Submission.case_id).where(fits)
    return (
        select(Nomination.case_id)
        .join(SubmissionLine, SubmissionLine.nomination_id == Nomination.id)
        .where(SubmissionLine.submission_id.in_(batches))
    )


def _numbered(words: str) -> list[Select[int]]:
    """What has this number: of the decision (12, 12/2019 or 12/qd-ubnd), or of the paper of its batch (12/ttr-ubnd)."""
    number, slash, rest = _number_in(words)
    if not number:
        return []
    decided = (
        select(Nomination.case_id)
        .join(Award, Award.nomination_id == Nomination.id)
        .join(Decision, Decision.id == Award.decision_id)
        .where(*_numbers_decision(number, rest))
    )
    return [decided, *([_on_paper(f"{number}/{rest}")] if slash else [])]


def numbered_decisions(words: str) -> Select[int]:
    """Ids of the cases of decisions that have this number."""
    number, _slash, rest = _number_in(words)
    return select(Decision.case_id).where(*(_numbers_decision(number, rest) if number else [false()]))


def _number_in(words: str) -> tuple[str, str, str]:
    """The number, the slash and what follows it; no number: nothing."""
    number, slash, rest = words.replace(" ", "").partition("/")
    is_number = number.isascii() and number.isdigit() and len(number) <= LONGEST_NUMBER
    return (number, slash, rest) if is_number else ("", "", "")


def _numbers_decision(number: str, rest: str) -> list[ColumnElement[bool]]:
    """Conditions on Decision: it has the number, and the year or the symbol that follows it."""
    fits = [Decision.number == int(number)]
    if rest:
        fits.append(
            Decision.year == int(rest) if _is_year(rest) else _plain(Decision.symbol).startswith(rest)
        )
    return fits


def _is_year(text: str) -> bool:
    return text.isascii() and text.isdigit() and len(text) == len("2019")


def _on_paper(number: str) -> Select[int]:
    """Ids of the nominations in batches whose paper was signed under a number that begins so."""
    written = type_coerce(FormEntry.data, Text)
    signed = select(FormEntry.case_id).where(
        FormEntry.form == SIGNING, _plain(written).contains(f'"document_number":"{number}', autoescape=True)
    )
    return _in_batches(_called.id.in_(signed))


def _plain(column: ColumnElement[Any] | InstrumentedAttribute[Any]) -> ColumnElement[str]:
    """The one letter with a mark that symbols of papers have, without it; in lower case."""
    return func.lower(func.replace(func.replace(column, "Đ", "D"), "đ", "d"))

"""The rules in force: rule sets as imported, the calendar, and the clocks of a case."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping

from sqlalchemy import bindparam, select, tuple_
from sqlalchemy.orm import Session

from webapp.models import NOMINATIONS, Case, Nomination, RuleSetVersion, Task, Unit
from webapp.queries.office_days import calendar_of
from webapp.queries.units import lineage_codes
from workflows.law import Clock, RuleSet, parse_rule_set, rule_set_at
from workflows.rules.deadlines import clock_table, continued, resumed
from workflows.values import VIETNAM, local_day

_APPROVED = (
    select(RuleSetVersion.code, Unit.code, RuleSetVersion.digest)
    .outerjoin(Unit, Unit.id == RuleSetVersion.unit_id)
    .where(RuleSetVersion.status == "approved")
    .order_by(RuleSetVersion.id)
)
_RECEIVED = select(Nomination.received_on, Nomination.award).where(Nomination.case_id == bindparam("case"))
_SEEN = "rule sets seen"

ROUNDS: Mapping[tuple[str, str], tuple[str, ...]] = {
    ("commune_assessment", "check_dossier"): ("commune_check",),
    ("district_assessment", "appraise"): ("appraisal", "appraisal_reminder"),
    ("province_assessment", "appraise_at_province"): ("province_appraisal",),
    ("exemplar", "verify_exemplar"): ("exemplar_verification", "exemplar_verification_reminder"),
}
"""Tasks whose clocks stand still while somebody else has the dossier, and go on in the next round: (process, element) →
the clock of the deadline, then those that remind of it."""

_CLOSED = (
    select(Task.process, Task.element, Task.opened_at, Task.closed_at, Task.due)
    .where(Task.case_id == bindparam("case"), Task.status == "done", Task.due.is_not(None))
    .where(tuple_(Task.process, Task.element).in_(list(ROUNDS)))
    .order_by(Task.closed_at, Task.id)
)


def rule_sets(session: Session, place: int | None) -> tuple[RuleSet, ...]:
    """The version of every rule set that counts in a unit (row id; None: in general).

    It is the newest approved one of the unit itself, else of the nearest above it that has one, else the general one.
    """
    return tuple(version_of(session, code, digest) for code, digest in _counting(session, place).items())


def all_rule_sets(session: Session) -> tuple[RuleSet, ...]:
    """Every version that counts anywhere, the newest last: for what things are called."""
    return tuple(version_of(session, code, digest) for (code, _unit), digest in _approved(session).items())


def rule_set_for(session: Session, day: dt.date, place: int | None) -> RuleSet:
    """The rule set of a day that counts in a unit (row id; None: in general). Raises NoRule."""
    return rule_set_at(rule_sets(session, place), day)


def _approved(session: Session) -> Mapping[tuple[str, str | None], str]:
    """Digests of the newest approved versions by code and unit, asked for once in a transaction."""
    transaction = session.get_transaction()
    seen, found = session.info.get(_SEEN, (None, {}))
    if seen is None or seen is not transaction:
        found = {}
        for code, unit, digest in session.execute(_APPROVED):
            found.pop((code, unit), None)
            found[code, unit] = digest
        session.info[_SEEN] = session.get_transaction(), found
    approved: Mapping[tuple[str, str | None], str] = found
    return approved


def _counting(session: Session, place: int | None) -> dict[str, str]:
    """Digests by code as they count in a unit."""
    return nearest(_approved(session), session.get_one(Unit, place).code if place is not None else "")


def nearest(approved: Mapping[tuple[str, str | None], str], place: str) -> dict[str, str]:
    """Of digests by code and unit those by code that count in a unit (code; empty: in general).

    Versions of units nearer to it win over those of units above it, and those over the general ones.
    """
    counting = {code: digest for (code, unit), digest in approved.items() if unit is None}
    local = [(unit, code, digest) for (code, unit), digest in approved.items() if unit is not None]
    above = lineage_codes(place)
    return counting | {code: digest for unit, code, digest in sorted(local) if unit in above}


def clocks_for(session: Session, case: Case, at: dt.datetime) -> dict[str, str]:
    """Every clock of the case started at ``at``: id → ISO instant.

    The day of receipt chooses the rule set of a nomination (domain: conditions, papers and clocks of a dossier); until
    it is received, and for every other case, the day the case was opened does. What has been returned, supplemented or
    sent to others for an opinion has the days left that it had.
    """
    day, award = basis_of(session, case)
    calendar = calendar_of(session, case.organiser_id, local_day(at).year)
    # A unit's own version may be older than a clock that diagrams have come to ask for.
    own, general = _rule_sets_of(session, case, day)
    table = clock_table(general, at, calendar, award) | clock_table(own, at, calendar, award)
    for work, (deadline, closed) in _closed_rounds(session, case, day).items():
        whole, *reminders = (_clock((own, general), code, day, award) for code in ROUNDS[work])
        if whole is not None:
            for clock in (whole, *filter(None, reminders)):
                table[clock.code] = continued(clock, whole, deadline, closed, at, calendar).isoformat()
    return table


def deadline_clock(task: Task) -> dict[str, str]:
    """The clock of a task of ROUNDS, running out when the task is due: for work that was never over."""
    codes = ROUNDS.get((task.process, task.element))
    return {codes[0]: task.due.astimezone(VIETNAM).isoformat()} if codes and task.due else {}


def _rule_sets_of(session: Session, case: Case, day: dt.date) -> tuple[RuleSet, RuleSet]:
    """The rule set of the case's organiser, and the general one."""
    return rule_set_for(session, day, case.organiser_id), rule_set_for(session, day, None)


def _clock(sets: Iterable[RuleSet], code: str, day: dt.date, award: str | None) -> Clock | None:
    """A clock as the first of the rule sets that has it says."""
    return next((each.clock(code, day, award) for each in sets if code in each.clock_codes), None)


def _closed_rounds(
    session: Session, case: Case, day: dt.date
) -> Mapping[tuple[str, str], tuple[dt.datetime, dt.datetime]]:
    """Deadline and end of the last round of each task of ROUNDS; what was before the day of receipt does not count."""
    rows = session.execute(_CLOSED, {"case": case.id})
    return {
        (row.process, row.element): (row.due, row.closed_at)
        for row in rows
        if local_day(row.opened_at) >= day
    }


def basis_of(session: Session, case: Case) -> tuple[dt.date, str | None]:
    """The day that chooses the rules of a case, and the award it is about."""
    row = None
    if case.process in NOMINATIONS:
        row = session.execute(_RECEIVED, {"case": case.id}).first()
    received, award = (row.received_on, row.award) if row else (None, None)
    return received or local_day(case.opened_at), award


def clocks_after_pause(
    session: Session, case: Case, waiting: Iterable[tuple[str, str]], stopped: dt.datetime, now: dt.datetime
) -> dict[str, dict[str, str]]:
    """Where the waiting (clock, ISO instant) of a case go after a pause: clock → instant before → instant after.

    A clock the rules do not have any more is left out; it moves by the time of the pause.
    """
    day, award = basis_of(session, case)
    calendar = calendar_of(session, case.organiser_id, local_day(now).year)
    sets = _rule_sets_of(session, case, day)
    moved: dict[str, dict[str, str]] = {}
    for code, instant in waiting:
        clock = _clock(sets, code, day, award)
        if clock is not None:
            later = resumed(clock, dt.datetime.fromisoformat(instant), stopped, now, calendar)
            moved.setdefault(code, {})[instant] = later.isoformat()
    return moved


def longest_clock(session: Session, case: Case, codes: Iterable[str]) -> Clock | None:
    """The longest of these clocks as the rules of a case have them: a deadline runs by it, the others remind of it."""
    day, award = basis_of(session, case)
    sets = _rule_sets_of(session, case, day)
    known = (_clock(sets, code, day, award) for code in codes)
    return max(filter(None, known), key=lambda clock: clock.days, default=None)


def clock_at(session: Session, case: Case, clock: str, at: dt.datetime) -> dt.datetime:
    """One clock of a case started at ``at``."""
    return dt.datetime.fromisoformat(clocks_for(session, case, at)[clock])


_versions: dict[tuple[str, str], RuleSet] = {}
"""Versions never change, so each is read once in the life of a process."""


def version_of(session: Session, code: str, digest: str) -> RuleSet:
    """One version of a rule set, by its digest."""
    if (code, digest) not in _versions:
        query = select(RuleSetVersion.content)
        found = session.execute(query.where(RuleSetVersion.code == code, RuleSetVersion.digest == digest))
        _versions[code, digest] = parse_rule_set(found.scalar_one())
    return _versions[code, digest]

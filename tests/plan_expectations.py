"""What the plan scenarios expect: each reads from the database what is so now, in the shape of what is wanted."""

from collections import Counter
from collections.abc import Callable, Mapping
from typing import Any

from sqlalchemy import func, select

from tests.plan_office import PlanOffice
from webapp.extensions import db
from webapp.models import (
    AddressedUnit,
    AgendaItem,
    Award,
    AwardRound,
    Campaign,
    Case,
    CouncilSession,
    Decision,
    Nomination,
    Registration,
)
from webapp.queries.law import rule_set_for
from webapp.queries.quota_boards import QuotaBoard, quota_board_of


def campaign(office: PlanOffice, _wanted: Any) -> str:
    """Whether the case of the campaign is active, or how it ended."""
    case = office.case(office.codes["campaign"])
    return case.outcome or case.state


def tasks(office: PlanOffice, _wanted: Any) -> dict[str, int]:
    """The open tasks of the campaign: element → how many."""
    return dict(Counter(task.element for task in office.open_tasks(office.codes["campaign"])))


def rounds(office: PlanOffice, wanted: Mapping[str, Any]) -> dict[str, str]:
    """The state of award rounds."""
    found = {each.code: each.state for each in office.read(select(AwardRound))}
    return {code: found[code] for code in wanted}


def answers(_office: PlanOffice, _wanted: Any) -> dict[str, int]:
    """How many addressed units have answered how."""
    return dict(Counter(db.session.scalars(select(AddressedUnit.response))))


def registered(_office: PlanOffice, _wanted: Any) -> int:
    """How many take part."""
    query = select(func.count()).select_from(Registration).where(Registration.registered_at.is_not(None))
    return int(db.session.scalar(query) or 0)


def board(office: PlanOffice, round_code: str) -> QuotaBoard:
    """The quota board of a round, as its page shows it."""
    row = db.session.scalars(select(Campaign)).one()
    found = quota_board_of(db.session(), row, office.plan, round_code, office.today)
    assert found is not None
    return found


def ceilings(office: PlanOffice, wanted: Mapping[str, Any]) -> dict[str, dict[str, dict[str, int]]]:
    """By round and pool: the sum of the plan's ceilings, and of those that a strand can use."""
    return {
        code: {
            pool: {
                "at_most": sum(line.at_most or 0 for line in board(office, code).lines if line.pool == pool),
                "usable": sum(
                    line.at_most or 0
                    for line in board(office, code).lines
                    if line.pool == pool and line.usable
                ),
            }
            for pool in pools
        }
        for code, pools in wanted.items()
    }


def places(office: PlanOffice, wanted: Mapping[str, Any]) -> dict[str, dict[str, dict[str, str]]]:
    """By round, strand and pool, as on the quota board: proposed, passed, used and left."""
    return {
        code: {
            strand: {
                line.pool
                or line.kinds[0]: f"{line.proposed} proposed, {line.passed} passed, {line.used} used, "
                f"{'no ceiling' if line.left is None else f'{line.left} left'}"
                for line in board(office, code).lines
                if line.strand == strand and (line.pool or line.kinds[0]) in pools
            }
            for strand, pools in strands.items()
        }
        for code, strands in wanted.items()
    }


def stands(office: PlanOffice, wanted: Mapping[str, Any]) -> dict[str, str | None]:
    """Where cases stand, or how they ended, by who they are about."""
    cases = {name: office.case(office.codes[name]) for name in wanted}
    return {name: case.outcome or case.stage for name, case in cases.items()}


def because(office: PlanOffice, wanted: Mapping[str, Any]) -> dict[str, str]:
    """Why the council's count led to its result, by nominee."""
    query = (
        select(AgendaItem)
        .join(CouncilSession, CouncilSession.id == AgendaItem.session_id)
        .join(Case, Case.id == CouncilSession.case_id)
        .where(Case.code == office.codes["session"])
    )
    found = {item.nomination.case.code: item.count for item in office.read(query)}
    return {name: found[office.codes[name]]["reason"] for name in wanted}


def decision(office: PlanOffice, wanted: Mapping[str, Any]) -> dict[str, Any]:
    """The decision of a number: how many are awarded, with how much money, who signed, by which rule set."""
    [row] = office.read(select(Decision).where(Decision.number == wanted["number"]))
    found = {
        "number": row.number,
        "awards": len(row.awards),
        "register": " ".join(str(award.register_number) for award in row.awards),
        "prizes": {award.nomination.nominee.name: award.prize for award in row.awards},
        "money": sum(award.prize or 0 for award in row.awards),
        "signed_as": row.signer_position,
        "published": row.published_at is not None,
        "law": rule_set_for(db.session(), row.dated_on, row.unit_id).code,
    }
    return {name: found[name] for name in wanted}


def awarded(_office: PlanOffice, wanted: Mapping[str, Any]) -> dict[str, int]:
    """How many awards have been registered in a round, by round."""
    rows = db.session.execute(
        select(AwardRound.code, func.count())
        .select_from(Award)
        .join(Nomination, Nomination.id == Award.nomination_id)
        .join(AwardRound, AwardRound.id == Nomination.round_id)
        .where(Award.register_number.is_not(None))
        .group_by(AwardRound.code)
    )
    found = {row[0]: row[1] for row in rows}
    return {code: found.get(code, 0) for code in wanted}


def due(office: PlanOffice, wanted: Mapping[str, Any]) -> dict[str, str]:
    """The day the open task in somebody's case is due."""
    found = {}
    for name in wanted:
        [task] = office.open_tasks(office.codes[name])
        found[name] = f"{task.element} {task.due.astimezone().date() if task.due else 'never'}"
    return found


def received_under(office: PlanOffice, wanted: Mapping[str, Any]) -> dict[str, str]:
    """The rule set of the day a dossier was received, by nominee."""
    found = {}
    for name in wanted:
        case = office.case(office.codes[name])
        [row] = office.read(select(Nomination).where(Nomination.case_id == case.id))
        found[name] = rule_set_for(db.session(), row.received_on, case.organiser_id).code
    return found


EXPECTATIONS: Mapping[str, Callable[[PlanOffice, Any], Any]] = {
    each.__name__: each
    for each in (
        campaign,
        tasks,
        rounds,
        answers,
        registered,
        ceilings,
        places,
        stands,
        because,
        decision,
        awarded,
        due,
        received_under,
    )
}

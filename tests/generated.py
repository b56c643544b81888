"""Many dossiers made at random, written straight into the tables: for what is counted, not for what is acted."""

import datetime as dt
import random

from sqlalchemy import select

from webapp.extensions import db
from webapp.models import (
    Award,
    AwardRecord,
    AwardRound,
    Campaign,
    Case,
    Decision,
    FormEntry,
    Nomination,
    Nominee,
    Person,
    Registration,
    StageVisit,
    Strand,
    Task,
    Unit,
)
from webapp.text import search_key, sort_key

KINDS = ("individual", "household", "collective", "commune")
STAGES = ("draft", "commune", "submission", "district", "council", "decision")
AWARDS = ("certificate_of_merit", "provincial_certificate_of_merit")
GROUNDS = ("wrong_group", "standard_not_met", "papers_missing")
ENDS = (
    ("decision", "awarded"),
    ("decision", "awarded_higher"),
    ("decision", "higher_refused"),
    ("council", "not_passed"),
    ("commune", "rejected"),
    ("district", "rejected"),
    ("draft", "withdrawn"),
    ("district", "withdrawn"),
)
FIRST = dt.datetime(2018, 1, 8, 2, tzinfo=dt.UTC)


def generate(number: int, seed: int) -> None:
    """Add so many nominations with tasks, registrations, refusals and awards of two decisions; the seed says which."""
    chance = random.Random(seed)
    campaign = db.session.scalars(select(Campaign)).first()
    assert campaign is not None
    communes = select(Unit).where(Unit.level == "commune", Unit.code.startswith("an-giang/tinh-bien/"))
    units = list(db.session.scalars(communes.order_by(Unit.code).limit(5)))
    strands = list(db.session.scalars(select(Strand).where(Strand.campaign_id == campaign.id)))
    rounds = list(db.session.scalars(select(AwardRound).where(AwardRound.campaign_id == campaign.id)))
    made = _Made(campaign, db.session.scalars(select(Case)).first(), chance)
    decisions = [made.decision(place) for place in range(2)]
    for place in range(number):
        unit, strand = chance.choice(units), chance.choice(strands)
        nominee = made.nominee(place, unit)
        registration = made.registration(place, nominee, strand) if chance.random() < 0.5 else None
        if registration is None or chance.random() < 0.7:
            made.nomination(place, nominee, strand, chance.choice(rounds), registration, decisions)
    db.session.commit()


class _Made:
    """Rows of one campaign."""

    def __init__(self, campaign: Campaign, like: Case | None, chance: random.Random) -> None:
        assert like is not None
        self.campaign, self.like, self.chance = campaign, like, chance
        self.person = db.session.scalars(select(Person)).first()

    def case(self, process: str, code: str, title: str, unit: int, **columns: object) -> Case:
        opened = FIRST + dt.timedelta(days=self.chance.randrange(600), hours=self.chance.randrange(20))
        made = Case(
            process=process,
            code=code,
            title=title,
            unit_id=unit,
            deployment_digest=self.like.deployment_digest,
            campaign_id=self.campaign.id,
            organiser_id=self.campaign.unit_id,
            district_id=self.campaign.unit_id,
            opened_at=opened,
            stage_since=opened,
            version=1,
            **columns,
        )
        if made.state == "ended":
            made.ended_at = opened + dt.timedelta(days=self.chance.randrange(90))
        db.session.add(made)
        db.session.flush()
        return made

    def nominee(self, place: int, unit: Unit) -> Nominee:
        name = f"Người thứ {place}"
        keys = {"sort_key": sort_key(name), "search_key": search_key(name)}
        made = Nominee(kind=self.chance.choice(KINDS), name=name, unit_id=unit.id, **keys)
        db.session.add(made)
        db.session.flush()
        return made

    def registration(self, place: int, nominee: Nominee, strand: Strand) -> Registration:
        ended = self.chance.random() < 0.8
        columns = {"state": "ended", "outcome": "registered"} if ended else {"state": "active"}
        case = self.case("registration", f"DK-G-{place}", nominee.name, nominee.unit_id, **columns)
        made = Registration(
            case_id=case.id,
            campaign_id=self.campaign.id,
            strand_id=strand.id,
            nominee_id=nominee.id,
            filled_by="officer",
        )
        db.session.add(made)
        db.session.flush()
        return made

    def nomination(
        self,
        place: int,
        nominee: Nominee,
        strand: Strand,
        round_: AwardRound,
        registration: Registration | None,
        decisions: list[Decision],
    ) -> None:
        if self.chance.random() < 0.6:
            stage, outcome = self.chance.choice(ENDS)
            columns = {"state": "ended", "stage": stage, "outcome": outcome}
        else:
            columns = {"state": "active", "stage": self.chance.choice(STAGES), "outcome": None}
        case = self.case("nomination", f"HS-G-{place}", nominee.name, nominee.unit_id, **columns)
        made = Nomination(
            case_id=case.id,
            campaign_id=self.campaign.id,
            round_id=round_.id,
            strand_id=strand.id,
            nominee_id=nominee.id,
            registration_id=registration.id if registration and self.chance.random() < 0.8 else None,
            award=self.chance.choice(AWARDS),
            route="commune",
            filled_by="officer",
        )
        db.session.add(made)
        db.session.flush()
        self._visits(case)
        self._tasks(case)
        if case.outcome == "awarded":
            self._award(made, self.chance.choice(decisions), place)

    def _visits(self, case: Case) -> None:
        """The stages up to the present one, some of them twice."""
        upto = STAGES[: 1 + STAGES.index(case.stage)] if case.stage in STAGES else ("draft",)
        stays = [(stage, 1) for stage in upto]
        if len(upto) > 2 and self.chance.random() < 0.3:
            stays[-1:-1] = [(upto[-2], 2)] if self.chance.random() < 0.5 else [(upto[0], 2), (upto[-2], 2)]
        at = case.opened_at
        for place, (stage, round_) in enumerate(stays):
            left = (
                at + dt.timedelta(days=self.chance.randrange(9)) if place < len(stays) - 1 else case.ended_at
            )
            visit = StageVisit(
                case_id=case.id, stage=stage, round=round_, entered_at=at, left_at=left and max(at, left)
            )
            db.session.add(visit)
            at = left or at

    def _tasks(self, case: Case) -> None:
        at = case.opened_at
        steps = (
            ("nomination", "prepare_on_behalf", None),
            ("commune_assessment", "check_dossier", self.chance.choice(("complete", "supplement"))),
            ("district_assessment", "appraise", "eligible"),
        )
        for process, element, decision in steps[: self.chance.randrange(1, 4)]:
            closed = at + dt.timedelta(days=self.chance.randrange(12))
            self._task(case, process, element, decision, at, closed)
            at = closed
        if case.outcome == "rejected":
            ground = {"ground": self.chance.choice(GROUNDS), "ground_note": "Chưa đủ."}
            self._entry(case, self._task(case, "district_assessment", "appraise", "refuse", at, at), ground)

    def _task(
        self,
        case: Case,
        process: str,
        element: str,
        decision: str | None,
        opened: dt.datetime,
        closed: dt.datetime,
    ) -> Task:
        number = db.session.query(Task).count()
        made = Task(
            public_id=f"generated-{number}",
            case_id=case.id,
            process=process,
            element=element,
            name=element,
            round=1,
            items={},
            role="officer",
            unit_id=case.unit_id,
            status="done",
            decision=decision,
            opened_at=opened,
            closed_at=closed,
        )
        db.session.add(made)
        db.session.flush()
        if decision == "supplement":
            self._entry(case, made, {"supplement_text": "Bổ sung số liệu."})
        return made

    def _entry(self, case: Case, task: Task, data: dict[str, str]) -> None:
        assert self.person is not None
        entry = FormEntry(
            case_id=case.id,
            task_id=task.id,
            form=f"{task.process}/{task.element}",
            data=data,
            digest="0" * 64,
            person_id=self.person.id,
            submitted_at=case.opened_at,
        )
        db.session.add(entry)

    def decision(self, place: int) -> Decision:
        case = self.case("award_issuance", f"QD-G-{place}", "QĐ", self.campaign.unit_id, state="active")
        day = dt.date(2018 + place, 12, 10)
        made = Decision(
            case_id=case.id,
            unit_id=self.campaign.unit_id,
            campaign_id=self.campaign.id,
            title="QĐ",
            number=900 + place,
            year=day.year,
            symbol="QĐ-UBND",
            dated_on=day,
        )
        db.session.add(made)
        db.session.flush()
        return made

    def _award(self, nomination: Nomination, decision: Decision, place: int) -> None:
        prize = self.chance.choice((None, 420_000, 840_000))
        award = Award(decision_id=decision.id, nomination_id=nomination.id, position=place, prize=prize)
        db.session.add(award)
        db.session.flush()
        nominee = db.session.get_one(Nominee, nomination.nominee_id)
        record = AwardRecord(
            kind=nominee.kind,
            name=nominee.name,
            unit_id=nominee.unit_id,
            award=nomination.award,
            award_name=nomination.award,
            year=decision.year,
            movement=self.chance.choice(("regular", "thematic", "extraordinary")),
            decided_on=decision.dated_on,
            award_id=award.id,
            sort_key=nominee.sort_key,
            search_key=nominee.search_key,
        )
        db.session.add(record)

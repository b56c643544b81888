"""Numbers of awards and decisions: no gap, no double, no place given twice; what a database has to keep."""

from collections import Counter

import pytest
from flask_migrate import downgrade, upgrade
from sqlalchemy import select, update

from tests.crowd import copied_nominations, put_on_the_agenda
from tests.offices import MIGRATIONS
from tests.pages import Browser
from tests.proven import faults, open_elements
from tests.sittings import OURS_CODES, THEIR_CODE, VIETNAM
from tests.together import raised, together
from webapp.documents.formats import by_kind
from webapp.extensions import db
from webapp.models import AgendaItem, Award, Case, Decision, Nomination, NumberSeries, PlanVersion
from webapp.operations import procedures
from webapp.operations.refusals import InvalidForm
from webapp.operations.tasks import complete_task
from webapp.queries.award_papers import decision_facts
from webapp.queries.decisions import decision_of

COUNCIL = "concluded"
NUMBERING = {"symbol": "QĐ-UBND"}
REQUESTS = 50


def numbers():
    query = select(Award.register_number).where(Award.register_number.is_not(None))
    return sorted(db.session.scalars(query.order_by(Award.register_number)))


def numbering(council, code, number):
    """What numbers a decision, to be done by anybody at any time."""
    task, clerk, now = council.task("number_decision", code).public_id, council.actor("clerk"), council.now
    form = {"number": number, **NUMBERING, "dated_on": now.at.astimezone(VIETNAM).date().isoformat()}
    return lambda: complete_task(task, form, actor=clerk, now=now)


def test_two_drafts_do_not_share_the_last_place(app, council):
    council.draft(OURS_CODES[:3])
    drafts = [council.start("specialist", "award_issuance", round="nam-2019") for _each in range(2)]
    specialist, now, signer = council.actor("specialist"), council.now, council.person("authority").public_id
    acts = []
    for draft, nomination in zip(drafts, (OURS_CODES[3], THEIR_CODE), strict=True):
        task = council.task("draft_decision", draft).public_id
        form = {
            "nominations": [nomination],
            "title": "Về việc khen thưởng",
            "achievement": "Có thành tích",
            "signer": signer,
            "copies_to": "Như Điều 3",
        }
        acts.append(lambda task=task, form=form: complete_task(task, form, actor=specialist, now=now))
    assert raised(together(app, acts)) == [InvalidForm]
    assert db.session.scalar(select(Award.id).where(Award.register_number.is_(None)).limit(1)) is not None
    assert len(list(db.session.scalars(select(Award.id)))) == 4


def test_awards_get_numbers_without_a_gap_and_their_prize(council):
    first, second = council.draft(OURS_CODES[:2]), council.draft(OURS_CODES[2:])
    for code in (second, first):
        council.sign(code)
    council.number(second, 12)
    council.number(first, 13)
    found = {
        row.nomination.case.code: (row.register_number, row.prize)
        for row in db.session.scalars(select(Award))
    }
    assert found == {
        "HS-2019-0003": (1, 900_000),
        "HS-2019-0004": (2, 900_000),
        "HS-2019-0002": (3, 900_000),
        "HS-2019-0001": (4, 450_000),
    }
    assert sorted(open_elements(first)) == ["hand_over", "send_copies"]
    assert faults() == []


def test_number_given_back_by_a_rollback_is_given_again(council, monkeypatch):
    first, second = council.draft(OURS_CODES[:2]), council.draft(OURS_CODES[2:])
    for code in (first, second):
        council.sign(code)

    def break_down(**_given):
        raise ConnectionError("the machine stops here")

    with monkeypatch.context() as patch:
        patch.setattr(procedures.issuing, "AwardsRegistered", break_down)
        with pytest.raises(ConnectionError):
            numbering(council, first, 12)()
    assert numbers() == []
    council.number(second, 12)
    council.number(first, 13)
    assert numbers() == [1, 2, 3, 4]


@pytest.mark.parametrize("many", [3, pytest.param(50, marks=pytest.mark.soak)])
def test_register_has_no_gap_and_no_double_under_50_requests(app, council, many):
    """Some are sent again and again, some have a number that is taken: what is refused leaves no gap."""
    codes = [*OURS_CODES, *passed_copies(many - 3)]
    taken, *decisions = [council.draft([code]) for code in codes]
    for code in (taken, *decisions):
        council.sign(code)
    council.number(taken, 20)
    wrong = [sending(app, council, code, 20) for code in decisions[:10]]
    again = max(1, (REQUESTS - len(wrong)) // many)
    right = [sending(app, council, code, number) for number, code in enumerate(decisions, 21)] * again
    acts = [*wrong, *right, *right[: REQUESTS - len(wrong) - len(right)]]
    assert len(acts) >= REQUESTS
    answers = together(app, acts)
    assert raised(answers) == []
    assert set(answers[: len(wrong)]) <= {422, 409}
    assert Counter(answers)[302] == many
    assert numbers() == list(range(1, many + 2))
    last = select(NumberSeries.last).where(NumberSeries.series.startswith("register/"))
    assert list(db.session.scalars(last)) == [many + 1]
    council.work()
    if many == 3:  # copies were never acted: their codes and records are not what the log says
        assert faults() == []


def sending(app, council, code, number):
    """The clerk's form of a decision as a browser sends it, to be sent by anybody at any time; returns the status."""
    path = f"/tasks/{council.task('number_decision', code).public_id}"
    browser = Browser(app)
    browser.sign_in_as(council.person("clerk"))
    form = browser.get(path).form("form.task-form") | NUMBERING | {"number": number}
    form |= {"act": "complete", "dated_on": council.now.at.astimezone(VIETNAM).strftime("%d/%m/%Y")}
    return lambda: browser.client.post(path, data=form).status_code


def passed_copies(number):
    """Copies of a nomination that the council has passed, and room for them in the plan."""
    codes = copied_nominations(number)
    put_on_the_agenda(codes)
    mine = AgendaItem.nomination_id.in_(select(Nomination.id).join(Case).where(Case.code.in_(codes)))
    db.session.execute(update(AgendaItem).where(mine).values(result="passed"))
    [plan] = db.session.scalars(select(PlanVersion))
    plan.content = plan.content.replace(
        "{pool: tap-the, at_most: 3}", f"{{pool: tap-the, at_most: {number + 3}}}"
    )
    db.session.commit()
    return codes


def test_number_of_the_book_is_given_once(app, council):
    decisions = [council.draft([code]) for code in OURS_CODES[:2]]
    for code in decisions:
        council.sign(code)
    acts = [numbering(council, code, 30) for code in decisions]
    assert raised(together(app, acts)) == [InvalidForm]
    assert numbers() == [1]


def test_the_register_has_the_order_of_the_annex(council):
    """Collectives stand before persons in the annex, whatever order they were chosen in; so are they numbered."""
    code = council.draft([*OURS_CODES[:2], THEIR_CODE][::-1])
    council.sign(code)
    council.number(code, 12)
    awards = db.session.scalars(select(Award).order_by(Award.register_number)).all()
    case = council.case(code)
    annex = decision_facts(db.session(), decision_of(db.session(), case))
    listed = [line for group in annex["groups"] for _kind, lines in by_kind(group["lines"]) for line in lines]
    assert [line["nominee"]["name"] for line in listed] == [each.nomination.case.title for each in awards]
    assert [each.register_number for each in awards] == [1, 2, 3]
    assert [each.position for each in awards] == [1, 2, 3]


def test_decisions_of_before_and_their_awards_stay_what_they_are(council):
    """The tables of decisions, awards and papers are made anew on SQLite; each award gets an address of its own."""
    code = council.draft(OURS_CODES[:2])
    council.sign(code)
    council.number(code, 12)
    council.work()
    db.session.remove()
    downgrade(str(MIGRATIONS), revision="0030")
    upgrade(str(MIGRATIONS))
    decision = db.session.scalars(select(Decision)).one()
    assert (decision.number, decision.kind, decision.status, decision.original) == (
        12,
        "award",
        "valid",
        None,
    )
    assert [award.register_number for award in decision.awards] == [1, 2]
    assert len({award.public_id for award in decision.awards}) == 2
    assert faults() == []

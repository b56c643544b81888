"""The money of a decision is one number, wherever it stands: lines, annex, words, payment list, fund."""

import datetime as dt
import io

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from openpyxl import load_workbook
from sqlalchemy import select

from tests.awarded import CODE, awarded
from tests.webapp.documents.test_number_words import read
from webapp.documents import page, render_xlsx
from webapp.documents.formats import lines_of, money
from webapp.extensions import db
from webapp.models import Award, AwardPayment, Case
from webapp.queries.award_lists import numbered_decision
from webapp.queries.award_papers import decision_facts
from webapp.queries.decisions import decision_page
from webapp.queries.funds import fund_years
from webapp.queries.payments import payment_facts

__all__ = ["awarded"]

COUNCIL = "concluded"
PRIZES = st.lists(
    st.tuples(st.one_of(st.none(), st.integers(1, 10**9)), st.sampled_from(["", "cash", "account"])),
    min_size=3,
    max_size=3,
)
KINDS = st.permutations(["individual", "household", "collective"])
DAY = dt.date(2020, 1, 15)


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(prizes=PRIZES, kinds=KINDS)
def test_the_total_is_the_same_wherever_it_stands(awarded, prizes, kinds):
    session = db.session()
    try:
        case = session.scalar(select(Case).where(Case.code == CODE))
        decision = numbered_decision(session, case)
        paid = 0
        for award, (prize, way), kind in zip(decision.awards, prizes, kinds, strict=True):
            award.prize, award.nomination.nominee.kind = prize, kind
            if prize and way:
                paid += prize
                session.add(_payment(award, way, awarded))
        session.flush()
        total = sum(prize or 0 for prize, _way in prizes)
        _check(session, decision, case, total, paid)
    finally:
        session.rollback()


def _payment(award: Award, way: str, awarded) -> AwardPayment:
    return AwardPayment(
        award_id=award.id, amount=award.prize, paid_on=DAY, way=way, entered_at=awarded.now.at
    )


def _check(session, decision, case, total, paid):
    facts = decision_facts(session, decision)
    assert sum(line["prize"] for line in lines_of(facts["groups"])) == total
    assert decision_page(session, case, {}).total == total
    if total:
        html = page("decision", facts)
        assert html.count(money(total)) >= 1
        words = html.partition("(Bằng chữ: ")[2].partition(" đồng)")[0]
        assert read(words[:1].lower() + words[1:]) == total
        _check_list(payment_facts(session, decision), total)
    funds = {fund.year: fund for fund in fund_years(session, [decision.unit], [2019, 2020])}
    assert (funds[2019].spent, funds[2020].committed) == (0, 0)
    assert (funds[2020].spent, funds[2019].committed) == (paid, total - paid)


def _check_list(facts, total):
    assert sum(line["prize"] for line in lines_of(facts["groups"])) == total
    sheet = load_workbook(io.BytesIO(render_xlsx("payment_sheet", facts))).active
    cells = [[cell.value for cell in row] for row in sheet.iter_rows()]
    end = next(at for at, row in enumerate(cells) if str(row[1] or "").startswith("Tổng cộng"))
    assert cells[end][8] == total == sum(row[8] for row in cells[3:end])
    words = cells[end + 1][0].removeprefix("Bằng chữ: ").removesuffix(" đồng.")
    assert read(words[:1].lower() + words[1:]) == total

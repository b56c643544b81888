"""The plan of a unit that answers to one from above: a plan of its own, with contents and without places."""

import datetime as dt

import pytest

from workflows.plan import SHIPPED_PLANS, Plan, parse_plan
from workflows.plan_responses import Issued, Responder, Terms, contents_of, issued_plan, response_plan

PLANS = sorted(SHIPPED_PLANS.glob("*.yaml"))
ISSUED = Issued("15/KH-UBND", dt.date(2024, 5, 20))


def responded(parent: Plan, issued: Issued | None = ISSUED, own: str = "") -> Plan:
    responder = Responder(f"{parent.document.issuer}/an-cu", "xã An Cư", "commune")
    codes = tuple(strand.code for strand in parent.strands)
    terms = Terms(codes, contents_of(own), parent.starts, parent.ends)
    draft = response_plan(parent, "Ủy ban nhân dân huyện", responder, terms)
    return parse_plan(issued_plan(draft, issued) if issued else draft)


@pytest.mark.parametrize("path", PLANS, ids=lambda path: path.stem)
def test_every_shipped_plan_can_be_answered(path) -> None:
    parent = parse_plan(path.read_text("utf-8"))
    plan = responded(parent)
    assert [strand.kinds for strand in plan.strands] == [strand.kinds for strand in parent.strands]
    assert (plan.document.number, plan.chain, plan.ends) == (ISSUED.number, ("commune",), parent.ends)
    assert (plan.rounds, plan.pools, plan.awards, plan.indicators, plan.reviews) == ((), (), (), (), ())
    assert [reference.title for reference in plan.references] == [parent.title]


def test_contents_of_its_own_are_for_the_groups_it_takes_over() -> None:
    parent = parse_plan(PLANS[0].read_text("utf-8"))
    plan = responded(parent, None, "- Mỗi ấp một mô hình\n\n  • Mỗi chi hội giúp một hộ ")
    assert plan.document.state == "draft"
    one, other = plan.strands[-2:]
    assert (one.name, other.name) == ("Mỗi ấp một mô hình", "Mỗi chi hội giúp một hộ")
    assert one.kinds == other.kinds == frozenset().union(*(strand.kinds for strand in parent.strands))


def test_a_long_content_is_whole_below_its_short_name() -> None:
    parent = parse_plan(PLANS[0].read_text("utf-8"))
    long = " ".join(["Mỗi ấp một mô hình sinh kế"] * 20)
    strand = responded(parent, own=long).strands[-1]
    assert len(strand.name) <= 200
    assert strand.contents == (long,)

"""The legal check of a decision: what can be worked out from the rule set, the plan, the dossiers and its own list.

Source of every rule: the entry of the rule set with its citation and mark, or the plan. What no entry says is told as
"not in the rule set", and is for the office to look up.
"""

from __future__ import annotations

import datetime as dt
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

from sqlalchemy import select
from sqlalchemy.orm import Session

from webapp.documents.blocks import articles
from webapp.models import AgendaItem, Award, Campaign, Case, Decision, Nomination
from webapp.queries.award_papers import DRAFT, decision_facts
from webapp.queries.ceilings import ceiling_uses
from webapp.queries.completeness import OWN, SIMPLE, missing_papers
from webapp.queries.decision_versions import final_text
from webapp.queries.decisions import decision_of
from webapp.queries.eligibility import Checked, check_nominations
from webapp.queries.facts import EXTRAORDINARY_ROUTE, award_names, legal_bases, lines
from webapp.queries.latest_entries import latest_entry
from webapp.queries.law import rule_set_for
from webapp.queries.outcome_checks import PASSED, Ground, ground
from webapp.queries.plans import plan_of
from webapp.queries.submission_of_decision import passed_in
from webapp.queries.units import standing_level
from webapp.queries.unprintable import unprintable_texts
from workflows.law import NoRule, RuleSet
from workflows.rules.eligibility import SEVERITY
from workflows.rules.prizes import prize_money
from workflows.values import local_day
from workflows.vocabulary import SINGLE_KINDS, Mark, NomineeKind

Sort = Literal["competence", "bases", "vote", "ceilings", "conditions", "sums", "papers", "text"]
Verdict = Literal["pass", "warning", "bar"]

NUMBERED = re.compile(r"\d+/\d{4}/[^\W\d_][\w-]*")
"""The number of a legal document: ``91/2017/NĐ-CP``."""


@dataclass(frozen=True)
class Check:
    """One thing that was checked. ``told`` names the sentence, ``values`` fill it.

    ``citation`` and ``mark`` are those of the rule, empty where none stands behind it. ``codes``: the nominations it is
    about, where it is not about all.
    """

    sort: Sort
    verdict: Verdict
    told: str
    values: Mapping[str, Any] = field(default_factory=dict)
    citation: str = ""
    mark: Mark | None = None
    codes: tuple[str, ...] = ()


def decision_checks(session: Session, case: Case, today: dt.date) -> list[Check]:
    """All checks of the decision of a case, as of its date, or of today as long as it has none."""
    decision = decision_of(session, case)
    if not decision.awards:
        return []
    day = decision.dated_on or today
    try:
        rules = rule_set_for(session, day, decision.unit_id)
    except NoRule:
        return [Check("bases", "bar", "no_rule_set", {"day": day})]
    facts = decision_facts(session, decision)
    nominations = [award.nomination for award in decision.awards]
    return [
        *_competence(session, decision, rules, day),
        *_bases(session, decision, rules, day),
        *_vote(session, nominations),
        *_ceilings(session, decision, nominations),
        *_conditions(session, decision, nominations, day),
        *_sums(session, decision, rules, day),
        *_papers(session, nominations),
        *_text(facts),
        *_letters(session, decision, facts),
        *_final_text(session, case),
    ]


def _competence(session: Session, decision: Decision, rules: RuleSet, day: dt.date) -> Iterator[Check]:
    """Whether the body gives each award, and to each kind of nominee on the list."""
    level, names = standing_level(session, decision.unit), award_names(rules, decision.unit)
    for code, awards in _by_award(decision).items():
        told = {"award": names.get(code, code), "level": level}
        try:
            award = rules.award(code, day)
        except NoRule:
            yield Check("competence", "bar", "no_award", told)
            continue
        try:
            rule = rules.decider(code, level, day)
            yield Check(
                "competence", "pass", "decides", {**told, "office": rule.office}, rule.citation, rule.mark
            )
        except NoRule:
            levels = {**told, "levels": award.levels}
            yield Check("competence", "bar", "decides_not", levels, award.citation, award.mark)
        other = tuple(a.nomination.case.code for a in awards if a.nomination.nominee.kind not in award.kinds)
        if award.kinds and other:
            yield Check("competence", "bar", "wrong_kind", told, award.citation, award.mark, other)


def _bases(session: Session, decision: Decision, rules: RuleSet, day: dt.date) -> Iterator[Check]:
    """Whether the decision cites what the rule set of its day gives, and nothing that it does not know."""
    yield Check(
        "bases",
        "pass",
        "rule_set",
        {"title": rules.title, "day": day, "from": rules.starts, "to": rules.ends},
    )
    begun = local_day(decision.case.opened_at)
    before = rule_set_for(session, begun, decision.unit_id)
    if before.code != rules.code:
        yield Check("bases", "warning", "other_rule_set", {"title": before.title, "day": begun})
    known = {_key(base): base for base in legal_bases(rules)}
    cited = {
        _key(base): base
        for base in lines(latest_entry(session, decision.case, DRAFT).get("legal_bases"))
        or legal_bases(rules)
    }
    for key, base in known.items():
        yield Check(
            "bases",
            "pass" if key in cited else "warning",
            "cited" if key in cited else "not_cited",
            {"base": base},
        )
    for key in cited.keys() - known.keys():
        yield Check("bases", "warning", "own_base", {"base": cited[key]})


def _vote(session: Session, nominations: list[Nomination]) -> Iterator[Check]:
    """Whether the council passed everybody; an extraordinary merit goes without its vote."""
    voted = [each for each in nominations if each.route != EXTRAORDINARY_ROUTE]
    for held, count in passed_in(session, (each.id for each in voted)):
        told = {"number": held.number, "year": held.year, "council": held.council.name, "count": count}
        yield Check("vote", "pass", "passed", told)
    known = set(
        session.scalars(
            select(AgendaItem.nomination_id).where(
                AgendaItem.nomination_id.in_([each.id for each in voted]), AgendaItem.result.in_(PASSED)
            )
        )
    )
    if missing := [each for each in voted if each.id not in known]:
        yield Check("vote", "bar", "not_passed", codes=_codes(missing))
    if closed := [each for each in nominations if each.case.state == "frozen"]:
        yield Check("vote", "bar", "suspended", codes=_codes(closed))


def _ceilings(session: Session, decision: Decision, nominations: list[Nomination]) -> Iterator[Check]:
    """The places of the plan, by round and strand."""
    campaign = session.get(Campaign, decision.campaign_id or 0)
    if campaign is None:
        return
    plan = plan_of(session, campaign)
    source = plan.document.number or plan.title
    for use in ceiling_uses(session, campaign, nominations, decision.id).values():
        for pool in use.pools:
            told = {
                "round": use.round,
                "strand": use.strand,
                "pool": pool.pool,
                "given": pool.given + pool.proposed,
                "most": pool.at_most,
            }
            verdict: Verdict = "bar" if pool.over and pool.proposed else "pass"
            assumed = plan.assumption_at(f"rounds/{nominations[0].round.code}/ceilings")
            yield Check("ceilings", verdict, "ceiling", told, source, "unverified" if assumed else "verified")


def _conditions(
    session: Session, decision: Decision, nominations: list[Nomination], day: dt.date
) -> Iterator[Check]:
    """Each condition once, and who does not meet it.

    Of a decision with a number its own awards would count as earlier ones: there is nothing to check any more.
    """
    campaign = session.get(Campaign, decision.campaign_id or 0)
    if campaign is None or decision.number is not None:
        return
    plan = plan_of(session, campaign)
    source = plan.document.number or campaign.title
    found = check_nominations(session, campaign, nominations, "decision", day)
    worst: dict[str, Verdict] = {}
    of: defaultdict[str, list[Checked]] = defaultdict(list)
    named: dict[str, Ground] = {}
    for each in found:
        for finding in each.findings:
            if finding.code == "ceiling":
                continue  # what the plan says of places stands above
            named[finding.code] = ground(each, finding, source)
            passing = finding.verdict == "pass" or finding.code in each.overrides
            verdict: Verdict = "pass" if passing else finding.verdict
            worst[finding.code] = max(worst.get(finding.code, "pass"), verdict, key=SEVERITY.__getitem__)
            if verdict != "pass":
                of[finding.code].append(each)
    for code, verdict in sorted(worst.items(), key=lambda pair: -SEVERITY[pair[1]]):
        rule = named[code]
        those = tuple(each.nomination.case.code for each in of[code])
        yield Check(
            "conditions",
            verdict,
            "condition",
            {"name": rule["name"]},
            rule["citation"],
            rule["mark"],
            those,
        )


def _sums(session: Session, decision: Decision, rules: RuleSet, day: dt.date) -> Iterator[Check]:
    """Each sort of prize worked out anew by the rules of the day."""
    level = standing_level(session, decision.unit)
    names = award_names(rules, decision.unit)
    groups: defaultdict[tuple[str, NomineeKind], list[Award]] = defaultdict(list)
    for award in decision.awards:
        kind = award.nomination.nominee.kind
        groups[award.nomination.award, kind if kind in SINGLE_KINDS else "collective"].append(award)
    for (code, kind), awards in groups.items():
        told: dict[str, Any] = {"award": names.get(code, code), "kind": kind, "count": len(awards)}
        try:
            money = prize_money(rules, code, awards[0].nomination.nominee.kind, level, day)
        except NoRule:
            yield Check("sums", "bar", "no_prize_rule", told)
            continue
        amount = money.amount if money else 0
        other = tuple(each.nomination.case.code for each in awards if (each.prize or 0) != amount)
        told |= {"amount": amount, "salary": money.base_salary if money else 0}
        told["multiple"] = float(money.rule.multiple * money.rule.factor) if money else 0
        citation, mark = (money.rule.citation, money.rule.mark) if money else ("", None)
        name = "no_prize" if money is None else "prize" if not other else "other_prize"
        yield Check("sums", "bar" if other else "pass", name, told, citation, mark, other)
    prizes = [award.prize or 0 for award in decision.awards]
    yield Check("sums", "pass", "total", {"total": sum(prizes), "count": len(prizes)})


def _papers(session: Session, nominations: list[Nomination]) -> Iterator[Check]:
    """The required papers that dossiers lack."""
    simple = [each.case.code for each in nominations if each.route == EXTRAORDINARY_ROUTE]
    whole = [each.case.code for each in nominations if each.route != EXTRAORDINARY_ROUTE]
    lacking = missing_papers(session, whole, OWN) | missing_papers(session, simple, SIMPLE)
    by_paper: defaultdict[str, list[str]] = defaultdict(list)
    for code, paper in ((code, paper) for code, papers in lacking.items() for paper in papers):
        by_paper[paper].append(code)
    for paper, codes in by_paper.items():
        yield Check("papers", "warning", "lacking", {"paper": paper}, codes=tuple(codes))
    if not by_paper:
        yield Check("papers", "pass", "complete", {"count": len(nominations)})


def _text(facts: Mapping[str, Any]) -> Iterator[Check]:
    """Whether "Như Điều …" among the recipients is the article on who carries it out: the last one."""
    last = len(articles(*(facts[name] for name in ("blocks", "acts", "reason", "fund", "groups"))))
    for recipient in facts["recipients"]:
        if found := re.match(r"Như Điều (\d+)", recipient):
            told = {"typed": int(found[1]), "last": last}
            yield Check("text", "pass" if int(found[1]) == last else "warning", "reference", told)


def _letters(session: Session, decision: Decision, facts: Mapping[str, Any]) -> Iterator[Check]:
    """Whether decision and certificates can be printed as they are written."""
    for each in unprintable_texts(session, decision, facts):
        told = {"text": each.text, "letters": each.letters}
        yield Check("text", "bar", "no_letter", told, codes=each.codes)


def _final_text(session: Session, case: Case) -> Iterator[Check]:
    """Whether the text that came back from Word is the one here."""
    if (text := final_text(session, case)) is not None:
        told = {"count": len(text.found)}
        yield Check("text", "warning" if text.found else "pass", "final_text", told)


def _by_award(decision: Decision) -> dict[str, list[Award]]:
    found: defaultdict[str, list[Award]] = defaultdict(list)
    for award in decision.awards:
        found[award.nomination.award].append(award)
    return found


def _codes(nominations: Iterable[Nomination]) -> tuple[str, ...]:
    return tuple(each.case.code for each in nominations)


def _key(base: str) -> str:
    """What a basis is known by, however it is worded: the number of its document, or its words where it has none."""
    plain = " ".join(base.split()).casefold().removeprefix("căn cứ ")
    return " ".join(NUMBERED.findall(plain)) or plain

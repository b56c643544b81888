"""What awards and papers are called, whichever rule set they come from."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from sqlalchemy.orm import Session

from webapp.queries.law import all_rule_sets


@dataclass(frozen=True)
class RuleNames:
    """Names by code. ``paper_stages`` says for which part of the procedure a paper is: dossier, batch, process."""

    awards: Mapping[str, str]
    papers: Mapping[str, str]
    paper_stages: Mapping[str, str]


def rule_names(session: Session) -> RuleNames:
    """A code means the same in each rule set; the newest name wins. One statement."""
    awards, papers, stages = {}, {}, {}
    for rules in all_rule_sets(session):
        awards.update({award.code: award.name for award in rules.awards})
        papers.update({paper.code: paper.name for paper in rules.papers})
        stages.update({paper.code: paper.stage for paper in rules.papers})
    return RuleNames(awards, papers, stages)

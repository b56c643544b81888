"""What the codes on a completed form mean: the texts of dynamic choices, whether still offered or not."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from webapp.models import AwardRound, Case, CouncilMembership, Person, Strand, Unit
from webapp.queries import cluster_scores, review_forms
from webapp.queries.law import all_rule_sets
from webapp.queries.signing_keys import METHODS, key_texts
from workflows.forms import Schema, sources_of
from workflows.vocabulary import NOMINEE_KIND_NAMES

Completed = tuple[Schema, Mapping[str, Any]]
Texts = Mapping[str, str]
Lookup = Callable[[Session, Case, set[str]], Texts]


def texts_for(session: Session, case: Case, forms: Iterable[Completed]) -> dict[str, list[tuple[str, str]]]:
    """For every source of the forms the (code, text) pairs of the codes that stand on them.

    A code that has no text any more is left out, and is then shown as it is. One statement a source.
    """
    used: dict[str, set[str]] = {}
    for schema, data in forms:
        for source in sources_of(schema):
            used.setdefault(source, set())
        for source, code in _codes(schema, data):
            used[source].add(code)
    texts = {source: LOOKUPS[source](session, case, codes) if codes else {} for source, codes in used.items()}
    return {
        source: [(code, texts[source][code]) for code in sorted(codes) if code in texts[source]]
        for source, codes in used.items()
    }


def _codes(schema: Schema, data: Any) -> Iterator[tuple[str, str]]:
    """(source, code) of each dynamic choice made in ``data``."""
    source = schema.get("x-options")
    if source is not None:
        for code in data if isinstance(data, list) else [data]:
            yield source, str(code)
    elif isinstance(data, Mapping):
        for name, value in data.items():
            yield from _codes(schema.get("properties", {}).get(name, {}), value)
    elif isinstance(data, list):
        for each in data:
            yield from _codes(schema.get("items", {}), each)


def _units(session: Session, _case: Case, codes: set[str]) -> Texts:
    rows = session.execute(select(Unit.code, Unit.name).where(Unit.code.in_(codes)))
    return dict(rows.all())


def _cases(session: Session, _case: Case, codes: set[str]) -> Texts:
    rows = session.execute(select(Case.code, Case.title).where(Case.code.in_(codes)))
    return {row.code: f"{row.title} ({row.code})" for row in rows}


def _strands(session: Session, case: Case, codes: set[str]) -> Texts:
    query = select(Strand.code, Strand.title).where(
        Strand.campaign_id == case.campaign_id, Strand.code.in_(codes)
    )
    return dict(session.execute(query).all())


def _rounds(session: Session, case: Case, codes: set[str]) -> Texts:
    query = select(AwardRound.code, AwardRound.title).where(
        AwardRound.campaign_id == case.campaign_id, AwardRound.code.in_(codes)
    )
    return dict(session.execute(query).all())


def _members(session: Session, _case: Case, codes: set[str]) -> Texts:
    query = select(CouncilMembership.public_id, Person.name).join(
        Person, Person.id == CouncilMembership.person_id
    )
    return dict(session.execute(query.where(CouncilMembership.public_id.in_(codes))).all())


def _people(session: Session, _case: Case, codes: set[str]) -> Texts:
    rows = session.execute(select(Person.public_id, Person.name).where(Person.public_id.in_(codes)))
    return dict(rows.all())


def _rules(session: Session, _case: Case, _codes: set[str]) -> Texts:
    """Names from all rule sets: a code means the same in each, and the newest name wins."""
    named: dict[str, str] = {}
    for rules in all_rule_sets(session):
        named |= {award.code: award.name for award in rules.awards}
        named |= {paper.code: paper.name for paper in rules.papers}
        grounds = (*rules.refusal_grounds, *rules.revocation_grounds)
        named |= {ground.code: ground.name for ground in grounds}
    return named


def _nominee_kinds(_session: Session, _case: Case, _codes: set[str]) -> Texts:
    return {str(kind): name for kind, name in NOMINEE_KIND_NAMES.items()}


def _scored(choices: Callable[[Session, int], Iterable[tuple[str, str]]]) -> Lookup:
    """Texts of what a scoring of a cluster is about."""
    return lambda session, case, codes: {
        code: text for code, text in choices(session, case.id) if code in codes
    }


def _candidates(session: Session, case: Case, codes: set[str]) -> Texts:
    nobody = {code: text for code, text in [cluster_scores.NO_UNIT] if code in codes}
    return {**_units(session, case, codes), **nobody}


def _cluster_results(session: Session, _case: Case, codes: set[str]) -> Texts:
    return cluster_scores.result_texts(session, codes)


def _weights(_session: Session, _case: Case, codes: set[str]) -> Texts:
    return {code: review_forms.weight_text(code) for code in codes}


def _figures(session: Session, case: Case, codes: set[str]) -> Texts:
    return review_forms.figure_texts(session, case, codes)


def _keys(session: Session, _case: Case, codes: set[str]) -> Texts:
    return key_texts(session, codes)


def _methods(_session: Session, _case: Case, codes: set[str]) -> Texts:
    return {code: text for code, text in METHODS if code in codes}


LOOKUPS: dict[str, Lookup] = {
    "amended_awards": _cases,
    "issued_decisions": _cases,
    "owing_awards": _cases,
    "revocation_grounds": _rules,
    "accepted_registrations": _cases,
    "acclaim_candidates": _candidates,
    "agenda_nominations": _cases,
    "awardees": _cases,
    "awards": _rules,
    "batch_lines": _cases,
    "cluster_lines": _scored(cluster_scores.line_choices),
    "cluster_results": _cluster_results,
    "commendations": _rules,
    "copy_recipients": _units,
    "council_nominations": _cases,
    "criteria": _scored(cluster_scores.criteria_choices),
    "deciding_rounds": _rounds,
    "figures": _figures,
    "introduced_exemplars": _cases,
    "nominee_kinds": _nominee_kinds,
    "opinion_bodies": _units,
    "office_keys": _keys,
    "own_award": _rules,
    "own_keys": _keys,
    "paper_types": _rules,
    "passed_nominations": _cases,
    "pledged_figures": _figures,
    "ready_nominations": _cases,
    "recognised_exemplars": _cases,
    "refusal_grounds": _rules,
    "registration_papers": _rules,
    "round_nominations": _cases,
    "rounds": _rounds,
    "session_members": _members,
    "signers": _people,
    "signing_methods": _methods,
    "strands": _strands,
    "tied_nominations": _cases,
    "titles": _rules,
    "receiving_units": _units,
    "units": _units,
    "weights": _weights,
    "unlisted_registrations": _cases,
}
"""Every source of ``queries.choices``, and where its codes are looked up."""

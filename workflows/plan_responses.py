"""The plan of a unit that launches a campaign of its own in response to one from above (hưởng ứng).

Contents are taken over with their target groups; what a unit adds is a strand of its own. Ceilings, pools, rounds and
awards of the campaign above are never taken over: a unit has no places to give.
"""

import json
import textwrap
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from workflows.plan import Plan, Strand, TargetGroup
from workflows.typed_yaml import read
from workflows.vocabulary import LEVEL_ORDER, Level

OWN_STRAND: Final = "noi-dung-rieng"
LONGEST_SHORT: Final = 60
LONGEST_NAME: Final = 200


@dataclass(frozen=True, slots=True)
class Responder:
    """The unit that launches, as plans name it: code, name, level of government; the issuing body by its full name."""

    code: str
    name: str
    level: Level


@dataclass(frozen=True, slots=True)
class Terms:
    """What the unit decides: codes of strands, contents of its own, the days of its campaign and registration."""

    strands: tuple[str, ...]
    own_contents: tuple[str, ...]
    starts: date
    registration_closes: date


@dataclass(frozen=True, slots=True)
class Issued:
    """The unit's own signed paper."""

    number: str
    on: date


def response_code(parent: Plan, responder: Responder) -> str:
    """The code of the unit's campaign: one for each unit in each campaign."""
    return f"{parent.code}-{responder.code.replace('/', '-')}"


def response_plan(parent: Plan, organiser: str, responder: Responder, terms: Terms) -> str:
    """The text of the unit's draft (JSON, which is YAML); ``organiser`` is the body that issued the plan above."""
    day = terms.starts.isoformat()
    closes = terms.registration_closes.isoformat()
    plan = {
        "code": response_code(parent, responder),
        "title": f"{_capital(responder.name)} hưởng ứng {parent.title[:1].lower()}{parent.title[1:]}",
        "short_title": _short(f"{_capital(responder.name)} hưởng ứng: {parent.short_title}"),
        **({"fictitious": True} if parent.fictitious else {}),
        "document": {
            "kind": "plan",
            "state": "draft",
            "issuer": responder.code,
            "source": "Kế hoạch của đơn vị",
        },
        "level": responder.level,
        "chain": list(LEVEL_ORDER[: LEVEL_ORDER.index(responder.level) + 1]),
        "campaign_kind": parent.campaign_kind,
        "starts": day,
        "ends": parent.ends.isoformat(),
        "purposes": list(parent.purposes),
        "requirements": list(parent.requirements),
        "references": [_reference(parent, organiser)],
        "strands": [*(_taken_over(parent.strand(code)) for code in terms.strands), *_own(parent, terms)],
        "acknowledgement": {"reminder": day, "due": day},
        "addressed_units": [{"unit": responder.code, "own_plan": False}],
        "registration": {"opens": day, "closes": closes},
    }
    return json.dumps(plan, ensure_ascii=False, indent=2)


def issued_plan(text: str, issued: Issued) -> str:
    """The text of a unit's plan with number and day of its signed paper, and nothing else changed."""
    plan = read(text).data
    paper = {"state": "issued", "number": issued.number, "issued": issued.on.isoformat()}
    return json.dumps({**plan, "document": {**plan["document"], **paper}}, ensure_ascii=False, indent=2)


def _reference(parent: Plan, organiser: str) -> dict[str, str]:
    document = parent.document
    known = {"number": document.number, "issued": document.issued.isoformat() if document.issued else None}
    return {
        "kind": "plan",
        "title": parent.title,
        "issuer": organiser,
        **{name: value for name, value in known.items() if value},
    }


def _taken_over(strand: Strand) -> dict[str, Any]:
    return {
        "code": strand.code,
        "name": strand.name,
        **({"contents": list(strand.contents)} if strand.contents else {}),
        "target_groups": [_group(group) for group in strand.target_groups],
    }


def _own(parent: Plan, terms: Terms) -> list[dict[str, Any]]:
    """A strand for each content the unit adds, for the target groups of the strands it takes over."""
    groups = {group.code: group for code in terms.strands for group in parent.strand(code).target_groups}
    return [
        {
            "code": f"{OWN_STRAND}-{number}",
            "name": textwrap.shorten(content, LONGEST_NAME, placeholder="…"),
            **({"contents": [content]} if len(content) > LONGEST_NAME else {}),
            "target_groups": [_group(group) for group in groups.values()],
        }
        for number, content in enumerate(terms.own_contents, 1)
    ]


def _group(group: TargetGroup) -> dict[str, Any]:
    return {"code": group.code, "name": group.name, "kinds": list(group.kinds)}


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]


def _short(text: str) -> str:
    return text if len(text) <= LONGEST_SHORT else text[: LONGEST_SHORT - 1].rstrip() + "…"


def contents_of(typed: str | None) -> tuple[str, ...]:
    """Contents typed one a line, without dashes."""
    lines: Sequence[str] = (typed or "").splitlines()
    return tuple(line for each in lines if (line := each.strip().lstrip("-–•+ ").strip()))

"""What an address asks of the nominations: which ones, in which order; the same for pages and for files."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, cast

from sqlalchemy.orm import Session

from webapp.queries.plans import plan_of
from webapp.queries.tracking import Order
from webapp.queries.tracking_choices import campaign_with_plan, kinds_of_pool
from webapp.queries.tracking_filters import AGES, DUES, ONLY, SORTS, Sort, Wanted
from webapp.ui.listing import LONGEST

FILTERS = (
    "q",
    "campaign",
    "round",
    "strand",
    "award",
    "pool",
    "unit",
    "phase",
    "holder",
    "age",
    "due",
    "outcome",
    "only",
    "step",
)  # fmt: skip -- a word list
KNOWN = {"only": ONLY, "age": AGES, "due": DUES}
USUAL = ("code", True)


def wanted_of(session: Session, values: Mapping[str, str]) -> Wanted:
    """The filters of an address; what they do not know narrows nothing."""
    found: dict[str, Any] = {name: values.get(name, "").strip()[:LONGEST] for name in FILTERS}
    pool = found.pop("pool")
    for name, known in KNOWN.items():
        if found[name] not in known:
            found[name] = ""
    campaign = campaign_with_plan(session, found["campaign"]) if pool else None
    kinds = kinds_of_pool(plan_of(session, campaign), pool) if campaign else ()
    return Wanted(**found, kinds=kinds)


def order_of(values: Mapping[str, str]) -> Order:
    """The order an address asks for, else the usual one."""
    sort = values.get("sort", "")
    if sort not in SORTS:
        return Order(cast(Sort, USUAL[0]), USUAL[1])
    return Order(sort, values.get("dir") == "desc")

"""A list whose filters, order and page stand in its address, so that it can be sent to a colleague."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any, ClassVar

from flask import request, url_for

LONGEST = 200
LAST_PAGE = 100_000


def year_of(text: str) -> int | None:
    """A year of an address; anything else narrows nothing."""
    return int(text) if re.fullmatch(r"[12][0-9]{3}", text, re.ASCII) else None


@dataclass(frozen=True)
class Listing:
    """What the address of this request asks of a list. ``values`` holds every filter, empty where not set."""

    endpoint: str
    values: Mapping[str, str]
    sort: str = ""
    descending: bool = False
    page: int = 1
    parameters: Mapping[str, Any] = field(default_factory=dict)
    usual: tuple[str, bool] = ("", False)

    def __getitem__(self, name: str) -> str:
        return self.values[name]

    @property
    def narrowed(self) -> bool:
        """True when some filter is set."""
        return any(self.values.values())

    @property
    def whole(self) -> str:
        """Address of the list without filters."""
        return url_for(self.endpoint, **self.parameters)

    def url(self, page: int = 1, **changes: Any) -> str:
        """Address of a page of this list with some filters changed; None or "" takes one out."""
        values = {name: value for name, value in {**self.values, **changes}.items() if value}
        order = {} if self.order == self.usual else _order_in_address(*self.order)
        at = {"page": page} if page > 1 else {}
        return url_for(self.endpoint, **{**self.parameters, **values, **order, **at})

    def elsewhere(self, endpoint: str, **changes: str) -> str:
        """Address of another page or a file that shows the same, with the same filters, order and parameters."""
        order = {} if self.order == self.usual else _order_in_address(*self.order)
        values = {name: value for name, value in {**self.values, **changes}.items() if value}
        return url_for(endpoint, **{**self.parameters, **values, **order})

    @property
    def query(self) -> str:
        """Filters, order and parameters as a query string."""
        return self.elsewhere(self.endpoint).partition("?")[2]

    def sort_url(self, column: str) -> str:
        """Address of the list sorted by a column; by the present one the other way round."""
        descending = column == self.sort and not self.descending
        values = {name: value for name, value in self.values.items() if value}
        order = {} if (column, descending) == self.usual else _order_in_address(column, descending)
        return url_for(self.endpoint, **{**self.parameters, **values, **order})

    def direction(self, column: str) -> str:
        """How the list is sorted by a column: asc, desc or not."""
        if column != self.sort:
            return ""
        return "desc" if self.descending else "asc"

    @property
    def order(self) -> tuple[str, bool]:
        return self.sort, self.descending

    @property
    def order_fields(self) -> Mapping[str, str]:
        """Hidden fields of the form of filters that keep the order."""
        return {} if self.order == self.usual else _order_in_address(*self.order)


def listing(
    filters: Iterable[str],
    sorts: Iterable[str] = (),
    usual: tuple[str, bool] = ("", False),
    states: Collection[str] | None = None,
    **parameters: Any,
) -> Listing:
    """The list this request asks for; what it does not know is left out, a state that is none of ``states``, too."""
    args = request.args
    values = {name: args.get(name, "").strip()[:LONGEST] for name in filters}
    if states is not None and values["state"] not in states:
        values["state"] = ""
    sort = args.get("sort", "")
    known = sort in tuple(sorts)
    return Listing(
        endpoint=request.endpoint or "",
        values=values,
        sort=sort if known else usual[0],
        descending=args.get("dir") == "desc" if known else usual[1],
        page=_page(args.get("page", "")),
        parameters=parameters,
        usual=usual,
    )


@dataclass(frozen=True)
class CountedByState:
    """One page of a list with the filter ``state``; ``counts`` are those of each state under all other filters."""

    asked: Listing
    counts: Mapping[str, int]
    page_size: ClassVar[int]

    @property
    def total(self) -> int:
        """How many fit all filters."""
        state = self.asked["state"]
        return self.counts.get(state, 0) if state else sum(self.counts.values())

    @property
    def pages(self) -> int:
        return pages_of(self.total, self.page_size)


def pages_of(total: int, size: int) -> int:
    """How many pages a list of so many entries has; an empty list has one."""
    return max(1, -(-total // size))


def _order_in_address(sort: str, descending: bool) -> dict[str, str]:
    return {"sort": sort, **({"dir": "desc"} if descending else {})}


def _page(text: str) -> int:
    return min(max(1, int(text[:LONGEST])), LAST_PAGE) if text.isascii() and text.isdigit() else 1

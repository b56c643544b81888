"""What visitors read of exemplars: the list as its address describes it, one page, one picture."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from flask import url_for
from flask_babel import gettext as _
from werkzeug.exceptions import Gone, NotFound

from webapp.extensions import db
from webapp.i18n import content
from webapp.models import IntroducedPicture
from webapp.queries.exemplar_areas import Area, areas
from webapp.queries.introductions import (
    PAGE_SIZE,
    Choice,
    IntroducedRow,
    IntroductionPage,
    Picture,
    Wanted,
    introduced_count,
    introduced_picture,
    introduced_rows,
    introduced_units,
    introduction_page,
    was_introduced,
)
from webapp.queries.replications import Applied, Applier, applied_counts, appliers
from webapp.ui.clock import business_now
from webapp.ui.exemplars import EXEMPLAR_KINDS, ShownPicture, apply_url
from webapp.ui.listing import Listing, listing, pages_of
from webapp.ui.maps import CommuneMap, mapped

FILTERS = ("q", "kind", "unit")
NOBODY = Applied()
LEAD = 180
"""Letters of the text that stand in the list."""


@dataclass(frozen=True)
class ShownList:
    """One page of the public list; ``applied`` counts the units by introduction."""

    asked: Listing
    rows: list[IntroducedRow]
    applied: Mapping[int, Applied]
    areas: list[tuple[Area, CommuneMap | None]]
    total: int
    kinds: Sequence[Choice]
    units: Sequence[Choice]

    @property
    def bodies(self) -> list[str]:
        """Who introduces what is introduced now."""
        return [committee(area.name) for area, _map in self.areas]

    @property
    def pages(self) -> int:
        return pages_of(self.total, PAGE_SIZE)


@dataclass(frozen=True)
class ShownPage:
    """One exemplar with the units that apply it; ``apply_url`` is there for who may add theirs."""

    page: IntroductionPage
    pictures: list[ShownPicture]
    appliers: list[Applier]
    apply_url: str


def committee(unit: str) -> str:
    """The body that introduces the exemplars of a place."""
    return _("People’s Committee of %(unit)s", unit=content(unit))


def shown_list() -> ShownList:
    """The list this request asks for."""
    session, now, asked = db.session(), business_now(), listing(FILTERS)
    wanted = Wanted(**asked.values)
    shown = ShownList(
        asked=asked,
        rows=[],
        applied={},
        areas=mapped(areas(session, now)),
        total=introduced_count(session, wanted, now),
        kinds=[(code, str(name)) for code, name in EXEMPLAR_KINDS.items()],
        units=introduced_units(session, now),
    )
    page = min(asked.page, shown.pages)
    rows = introduced_rows(session, wanted, now, page)
    applied = applied_counts(session, [row.id for row in rows])
    return replace(shown, asked=replace(asked, page=page), rows=rows, applied=applied)


def shown_page(code: str) -> ShownPage:
    """The page of an exemplar. Raises Gone for one that was taken down, NotFound for one that never was there."""
    now = business_now()
    page = introduction_page(db.session(), code, now)
    if page is not None:
        pictures = [_shown(page.code, picture) for picture in page.pictures]
        return ShownPage(page, pictures, appliers(db.session(), page.id), apply_url(page))
    if was_introduced(db.session(), code, now):
        raise Gone
    raise NotFound


def shown_picture(code: str, sha256: str) -> IntroducedPicture:
    """A picture of a page in force. Raises NotFound."""
    picture = introduced_picture(db.session(), code, sha256, business_now())
    if picture is None:
        raise NotFound
    return picture


def _shown(code: str, picture: Picture) -> ShownPicture:
    url = url_for("public.show_picture", code=code, sha256=picture.sha256)
    return ShownPicture(url, url, picture.description, picture.width, picture.height)


def lead(text: str) -> str:
    """The beginning of a text, cut between words."""
    flat = " ".join(text.split())
    return flat if len(flat) <= LEAD else flat[:LEAD].rpartition(" ")[0].rstrip(" .,;:–") + "…"

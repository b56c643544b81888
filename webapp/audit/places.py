"""Places of diagrams (``process.element``) in words."""

from __future__ import annotations

from webapp.extensions import db
from webapp.i18n import content
from webapp.queries.deployments import current_deployment, drawing
from workflows.engine import Drawing


def drawing_now(process: str) -> Drawing:
    """The diagrams on which new cases of a procedure run. Raises LookupError for one that is not deployed."""
    return drawing(current_deployment(db.session(), process))


def place_name(process: str, place: str) -> str:
    """What a place is called now; one of an older diagram stands as it is."""
    try:
        drawn = drawing_now(process)
    except LookupError:
        return place
    of, _dot, element = place.partition(".")
    known = drawn.processes.get(of)
    found = known.elements.get(element) if known else None
    return content(found.name) if found and found.name else place

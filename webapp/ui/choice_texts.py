"""Choices as the reader's language calls them."""

from collections.abc import Mapping, Sequence

from flask_babel import gettext as _

from webapp.i18n import content
from webapp.queries.cadre_bodies import MANAGES
from webapp.queries.nomination_choices import WITHDRAWN
from webapp.queries.review_forms import WEIGHED_BY, WHOLE_PERIOD

Choice = tuple[str, str]
ENGLISH = frozenset({"nominee_kinds"})
"""Sources whose texts are English msgids of the vocabulary; those of all others are content, in Vietnamese."""
FIGURES = frozenset({"figures", "pledged_figures"})
NOMINATIONS = frozenset(
    {
        "agenda_nominations",
        "batch_lines",
        "council_nominations",
        "passed_nominations",
        "ready_nominations",
        "round_nominations",
        "tied_nominations",
    }
)
"""Sources whose texts are put together: a name, which stays, then its unit and strand, which are content."""


def spoken(choices: Mapping[str, Sequence[Choice]]) -> dict[str, list[Choice]]:
    """Choices by source with texts that a form can show."""
    return {
        source: [(value, _spoken(source, text)) for value, text in offered]
        for source, offered in choices.items()
    }


def _spoken(source: str, text: str) -> str:
    if source in ENGLISH:
        return _(text)
    if text.endswith(WITHDRAWN):
        return f"{_spoken(source, text.removesuffix(WITHDRAWN))} – {_('withdrawn')}"
    if text.endswith(MANAGES):
        return f"{content(text.removesuffix(MANAGES))} – {_('the party body that manages the cadre')}"
    if source == "cluster_lines":
        unit, colon, criterion = text.partition(": ")
        return f"{content(unit)}{colon}{content(criterion)}"
    if source in FIGURES:
        return _figure(text)
    if source == "weights":
        return _weight(text)
    name, dash, rest = text.partition(" – ")
    if source == "cluster_results":
        return f"{content(name)}{dash}{rest}"
    unit, bracket, strand = rest.removesuffix(")").partition(" (")
    if source in NOMINATIONS and bracket:
        return f"{name}{dash}{content(unit)} ({content(strand)})"
    return text


def _weight(text: str) -> str:
    """What figures of a period are averaged by."""
    name, dash, year = text.rpartition(" – ")
    return f"{content(name)}{dash}{_('whole period') if year == WHOLE_PERIOD else year}"


def _figure(text: str) -> str:
    """A figure of a report: indicator, year, unit of measure, and what an average is weighted by."""
    name, dash, rest = text.rpartition(" – ")
    year, bracket, measured = rest.removesuffix(")").partition(" (")
    unit, _semicolon, weight = measured.partition(WEIGHED_BY)
    when = _("whole period") if year == WHOLE_PERIOD else year
    weighed = "; " + _("average weighted by %(what)s", what=content(weight)) if weight else ""
    return f"{content(name)}{dash}{when}{bracket}{content(unit)}{weighed})"

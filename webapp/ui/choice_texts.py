"""Choices as the reader's language calls them."""

from collections.abc import Mapping, Sequence

from flask_babel import gettext as _

Choice = tuple[str, str]
ENGLISH = frozenset({"nominee_kinds"})
"""Sources whose texts are English msgids of the vocabulary; those of all others are content, in Vietnamese."""


def spoken(choices: Mapping[str, Sequence[Choice]]) -> dict[str, list[Choice]]:
    """Choices by source with texts that a form can show."""
    return {
        source: [(value, _(text) if source in ENGLISH else text) for value, text in offered]
        for source, offered in choices.items()
    }

"""Exemplars in words: what kind of thing is introduced."""

from flask_babel import LazyString
from flask_babel import lazy_gettext as _l

EXEMPLAR_KINDS: dict[str, LazyString] = {
    "model": _l("Model, way of working"),
    "collective": _l("Collective"),
    "household": _l("Household"),
    "individual": _l("Individual"),
}
"""Kinds of exemplar by their code on the form of the proposal."""

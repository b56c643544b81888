"""A council's vote profile as a file: a preset as in a rule set, for a council of its own."""

import copy
from typing import Any, Final

from workflows.law import SCHEMA as LAW
from workflows.law import VotePreset
from workflows.law_checks import profile_faults
from workflows.typed_yaml import SourceFaults, build, check, read

SCHEMA: Final[dict[str, Any]] = copy.deepcopy(LAW["properties"]["vote_presets"]["items"]) | {
    "$defs": LAW["$defs"]
}


class ProfileFaults(SourceFaults):
    """The text is not a vote profile; ``faults`` lists line, path, problem and remedy of each fault."""


def parse_profile(text: str) -> VotePreset:
    """Read a vote profile. Raises ProfileFaults with every fault of syntax, of schema, or else of meaning."""
    try:
        document = read(text)
        faults = check(document, SCHEMA) or list(
            profile_faults(document, ("profile",), document.data["profile"])
        )
    except SourceFaults as error:
        raise ProfileFaults(error.faults) from error
    if faults:
        raise ProfileFaults(faults)
    return build(VotePreset, document.data)

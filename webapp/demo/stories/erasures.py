"""Personal data erased by law: somebody who was refused asks for it, the clerk proposes, the head decides."""

from __future__ import annotations

from collections.abc import Iterator

from webapp.demo.registration_scripts import Erasure
from webapp.demo.script import Campaign
from webapp.demo.setting import Place
from webapp.demo.telling import Story, at
from webapp.operations.erasures import Request, decide_erasure, propose_erasure


def erasures(place: Place, script: Campaign) -> Iterator[Story]:
    """Every erasure of a campaign."""
    for one in script.erasures:
        yield erasure(place, one)


def erasure(place: Place, script: Erasure) -> Story:
    """Propose it and agree to it."""
    key = place.key(f"erasure/{script.unit}/{script.name}")
    yield at(script.proposed, key)
    case = place.codes[place.key(f"registration/{script.unit}/{script.name}")]
    paper = Request(script.number, script.dated, script.reason)
    public_id = place.stage.act(place.who("clerk"), propose_erasure, case, paper)
    yield at(script.decided, key)
    place.stage.act(place.who("head"), decide_erasure, public_id, True, "")

"""An award round: everything that happens in it, told together."""

from __future__ import annotations

from collections.abc import Iterator

from webapp.demo.script import Round
from webapp.demo.setting import Setting
from webapp.demo.stories.aftermath import after_stories, fund
from webapp.demo.stories.batches import batch
from webapp.demo.stories.decisions import decision
from webapp.demo.stories.nominations import intervention, nomination, opinion, unfinished
from webapp.demo.stories.sessions import session
from webapp.demo.telling import Story


def round_stories(setting: Setting) -> Iterator[Story]:
    """Every story of a round."""
    script: Round = setting.round
    for nominee in script.nominees:
        yield nomination(setting, nominee)
        for body, days in nominee.opinions.items():
            if days:
                yield opinion(setting, nominee, body, days)
        if "draft" in nominee.turns:
            yield unfinished(setting, nominee)
    yield from (batch(setting, one) for one in script.batches)
    yield from (session(setting, one) for one in script.sessions)
    yield from (decision(setting, one) for one in script.decisions)
    for one in script.decisions:
        yield from after_stories(setting, one)
    yield from (intervention(setting, act) for act in script.interventions)
    yield from (fund(setting, each) for each in script.funds)

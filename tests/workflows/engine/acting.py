"""A case acted by hand in a test: keeps the state between inputs, as the tables do."""

import datetime as dt
from typing import Any

from workflows.engine import advance
from workflows.shipped import shipped_deployments
from workflows.values import Deployment, Input, InputKind, OpenTask, Step

NOW = dt.datetime.fromisoformat("2019-12-10T08:00:00+07:00")
DAY = dt.timedelta(days=1)
CLOCKS = {"commune_check": 3, "public_posting": 10, "intake": 2, "appraisal_reminder": 4, "appraisal": 10} | {
    "supplement": 20,
    "supplement_reminder": 15,
    "opinion": 7,
    "opinion_reminder": 5,
    "province_appraisal": 12,
}


def day(days: float) -> dt.datetime:
    return (NOW + days * DAY).astimezone(dt.UTC)


class Case:
    """Inputs go in by method; ``step`` is what the last one did."""

    def __init__(
        self, process: str, *, deployment: Deployment | None = None, code: str = "HS-2019-0001", **data: Any
    ):
        self.deployment = deployment or shipped_deployments()[process]
        self.code, self.now, self.inputs = code, NOW, 0
        self.clocks = dict(CLOCKS)
        self.snapshot: bytes | None = None
        self.step = self.advance("open", None, data)

    def advance(self, kind: InputKind, target: str | None, data: dict[str, Any]) -> Step:
        clocks = {name: (self.now + days * DAY).isoformat() for name, days in self.clocks.items()}
        given = Input(kind, self.code, self.inputs + 1, self.now, target, data, clocks)
        self.step = advance(self.deployment, self.snapshot, given)
        self.inputs, self.snapshot = self.inputs + 1, self.step.snapshot
        return self.step

    def task(self, element: str, **items: Any) -> OpenTask:
        (found,) = [
            task
            for task in self.step.open_tasks
            if task.element == element and items.items() <= task.items.items()
        ]
        return found

    def complete(self, element: str, data: dict[str, Any] | None = None, **items: Any) -> Step:
        return self.advance("complete", self.task(element, **items).id, data or {})

    def decide(self, element: str, decision: str) -> Step:
        return self.complete(element, {"decision": decision})

    def deliver(self, message: str, **payload: Any) -> Step:
        return self.advance("deliver", message, payload)

    def fire(self, days: float) -> Step:
        self.now = NOW + days * DAY
        return self.advance("fire", None, {})

    def shift(self, seconds: int) -> Step:
        return self.advance("shift", None, {"seconds": seconds})

    def open(self) -> list[str]:
        return [task.element for task in self.step.open_tasks]


def nomination(**data: Any) -> Case:
    """A nomination found by the organiser: its first task leads straight to the district."""
    usual = {"filled_by": "registrant", "route": "organiser", "levels": ["district"], "posting_days": 0}
    return Case("nomination", **(usual | {"opinion_bodies": ["u1", "u2"]} | data))


def appraised(**data: Any) -> Case:
    """A nomination that stands at the district's appraisal."""
    case = nomination(**data)
    case.complete("prepare_dossier")
    return case

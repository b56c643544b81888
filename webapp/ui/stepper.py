"""A stage of something, as the stepper draws it."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Literal

from flask_babel import LazyString

State = Literal["done", "current", "ahead", "stopped"]


@dataclass(frozen=True)
class Step:
    """One stage: since when it stands so, who holds it (``holder_key``: their public id), what there is to say."""

    name: str | LazyString
    state: State
    date: dt.datetime | None = None
    holder: str = ""
    note: str = ""
    holder_key: str | None = None

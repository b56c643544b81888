"""Runs pyHanko beside a loop of events: it starts one of its own, which no thread may that runs one already."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import TypeVar

Result = TypeVar("Result")


def aside(act: Callable[[], Result]) -> Result:
    """What ``act`` returns or raises, done in a thread of its own."""
    with ThreadPoolExecutor(1) as pool:
        return pool.submit(act).result()

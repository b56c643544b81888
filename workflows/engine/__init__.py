"""The engine: the only part of the product that knows SpiffWorkflow."""

from workflows.engine.diagram import Drawing, Element, Lane, Process, read_drawing
from workflows.engine.lint import FAULTS, Fault, lint
from workflows.engine.run import Running, advance, task_timers, waiting_clocks
from workflows.engine.snapshot import ENGINE_VERSION

__all__ = [
    "ENGINE_VERSION",
    "FAULTS",
    "Drawing",
    "Element",
    "Fault",
    "Lane",
    "Process",
    "Running",
    "advance",
    "lint",
    "read_drawing",
    "task_timers",
    "waiting_clocks",
]

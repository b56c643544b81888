"""The engine: the only part of the product that knows SpiffWorkflow."""

from workflows.engine.diagram import Drawing, Element, Lane, Process, read_drawing
from workflows.engine.frame import engine_id
from workflows.engine.lint import FAULTS, Fault, lint
from workflows.engine.run import Running, advance, state_of, task_timers, waiting_clocks
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
    "engine_id",
    "lint",
    "read_drawing",
    "state_of",
    "task_timers",
    "waiting_clocks",
]

"""Diagrams and paths as the browser draws them: `static/diagram.js` reads what is made here."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from flask import url_for

from webapp.i18n import content, language
from webapp.models import Case
from workflows.engine import Process
from workflows.trail import Stride, Trail


def path_json(case: Case, processes: Iterable[Process], trail: Trail) -> dict[str, Any]:
    """Processes with the addresses of their diagrams, and what each recorded input did to the drawing.

    A move is [process, element, flow, turn], a turn [scope, turn around it, is it a whole process]. ``calls`` are the
    call activities of a process with what they call and their names, those of a stride the ones it went through.
    """
    version = f"{case.deployment_digest[:12]}-{language()}"
    return {
        "root": case.process,
        "processes": [
            {
                "id": process.id,
                "name": content(process.name),
                "url": url_for("audit.show_diagram", code=case.code, process=process.id, v=version),
                "calls": {
                    each.id: [each.called, content(each.name)]
                    for each in process.elements.values()
                    if each.called
                },
            }
            for process in processes
        ],
        "turns": [[turn.scope, turn.around, turn.whole] for turn in trail.turns],
        "strides": [_stride(stride) for stride in trail.strides],
    }


def _stride(stride: Stride) -> dict[str, Any]:
    moves = zip(stride.moves, stride.turns, strict=True)
    drawn: dict[str, Any] = {
        "moves": [[move.process, move.element, move.flow, turn] for move, turn in moves],
        "entered": stride.entered,
        "places": stride.places,
        "scene": stride.scene,
    }
    return drawn | {name: part for name in ("lapsed", "calls") if (part := getattr(stride, name))}

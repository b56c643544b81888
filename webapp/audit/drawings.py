"""Diagrams and paths as the browser draws them: `static/diagram.js` reads what is made here."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from flask import url_for

from webapp.i18n import content, language
from webapp.models import Case
from workflows.trail import Stride


def path_json(case: Case, processes: dict[str, str], strides: Iterable[Stride]) -> dict[str, Any]:
    """Processes with the addresses of their diagrams, and what each recorded input did to the drawing."""
    version = f"{case.deployment_digest[:12]}-{language()}"
    return {
        "root": case.process,
        "processes": [
            {
                "id": process,
                "name": content(name),
                "url": url_for("audit.show_diagram", code=case.code, process=process, v=version),
            }
            for process, name in processes.items()
        ],
        "strides": [
            {
                "moves": [[move.process, move.element, move.flow] for move in stride.moves],
                "entered": stride.entered,
                "places": stride.places,
            }
            for stride in strides
        ],
    }

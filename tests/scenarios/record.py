"""Writes what the engine does into scenario files; call it with their names, then read the diff."""

import json
import sys
from pathlib import Path
from typing import Any

from tests.workflows.scenarios import observed, read, run


def record(path: Path) -> None:
    """Put the observed outcome of each input into its ``expect``."""
    content = json.loads(path.read_text(encoding="utf-8"))
    scenario = read(path)
    opening, *steps = [observed(scenario, done.step) for done in run(scenario)]
    content["expect"] = opening
    for wanted, expected in zip(content["steps"], steps, strict=True):
        wanted["expect"] = expected
    path.write_text(written(content), encoding="utf-8")


def written(content: dict[str, Any]) -> str:
    """The scenario with a line for each input and for each thing expected of it."""
    head = [f'  "{name}": {_line(content[name])}' for name in ("title", "clocks", "open") if name in content]
    head.append(f'  "expect": {_expected(content["expect"], 2)}')
    steps = ",\n".join(_step(step) for step in content["steps"])
    return "{\n" + ",\n".join([*head, f'  "steps": [\n{steps}\n  ]']) + "\n}\n"


def _step(step: dict[str, Any]) -> str:
    given = ", ".join(f'"{name}": {_line(value)}' for name, value in step.items() if name != "expect")
    return f'    {{{given},\n     "expect": {_expected(step["expect"], 5)}}}'


def _expected(expected: dict[str, Any], indent: int) -> str:
    parts = [f'"{name}": {_line(value)}' for name, value in expected.items()]
    return "{" + f",\n{' ' * (indent + 11)}".join(parts) + "}"


def _line(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False)


if __name__ == "__main__":
    for argument in sys.argv[1:]:
        record(Path(argument).resolve())

"""Who may know whom, and who may write. The import contracts stand in pyproject.toml."""

import ast
import subprocess
import sys
from pathlib import Path

from tests.architecture.tree import ROOT, files, matches, name, parsed

WRITERS = ("webapp/operations/", "webapp/eventlog", "webapp/jobs/", "webapp/database.py")
WRITING = set("add add_all bulk_save_objects commit delete flush merge".split())
CLOCKS = r"\b(datetime|date|dt\.datetime|dt\.date)\.(now|today|utcnow)\(|\btime\.time\(|os\.environ|\buuid4\("


def test_import_contracts_are_kept() -> None:
    """In a process of its own: the linter switches off every logger that is there."""
    command = [Path(sys.executable).with_name("lint-imports"), "--no-cache"]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout


def test_only_operations_write() -> None:
    """`session.add(…)` and its like stand in the operations and the log; everybody else reads."""
    writes = [
        f"{name(path)}:{node.lineno} session.{node.func.attr}"
        for path in files("webapp", suffix=".py")
        if not name(path).startswith(WRITERS)
        for node in ast.walk(parsed(path))
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr in WRITING
        if ast.unparse(node.func.value).endswith("session")
    ]
    assert writes == []


def test_workflows_know_no_clock_and_no_environment() -> None:
    """The engine's clock and ids are injected by `workflows/engine`, which alone names what it replaces."""
    pure = tuple(path for path in files("workflows", suffix=".py") if "engine" not in path.parts)
    assert matches(CLOCKS, pure) == []


def test_operations_get_actor_and_instant_as_arguments() -> None:
    operations = files("webapp/operations", suffix=".py")
    assert matches(r"\.now\(|\.today\(|utcnow\(", operations) == []
    asked = r"^\s*from (flask|flask_login) import .*\b(g|request|session|current_user)\b"
    assert matches(asked, operations) == []

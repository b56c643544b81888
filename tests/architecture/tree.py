"""The files of the repository as the architecture tests see them."""

import ast
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

ROOT = Path(__file__).parents[2]
CODE = ("webapp", "workflows", "bench")
OURS = (*CODE, "tests", "forms", "migrations", "docs", ".ci")
TEXTS = {f".{one}" for one in "bpmn conf css dmn html js json md po py svg toml txt yaml".split()}
MADE = ("webapp/static/vendor/", "webapp/documents/fonts/")

Function = ast.FunctionDef | ast.AsyncFunctionDef


@cache
def files(*folders: str, suffix: str = "") -> tuple[Path, ...]:
    """Files below these folders of the repository with this suffix, without anything that `make` makes."""
    found = [path for folder in folders for path in (ROOT / folder).rglob(f"*{suffix}") if path.is_file()]
    return tuple(
        path for path in sorted(found) if not {"__pycache__", ".venv"} & {*path.parts} and not made(path)
    )


def made(path: Path) -> bool:
    return name(path).startswith(MADE)


def name(path: Path) -> str:
    """The path as it is written in the repository."""
    return path.relative_to(ROOT).as_posix()


def texts() -> Iterator[Path]:
    """Every text file that belongs to the repository."""
    top = (path for path in ROOT.iterdir() if path.is_file() and not path.name.endswith("lock.json"))
    yield from sorted(path for path in top if path.suffix in TEXTS or path.name == "Makefile")
    yield from (path for path in files(*OURS) if path.suffix in TEXTS or path.parent.name == ".ci")


@cache
def parsed(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"))


def functions(path: Path) -> Iterator[Function]:
    return (node for node in ast.walk(parsed(path)) if isinstance(node, Function))


def lines(path: Path) -> list[str]:
    return path.read_text(encoding="utf-8").splitlines()


def matches(pattern: str, paths: Iterator[Path] | tuple[Path, ...]) -> list[str]:
    """Places as `file:line: text` where the pattern occurs."""
    regex = re.compile(pattern)
    return [
        f"{name(path)}:{number}: {line.strip()}"
        for path in paths
        for number, line in enumerate(lines(path), 1)
        if regex.search(line)
    ]

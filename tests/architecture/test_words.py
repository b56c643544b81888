"""What is written nowhere: names that say nothing, promises, addresses of other people's machines."""

from tests.architecture.tree import CODE, ROOT, files, matches, name, texts

EMPTY_WORDS = set("common helper helpers manager managers misc service services util utils".split())
PROMISES = ("TO" + "DO", "FIX" + "ME", "X" * 3, "HA" + "CK")  # in pieces, because this file is searched too
FOLDERS = {".ci", "bench", "docs", "forms", "migrations", "tests", "webapp", "workflows"}
FILES = {"CHANGELOG.md", "CONTRIBUTING.md", "LICENSE", "Makefile", "README.md", "constraints.txt", "wsgi.py"}
FILES |= {".bpmnlintrc", ".editorconfig", ".gitignore", "package-lock.json", "package.json", "pyproject.toml"}
MADE = (
    "var",
    "var-*",
    "node_modules",
    ".*_cache",
    ".venv",
    ".git",
    ".hypothesis",
    "*.egg-info",
    "test-results",
    "__pycache__",
)


def test_top_level_is_fixed() -> None:
    found = [path for path in ROOT.iterdir() if not any(path.match(pattern) for pattern in MADE)]
    assert {path.name for path in found} <= FOLDERS | FILES


def test_module_names_say_what_is_in_them() -> None:
    bad = [name(path) for path in files(*CODE, suffix=".py") if EMPTY_WORDS & set(path.stem.split("_"))]
    assert bad == []


def test_nothing_is_left_for_later() -> None:
    assert matches(rf"\b({'|'.join(PROMISES)})\b", texts()) == []


def test_no_package_registry_or_content_network() -> None:
    hosts = r"(npmjs|pypi|pythonhosted|jsdelivr|unpkg|cloudflare|googleapis|gstatic)\.(org|com|net)"
    assert matches(hosts, texts()) == []


def test_lock_file_has_no_addresses() -> None:
    assert matches(r'"resolved"|https?://[^"]*\.tgz', (ROOT / "package-lock.json",)) == []


def test_no_path_of_one_machine() -> None:
    assert matches(r"(?<![\w.\-/])/(work|root|home/\w+)/", texts()) == []


def test_suppressions_carry_a_reason() -> None:
    """`# noqa: X -- why`, `# type: ignore[x]  # why`, `# fmt: skip -- why`."""
    bare = r"#\s(noqa|fmt: (skip|off))(?!.* -- \w)|#\stype: ignore(?!\[[\w,\- ]+\]  # \w)"
    assert matches(bare, files(*CODE, "tests", suffix=".py")) == []

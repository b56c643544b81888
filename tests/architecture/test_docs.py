"""Documentation that cannot lie: links lead somewhere, commands exist, every setting is described."""

import re

from tests.architecture.tree import ROOT, files, lines, name

PAGES = (*sorted(ROOT.glob("*.md")), *files("docs", suffix=".md"))
SETTING = re.compile(r'"([A-Z]+(?:_[A-Z]+)*)"')


def test_links_lead_to_files() -> None:
    dead = [
        f"{name(page)}: {target}"
        for page in PAGES
        for target in re.findall(r"\]\((?!https?:|#)([^)#]+)", page.read_text(encoding="utf-8"))
        if not (page.parent / target).exists()
    ]
    assert dead == []


def test_each_decision_is_in_the_index() -> None:
    index = (ROOT / "docs/decisions/README.md").read_text(encoding="utf-8")
    pages = {page.name for page in files("docs/decisions", suffix=".md")} - {"README.md"}
    assert {page for page in pages if f"({page})" not in index} == set()


def test_make_targets_in_the_documentation_exist() -> None:
    targets = {line.partition(":")[0] for line in lines(ROOT / "Makefile") if re.match(r"[a-z-]+:", line)}
    named = {
        found for page in PAGES for found in re.findall(r"`make ([a-z][a-z-]*)", page.read_text("utf-8"))
    }
    assert named - targets == set()


def test_every_setting_is_described() -> None:
    """The table of the administrator's page holds exactly the names that the settings are read from."""
    source = (ROOT / "webapp/config.py").read_text(encoding="utf-8")
    read = set(SETTING.findall(source.partition("def from_environ")[2].partition("\ndef ")[0]))
    page = (ROOT / "docs/administrator.md").read_text(encoding="utf-8")
    assert set(re.findall(r"^\| `([A-Z_]+)` \|", page, flags=re.M)) == read

"""Templates obey the content security policy and decide nothing."""

import re
from pathlib import Path

from tests.architecture.tree import ROOT, files, lines, matches, name

PAPERS_AND_MAILS = {"documents", "email"}
PAGES = tuple(path for path in files("webapp", suffix=".html") if not PAPERS_AND_MAILS & set(path.parts))
NAMED = re.compile(r"""["']((?:[a-z_]+/)*[a-z_]+\.html)["']""")


def test_no_style_in_the_markup() -> None:
    assert matches(r"\sstyle\s*=|<style\b", PAGES) == []


def test_no_script_in_the_markup() -> None:
    assert matches(r"<script(?![^>]*\bsrc=)|\son[a-z]+\s*=\s*[\"']|javascript:|\shx-on", PAGES) == []


def test_nothing_is_fetched_from_elsewhere() -> None:
    assert matches(r"(src|href|action)\s*=\s*[\"'](https?:)?//", PAGES) == []


def test_escaping_is_never_switched_off() -> None:
    assert matches(r"\|\s*safe\b|autoescape\s+false", files("webapp", suffix=".html")) == []


def test_each_template_lies_in_the_folder_of_its_area() -> None:
    """`webapp/<area>/templates/<area>/<view>.html`; shared ones in `webapp/templates/`."""
    stray = [
        name(path)
        for path in PAGES
        if "templates" in path.parts
        and (at := path.parts.index("templates")) > path.parts.index("webapp") + 1
        and path.parts[at + 1] != path.parts[at - 1]
    ]
    assert stray == []


def test_each_module_says_what_it_is() -> None:
    """One line of docstring on each module, as its first line."""
    code = files("webapp", "workflows", "tests", "bench", suffix=".py")
    assert [name(path) for path in code if not "".join(lines(path)[:1]).startswith(('"""', "'''"))] == []


def test_templates_and_their_names_belong_together() -> None:
    """Whatever code or a template names exists, and whatever exists is named.

    `<area>/tasks/<element>.html` is chosen by existence: it is the special form of a user task, so there is one.
    """
    pages = {path: path.as_posix().partition("/templates/")[2] for path in PAGES}
    sources = (*files("webapp", suffix=".py"), *PAGES)
    texts = {path: path.read_text(encoding="utf-8") for path in sources if "documents" not in path.parts}
    named = {found for text in texts.values() for found in NAMED.findall(text)}
    existing = set(pages.values())
    assert {one for one in named if not one.startswith("email/")} - existing == set(), "named but missing"
    special = {one for one in existing if one.split("/")[1:2] == ["tasks"] and form_of(one)}
    assert existing - named - special == set(), "existing but never named"


def form_of(template: str) -> list[Path]:
    """The forms of the user tasks a special template is named for."""
    return list((ROOT / "forms").glob(f"*/{Path(template).stem}.json"))

"""A browser for tests that checks, on every page it loads, what must be true of all pages."""

import re
from collections import Counter
from functools import cache, cached_property
from typing import Any

from bs4 import BeautifulSoup, Tag
from flask import Flask
from flask.testing import FlaskClient
from lxml.html import HtmlElement, fromstring, tostring
from werkzeug.test import TestResponse

from webapp.i18n import LANGUAGES, compile_catalogs
from webapp.models.person import Person

CSP = "default-src 'none'; script-src 'self'; style-src 'self'"
UNLABELLED = {"hidden", "submit", "button", "image"}
MSGIDS = re.compile(
    r"\b(Save|Cancel|Sign (in|out)|Back|Next|Previous|Search|Choose|Enter|Tasks|Dossiers|Campaigns|Council|"
    r"Decisions|Unit|Role|the|and|of|with|is|are|has|was|not)\b"
)
READ = (
    "//text()[not(ancestor::*[@lang][not(self::html)] or ancestor::code or ancestor::kbd or ancestor::script or \
ancestor::*[@translate='no'])]"
)
"""Texts that people read in the language of the page."""


class PageError(AssertionError):
    """A page that breaks a rule of all pages."""


class Page:
    """One loaded page: its answer, its markup, and the texts a reader sees."""

    def __init__(self, answer: TestResponse) -> None:
        self.answer = answer
        self.status = answer.status_code

    @cached_property
    def soup(self) -> BeautifulSoup:
        """The markup, read when a test asks for it."""
        soup = BeautifulSoup(self.answer.get_data(as_text=True), "lxml")
        for inert in soup("template"):  # not on the page until a script takes it from there
            inert.clear()
        return soup

    @property
    def title(self) -> str:
        return _text(self.soup.title)

    @property
    def heading(self) -> str:
        return _text(self.soup.h1)

    @property
    def text(self) -> str:
        """Everything to read in the main part, without the frame."""
        return _text(self.soup.find("main"))

    def all(self, selector: str) -> list[Tag]:
        return list(self.soup.select(selector))

    def one(self, selector: str) -> Tag:
        """The only element for a CSS selector."""
        found = self.all(selector)
        if len(found) != 1:
            raise PageError(f"{len(found)} elements instead of one: {selector}")
        return found[0]

    def form(self, selector: str = "main form") -> dict[str, Any]:
        """What a browser would send for a form nobody has touched; values are lists where a name repeats."""
        fields: dict[str, Any] = {}
        for control in self.one(selector).select("input, select, textarea"):
            for value in _sent(control):
                name = str(control["name"])
                fields[name] = value if name not in fields else [*_as_list(fields[name]), value]
        return fields


class Browser:
    """Loads pages like a person without JavaScript: follows redirects, sends forms as they stand."""

    def __init__(self, app: Flask) -> None:
        compile_catalogs()
        self.client: FlaskClient = app.test_client()
        self.page: Page | None = None

    def get(self, path: str, status: int = 200, **options: Any) -> Page:
        """Load a page, follow redirects, check it."""
        answer = self.client.get(path, follow_redirects=True, **options)
        return self._arrived(answer, status)

    def post(self, path: str, data: dict[str, Any] | None = None, status: int = 200, **options: Any) -> Page:
        """Send fields; those that every form hides are added from the page the browser is on."""
        sent = {**self._hidden(), **(data or {})}
        answer = self.client.post(path, data=sent, follow_redirects=True, **options)
        return self._arrived(answer, status)

    def submit(self, selector: str = "main form", status: int = 200, **changes: Any) -> Page:
        """Fill a form of the present page and send it; a change to None leaves the field out."""
        assert self.page is not None, "load a page first"
        form = self.page.one(selector)
        fields = {**self.page.form(selector), **changes}
        sent = {name: value for name, value in fields.items() if value is not None}
        path = str(form.get("action") or self.page.answer.request.full_path)
        return self.post(path, sent, status)

    def sign_in(self, username: str, password: str = "thidua-demo", status: int = 200) -> Page:
        """Sign in through the page."""
        self.get("/sign-in")
        return self.submit("form[action='/sign-in']", status, username=username, password=password)

    def sign_in_as(self, person: Person) -> None:
        """Be signed in without the page, as somebody whose password does not matter to the test."""
        from webapp.auth.loading import MARK, password_mark

        with self.client.session_transaction() as session:
            session["_user_id"] = str(person.id)
            session["_fresh"] = True
            session[MARK] = password_mark(person)

    def _hidden(self) -> dict[str, str]:
        if self.page is None or self.page.soup.find("meta", {"name": "csrf-token"}) is None:
            self.get("/sign-in")
        assert self.page is not None
        return {"csrf_token": str(self.page.one('meta[name="csrf-token"]')["content"])}

    def _arrived(self, answer: TestResponse, status: int) -> Page:
        if answer.status_code != status:
            raise PageError(f"{answer.request.path}: status {answer.status_code} instead of {status}")
        page = Page(answer)
        if answer.mimetype == "text/html" and answer.get_data():
            check_page(page)
            self.page = page
        return page


def check_page(page: Page) -> None:
    """Raise PageError with every rule of all pages that this one breaks.

    The rules ask the tree of libxml2, which takes a tenth of what BeautifulSoup takes: they see every page.
    """
    tree = fromstring(page.answer.get_data(as_text=True))
    for inert in list(tree.iter("template")):
        inert.drop_tree()
    faults = [*_is_guarded_by_headers(page), *(fault for rule in RULES for fault in rule(tree))]
    if faults:
        raise PageError(f"{page.answer.request.path}: " + "; ".join(faults))


def _is_guarded_by_headers(page: Page) -> list[str]:
    headers = page.answer.headers
    faults = (
        [] if headers.get("Content-Security-Policy", "").startswith(CSP) else ["no content security policy"]
    )
    return faults if headers.get("X-Content-Type-Options") == "nosniff" else [*faults, "no nosniff"]


def _has_title_and_heading(tree: HtmlElement) -> list[str]:
    faults = [] if tree.findtext("head/title", "").strip(" ·\n") else ["no title"]
    headings = [_read(heading) for heading in tree.iter("h1")]
    return faults if len(headings) == 1 and headings[0] else [*faults, f"not one h1: {headings}"]


def _says_its_language(tree: HtmlElement) -> list[str]:
    return [] if tree.get("lang") in LANGUAGES else [f"lang is {tree.get('lang')!r}"]


def _labels_its_inputs(tree: HtmlElement) -> list[str]:
    named = set(tree.xpath("//label/@for"))
    return [
        f"no label: {_shown(control)}"
        for control in tree.iter("input", "select", "textarea")
        if control.get("type") not in UNLABELLED
        and control.get("id") not in named
        and not control.get("aria-label")
        and not control.get("aria-labelledby")
        and next(control.iterancestors("label"), None) is None
    ]


def _names_its_buttons_and_links(tree: HtmlElement) -> list[str]:
    return [
        f"no name: {_shown(element)}"
        for element in tree.iter("button", "summary", "a")
        if (element.tag != "a" or element.get("href")) and not (_read(element) or element.get("aria-label"))
    ]


def _has_unique_ids(tree: HtmlElement) -> list[str]:
    return [f"id twice: {name}" for name, count in Counter(tree.xpath("//@id")).items() if count > 1]


def _refers_to_what_is_there(tree: HtmlElement) -> list[str]:
    ids = set(tree.xpath("//@id"))
    return [
        f"{attribute} to nowhere: {name}"
        for attribute in ("for", "aria-describedby", "aria-labelledby")
        for names in tree.xpath(f"//@{attribute}")
        for name in names.split()
        if name not in ids
    ]


def _has_no_inline_code(tree: HtmlElement) -> list[str]:
    inline = tree.xpath("//*[@style or @*[starts-with(name(), 'on')]] | //style | //script[not(@src)]")
    return [f"inline: {_shown(element)}" for element in inline]


def _sends_tokens(tree: HtmlElement) -> list[str]:
    return [
        f"form without form_token(): {form.get('action')}"
        for form in tree.iter("form")
        if form.get("method", "").lower() == "post" and not form.xpath(".//*[@name='csrf_token']")
    ]


def _is_translated(tree: HtmlElement) -> list[str]:
    """In Vietnamese no English sentence of ours is left; texts marked with another `lang` are meant."""
    texts = tree.xpath(READ) if tree.get("lang") == "vi" else []
    return [f"not translated: {text.strip()}" for text in texts if _is_english(str(text))]


@cache
def _is_english(text: str) -> bool:
    """Pages say the same things again and again."""
    return len(MSGIDS.findall(text)) > 1


RULES = (
    _has_title_and_heading,
    _says_its_language,
    _labels_its_inputs,
    _names_its_buttons_and_links,
    _has_unique_ids,
    _refers_to_what_is_there,
    _has_no_inline_code,
    _sends_tokens,
    _is_translated,
)


def _read(element: HtmlElement) -> str:
    return " ".join(element.text_content().split())


def _shown(element: HtmlElement) -> str:
    return str(tostring(element, encoding="unicode", with_tail=False))[:120]


def _text(element: Tag | None) -> str:
    return "" if element is None else " ".join(element.get_text(" ").split())


def _sent(control: Tag) -> list[str]:
    if not control.get("name") or control.has_attr("disabled"):
        return []
    if control.name == "select":
        chosen = control.select("option[selected]") or control.select("option")[:1]
        return [str(option.get("value", "")) for option in chosen]
    if control.name == "textarea":
        return [control.get_text()]
    if control.get("type") in ("radio", "checkbox"):
        return [str(control.get("value", "on"))] if control.has_attr("checked") else []
    return [] if control.get("type") in ("file", "submit") else [str(control.get("value", ""))]


def _as_list(value: Any) -> list[Any]:
    return value if isinstance(value, list) else [value]

"""Finds the pages of the application as people do: from link to link, each page once for the roles that reach it."""

from __future__ import annotations

from collections import Counter, deque
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from urllib.parse import urlsplit

from flask import Flask
from flask.testing import FlaskClient
from lxml.html import fromstring
from sqlalchemy import select
from werkzeug.exceptions import HTTPException
from werkzeug.routing import AnyConverter, Rule

from tests.pages import Browser
from webapp.extensions import db
from webapp.models import Person

FOLLOWED, AGAIN = 2, 1
"""So many addresses of a kind of page are followed: the second may show what the first has nothing of. Of those that
others have reached already, fewer."""

SHOWN = (200, 503)
"""The page of the health says by its status when something is not well."""

VISITOR = ""
START: Mapping[str, tuple[str, ...]] = {
    VISITOR: ("/sign-in", "/introduced", "/health"),
    "secretary": (
        *(f"/council/sessions/PH-2019-000{number}" for number in (2, 4, 5, 6)),
        "/nominations/HS-2019-0024",
        "/views",
    ),
    "specialist": (
        *(f"/nominations/HS-2019-00{number}" for number in ("23", "38")),
        "/registration-changes/DC-2019-0001",
        "/replications/NR-2019-0002",
        "/awards/decisions/QD-2019-0001",
    ),
    "officer": ("/awards/received",),
    "member1": ("/council/sessions/PH-2019-0006", "/council/sessions/PH-2019-0004"),
    "chair": ("/council/sessions/PH-2019-0004", "/council/sessions/PH-2019-0005"),
    "auditor": (),
    "admin": (),
}
"""Whoever reaches a page that the others do not, and where they begin besides the places of everybody."""

EVERYBODY = ("/overview", "/", "/inbox/mine", "/inbox/common", "/account", "/notices", "/search?q=chau")
Fetch = Callable[[str], tuple[str, str]]
"""Address → (address it led to, its HTML; empty where it is no page)."""


@dataclass(frozen=True)
class Kind:
    """One kind of page: its endpoint, and which of a few parts of it."""

    endpoint: str
    parts: tuple[str, ...] = ()


@dataclass
class Walk:
    """What people have reached: kind of page → (who, address)."""

    app: Flask
    reached: dict[Kind, tuple[str, str]] = field(default_factory=dict)

    def by_person(self, username: str) -> list[str]:
        """The addresses that this person is the first to reach."""
        return [address for who, address in self.reached.values() if who == username]

    def follow(self, username: str, fetch: Fetch) -> None:
        """Walk from link to link as this person."""
        begin = (*START[username], *(EVERYBODY if username else ()))
        waiting, known, seen = deque(begin), set(begin), Counter[Kind]()
        before = set(self.reached)
        while waiting:
            address = waiting.popleft()
            kind = self.kind_of(address)
            most = AGAIN if kind in before else FOLLOWED
            if kind is None or (seen[kind] >= most and address not in begin):
                continue
            landed, html = fetch(address)
            there = self.kind_of(landed) or kind
            seen.update({kind, there})
            if not html:
                continue
            if self.is_page(there):
                self.reached.setdefault(there, (username, landed))
            fresh = [link for link in links(html, landed) if link not in known]
            known.update(fresh)
            waiting.extend(fresh)

    def kind_of(self, address: str) -> Kind | None:
        """What an address leads to; None for a file and for what is not ours."""
        path = urlsplit(address).path
        try:
            rule, values = self.app.url_map.bind("localhost").match(path, return_rule=True)
        except HTTPException:
            return None
        is_file = "." in rule.rule and not is_page(self.app, rule)
        if rule.rule.startswith(("/api/", "/static/")) or is_file:
            return None
        chosen = tuple(
            str(values[name]) for name, of in rule._converters.items() if isinstance(of, AnyConverter)
        )
        return Kind(rule.endpoint, chosen)

    def is_page(self, kind: Kind) -> bool:
        """Whether it answers with a page."""
        return any(is_page(self.app, rule) for rule in self.app.url_map.iter_rules(kind.endpoint))


def walked(app: Flask) -> Walk:
    """Where everybody comes to in an application on the demo."""
    walk = Walk(app)
    for username in START:
        browser = Browser(app)
        if username:
            browser.sign_in_as(db.session.scalars(select(Person).where(Person.username == username)).one())

        def fetch(address: str, client: FlaskClient = browser.client) -> tuple[str, str]:
            answer = client.get(address, follow_redirects=True)
            is_page = answer.status_code in SHOWN and answer.mimetype == "text/html"
            return answer.request.full_path.rstrip("?"), answer.get_data(as_text=True) if is_page else ""

        walk.follow(username, fetch)
    return walk


def pages(app: Flask) -> Iterator[Rule]:
    """The rules of the URL map that answer with a page."""
    return (rule for rule in app.url_map.iter_rules() if "GET" in (rule.methods or ()) and is_page(app, rule))


def is_page(app: Flask, rule: Rule) -> bool:
    """Not for programs, and no view that answers with a response alone, which is a file or leads elsewhere."""
    answer = str(app.view_functions[rule.endpoint].__annotations__.get("return", ""))
    return not rule.rule.startswith(("/api/", "/static/")) and ("str" in answer or "Answer" in answer)


def links(html: str, landed: str) -> list[str]:
    """Where a page leads without sending anything: links, and forms that only ask."""
    tree = fromstring(html)
    targets: Iterable[str] = [
        *tree.xpath("//a[not(@download)]/@href"),
        *(form.get("action", "") for form in tree.iter("form") if form.get("method") != "post"),
    ]
    path = urlsplit(landed).path
    found = dict.fromkeys(path + each if each.startswith("?") else each for each in targets)
    return [each.partition("#")[0] for each in found if each.startswith("/") and not each.startswith("//")]

"""Runs the requests of `docs/api.md` in their order, and compares what it shows with what is answered."""

import io
import json
import re
import shlex
from collections.abc import Callable, Iterator
from typing import Any

from flask import Flask

from tests.conftest import ROOT
from tests.factories import PDF
from tests.webapp.api.program import START

BLOCKS = re.compile(r"^```(sh|json)\n(.*?)^```$", re.M | re.S)
ASSIGNED = re.compile(r"(\w+)=\$\((.*) \| jq -[rc] ('[^']+'|\S+)\)", re.S)
ROLL_CALL = """'[.members[] | {member: .id, status: "present"}]'"""
COUNCIL = "## A council votes"
FAULTS = "## Faults"


def blocks(council: bool) -> list[tuple[str, str]]:
    """Commands and answers of the page: those of the council, or the others."""
    page = (ROOT / "docs/api.md").read_text(encoding="utf-8")
    before, _, rest = page.partition(COUNCIL)
    inside, _, after = rest.partition(FAULTS)
    return BLOCKS.findall(inside if council else before + after)


def walk(shell: "Shell", council: bool, between: Callable[[], Any] = lambda: None) -> None:
    """Run every command; raise AssertionError where an answer is not as shown."""
    for kind, text in blocks(council):
        if kind == "sh":
            shell.run(text.strip())
            between()
        else:
            assert list(differences(json.loads(text), json.loads(shell.said))) == [], shell.requests[-1]


class Shell:
    """Runs the few commands the page uses: curl, a variable set by curl and jq, flask."""

    def __init__(self, app: Flask, **names: str) -> None:
        self.app = app
        self.client = app.test_client(use_cookies=False)
        self.names = {"HERE": START, **names}
        self.requests: list[tuple[str, str]] = []
        self.said = ""

    def run(self, command: str) -> None:
        assigned = ASSIGNED.fullmatch(command)
        text = (assigned[2] if assigned else command).replace("\\\n", " ")
        words = [self.filled(word) for word in shlex.split(text)]
        if words[0] == "flask":
            done = self.app.test_cli_runner().invoke(args=words[3:])
            assert done.exit_code == 0, done.output
            return
        assert words[0] == "curl"
        self.said = self.curl(words[1:])
        if assigned:
            self.names[assigned[1]] = str(picked(json.loads(self.said), assigned[3]))

    def filled(self, word: str) -> str:
        """The word with the values of its variables."""
        return re.sub(r"\$([A-Z]+)", lambda found: self.names[found[1]], word)

    def curl(self, words: list[str]) -> str:
        method, url, headers, options = "", "", {}, {}
        for word in (rest := iter(words)):
            match word:
                case "-X":
                    method = next(rest)
                case "-H":
                    name, _, value = next(rest).partition(": ")
                    headers[name] = value
                case "-d":
                    options["data"] = next(rest).encode()
                case "-F":
                    field, _, name = next(rest).partition("=@")
                    options["data"] = {field: (io.BytesIO(PDF), name)}
                case _:
                    url = word
        answer = self.client.open(
            url, method=method or ("POST" if options else "GET"), headers=headers, **options
        )
        self.requests.append((answer.request.method.lower(), answer.request.path))
        return answer.text


def picked(value: Any, path: str) -> Any:
    """What a simple jq path leads to; a filter in quotes is one of ROLL_CALL."""
    if path == ROLL_CALL:
        return json.dumps([{"member": each["id"], "status": "present"} for each in value["members"]])
    for name, index in re.findall(r"\.(\w+)|\[(\d+)\]", path):
        value = value[name] if name else value[int(index)]
    return value


def differences(shown: Any, real: Any, place: str = "") -> Iterator[str]:
    """Where an answer is not as shown; what is not shown may be anything, and so may “…”."""
    if shown == "…":
        return
    if isinstance(shown, dict) and isinstance(real, dict):
        for name, value in shown.items():
            yield from differences(value, real.get(name, "(missing)"), f"{place}/{name}")
    elif isinstance(shown, list) and isinstance(real, list) and len(shown) <= len(real):
        for index, value in enumerate(shown):
            yield from differences(value, real[index], f"{place}/{index}")
    elif shown != real:
        yield f"{place}: {shown!r} shown, {real!r} real"

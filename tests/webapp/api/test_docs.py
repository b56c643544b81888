"""The walk-through of `docs/api.md`: every request is run, every answer shown is the answer."""

import io
import json
import re
import shlex
from collections.abc import Iterator
from typing import Any

from tests.conftest import ROOT
from tests.factories import PDF
from tests.webapp.api.program import START, Description, token

BLOCKS = re.compile(r"^```(sh|json)\n(.*?)^```$", re.M | re.S)
ASSIGNED = re.compile(r"(\w+)=\$\((.*) \| jq -r (\S+)\)", re.S)


def test_the_walk_through_is_true(app, office):
    shell = Shell(app, office)
    blocks = BLOCKS.findall((ROOT / "docs/api.md").read_text(encoding="utf-8"))
    assert sum(kind == "json" for kind, _text in blocks) > 10
    for kind, text in blocks:
        if kind == "sh":
            shell.run(text.strip())
        else:
            assert list(differences(json.loads(text), json.loads(shell.said))) == []
    asked = {Description(app).operation(*each)["operationId"] for each in shell.requests}
    described = {operation["operationId"] for operation in Description(app).operations.values()}
    assert described - asked == {"give_back_task", "start_case", "show_campaign"}


class Shell:
    """Runs the few commands the page uses: curl, a variable set by curl and jq, flask."""

    def __init__(self, app, office) -> None:
        self.app = app
        self.client = app.test_client(use_cookies=False)
        self.names = {"TOKEN": token(office, "officer"), "HERE": START}
        self.requests: list[tuple[str, str]] = []
        self.said = ""

    def run(self, command: str) -> None:
        assigned = ASSIGNED.fullmatch(command)
        text = (assigned[2] if assigned else command).replace("\\\n", " ")
        for name, value in self.names.items():
            text = text.replace(f"${name}", value)
        words = shlex.split(text)
        if words[0] == "flask":
            done = self.app.test_cli_runner().invoke(args=words[3:])
            assert done.exit_code == 0, done.output
            return
        assert words[0] == "curl"
        self.said = self.curl(words[1:])
        if assigned:
            self.names[assigned[1]] = str(picked(json.loads(self.said), assigned[3]))

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
    """What a simple jq path leads to."""
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

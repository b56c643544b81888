"""What lies beside the log: personal parts, documents, diagrams and forms, compared with what events say of them."""

from __future__ import annotations

import hmac
from collections.abc import Collection, Iterator

from webapp.audit.offline_verifier.files import Doubled, Files, decoded, parsed
from webapp.audit.offline_verifier.sentences import Fault, at_event, at_file
from webapp.audit.offline_verifier.streams import Read

Place = tuple[str, int]
"""Of an event: its stream and its number."""


def check_private(files: Files, read: Read, withheld: Collection[Place]) -> Iterator[Fault]:
    """Personal parts against the codes in the events; one that is not there was erased on record, or is lost. What is
    ``withheld`` are the words of remarks, and nothing else can be."""
    if "private.jsonl" not in files.names:
        return
    yield from _compare_private(files, read)
    for place in sorted(read.private):
        remark = read.said.get(place, ("", ""))[0] == "remark_written"
        if not read.explained(place) and not (remark and place in withheld):
            yield at_event("unsaid", *place)


def _compare_private(files: Files, read: Read) -> Iterator[Fault]:
    at = 0
    for line in files.lines("private.jsonl"):
        try:
            row, rest = decoded(line.decode("utf-8"))
            place = row["stream"], row["number"]
            salt, content = bytes.fromhex(row["salt"]), row["content"].encode("utf-8")
            if rest.strip():
                raise ValueError(rest[:20])
            if read.explained(place):
                yield at_event("returned", *place)
            if read.private.pop(place, "") != hmac.new(salt, content, "sha256").hexdigest():
                yield at_event("private", *place)
        except Doubled:
            yield at_file("doubled", "private.jsonl", n=at)
        except Exception:  # noqa: BLE001 -- whatever a line raises that is none
            yield at_file("line", "private.jsonl", n=at)
        at += len(line)


def check_documents(files: Files, read: Read, kept_back: Collection[str], *, bundle: bool) -> Iterator[Fault]:
    """Files against the digests in the events: those of a bundle, or of an export with documents."""
    here = documents(files)
    if not here and not bundle:
        return
    wanted = {digest: place for digest, *place in read.papers if digest not in kept_back}
    found = {name: files.digest(name) for name in here}
    there = set(found.values())
    for name in (name for name, digest in found.items() if digest not in wanted):
        begins = name.rpartition("/")[2].partition("-")[0]
        meant = next((each for each in wanted if each.startswith(begins) and each not in there), None)
        if meant is None:
            yield at_file("unknown", name)
        else:
            _paper, stream, number = wanted.pop(meant)
            yield Fault("document", name, {"file": name, "stream": stream, "n": number})
    for digest in wanted.keys() - there - read.erased:
        paper, stream, number = wanted[digest]
        yield at_event("lost", str(stream), number, was=paper)


def documents(files: Files) -> list[str]:
    """The papers that lie there."""
    return [name for name in files.names if name.startswith("documents/")]


def check_diagrams(files: Files, read: Read) -> Iterator[Fault]:
    """The list of each deployment has the digest that the events name; its files have those of the list."""
    seen = set()
    for name in [each for each in files.names if each.startswith("diagrams/")]:
        folder, _, rest = name[9:].partition("/")
        if rest != "manifest.json":
            continue
        digest = files.digest(name)
        if digest not in read.deployments:
            yield at_file("diagram", name)
            meant = folder.rpartition("-")[2]
            seen |= {each for each in read.deployments if each.startswith(meant)}
            continue
        seen.add(digest)
        yield from _check_deployment(files, folder, name)
    for digest in sorted(read.deployments.keys() - seen):
        yield at_event("undrawn", *read.deployments[digest], was=digest[:12])


def _check_deployment(files: Files, folder: str, name: str) -> Iterator[Fault]:
    try:
        listed = {str(path): str(wanted) for path, wanted in parsed(files.read(name))["files"].items()}
    except Exception:  # noqa: BLE001 -- a list that an event names, and that is none
        yield at_file("unreadable", name)
        return
    for path, wanted in listed.items():
        file = f"diagrams/{folder}/{path}"
        if file not in files.names or files.digest(file) != wanted:
            yield at_file("diagram", file)

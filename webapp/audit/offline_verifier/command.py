"""The command, and falsified copies: each must be refused."""

from __future__ import annotations

import argparse
import io
import json
import shutil
import sys
import tempfile
import zipfile
from collections.abc import Callable, Iterable
from pathlib import Path

from webapp.audit.offline_verifier.checking import Verification
from webapp.audit.offline_verifier.sentences import SUMMARIES

MOST_TOLD = 200


def _flip(path: Path, share: float) -> None:
    content = bytearray(path.read_bytes())
    content[int(len(content) * share)] ^= 1
    path.write_bytes(bytes(content))


def _relay(folder: Path, keep: Callable[[list[bytes]], list[bytes]]) -> None:
    path = folder / "events.jsonl"
    path.write_bytes(b"".join(keep(path.read_bytes().splitlines(keepends=True))))


def _exchanged(lines: list[bytes]) -> list[bytes]:
    """Two neighbours of one stream change places; between streams the order means nothing."""
    streams = [json.loads(line)["stream"] for line in lines]
    at = next(i for i in range(len(lines) - 1) if streams[i] == streams[i + 1])
    return [*lines[:at], lines[at + 1], lines[at], *lines[at + 2 :]]


FORGERIES: dict[str, Callable[[Path], None]] = {
    "one bit of an event": lambda folder: _flip(folder / "events.jsonl", 0.5),
    "one bit near the end": lambda folder: _flip(folder / "events.jsonl", 0.98),
    "one bit of a checkpoint": lambda folder: _flip(max((folder / "checkpoints").glob("*.json")), 0.5),
    "one bit of a diagram": lambda folder: _flip(max((folder / "diagrams").rglob("*.bpmn")), 0.5),
    "an event left out": lambda folder: _relay(folder, lambda lines: lines[1:]),
    "two events exchanged": lambda folder: _relay(folder, _exchanged),
    "the end cut off": lambda folder: _relay(folder, lambda lines: lines[: len(lines) // 2]),
    "everything cut off": lambda folder: _relay(folder, lambda lines: []),
}


def missed(place: Path, keys: Iterable[str] = ()) -> list[str]:
    """Names of the forgeries that were not found; there must be none."""
    unseen = []
    for what, forge in FORGERIES.items():
        with tempfile.TemporaryDirectory() as scratch:
            copy = Path(scratch) / "copy"
            if place.is_dir():
                shutil.copytree(place, copy)
            else:
                zipfile.ZipFile(place).extractall(copy)
            forge(copy)
            if not Verification(copy, keys).run().faults:
                unseen.append(what)
    return unseen


def summary(run: Verification, english: bool, believed: bool) -> list[str]:
    """What was checked, in sentences; ``believed``: the key was taken from what is checked."""
    counts = {
        "events": run.read.events,
        "streams": len(run.read.heads),
        "checkpoints": len(run.points),
        "documents": run.documents,
        "open": run.read.open,
        "erased": len(run.read.private) if run.bundle or "private.jsonl" in run.names else 0,
        "kept_back": len(run.manifest.get("kept_back", [])),
        "faults": len(run.faults),
        "of": run.manifest.get("of", "?"),
        "at": str(run.manifest.get("made_at", "?"))[:16].replace("T", " "),
        "keys": ", ".join(sorted(run.keys)),
    }
    told = ["fails"] if run.faults else ["holds"]
    told += [name for name in ("open", "erased", "kept_back") if counts[name] and not run.faults]
    told += ["made", "part"] * run.bundle + ["believed"] * believed
    return [SUMMARIES[name][english].format(**counts) for name in told]


def _tell(lines: Iterable[str]) -> None:
    """Print lines; as UTF-8 where what is printed to (a file under Windows) has no letters for them."""
    text, out = "\n".join(lines), sys.stdout
    try:
        text.encode(out.encoding or "ascii")
    except UnicodeEncodeError:
        if isinstance(out, io.TextIOWrapper):
            out.reconfigure(encoding="utf-8")
    print(text)  # noqa: T201 -- this file is a command


def main(arguments: list[str] | None = None) -> int:
    """Print what was found; returns 0 when everything holds."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("place", type=Path, nargs="?", default=Path(__file__).parent)
    parser.add_argument("--key", action="append", default=[], help="trusted public key (hexadecimal)")
    parser.add_argument("--checkpoint", action="append", default=[], type=Path, help="a file or folder")
    parser.add_argument("--lang", choices=("vi", "en"), default="vi")
    parser.add_argument("--jobs", type=int, default=0, help="processes at once")
    parser.add_argument("--self-test", action="store_true")
    asked = parser.parse_args(arguments)
    english = asked.lang == "en"
    try:
        run = Verification(asked.place, asked.key, asked.checkpoint).run(asked.jobs)
    except (OSError, zipfile.BadZipFile) as fault:
        _tell([SUMMARIES["nothing"][english].format(place=asked.place, fault=fault)])
        return 2
    lines = [fault.told(english) for fault in run.faults[:MOST_TOLD]]
    if len(run.faults) > MOST_TOLD:
        lines.append(SUMMARIES["more"][english].format(more=len(run.faults) - MOST_TOLD))
    lines += summary(run, english, not asked.key)
    unseen = missed(asked.place, asked.key) if asked.self_test else []
    if asked.self_test:
        lines.append(SUMMARIES["missed" if unseen else "tested"][english].format(what=", ".join(unseen)))
    _tell(lines)
    return 1 if run.faults or unseen else 0


if __name__ == "__main__":
    sys.exit(main())

"""The command, and falsified copies: each must be refused."""

from __future__ import annotations

import argparse
import gc
import io
import json
import shutil
import sys
import tempfile
import zipfile
from collections.abc import Callable, Iterable
from pathlib import Path

from webapp.audit.offline_verifier.checking import Verification
from webapp.audit.offline_verifier.sentences import SUMMARIES, plain

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


def falsified(place: Path, keys: Iterable[str] = ()) -> dict[str, bool | None]:
    """Whether each of the forgeries was found; None where there is nothing that it could be done to."""
    outcomes: dict[str, bool | None] = {}
    for what, forge in FORGERIES.items():
        with tempfile.TemporaryDirectory() as scratch:
            copy = Path(scratch) / "copy"
            if place.is_dir():
                shutil.copytree(place, copy)
            else:
                with zipfile.ZipFile(place) as packed:
                    packed.extractall(copy)
            try:
                forge(copy)
            except (
                LookupError,
                OSError,
                StopIteration,
                ValueError,
            ):  # no event, no diagram, no two of one stream
                outcomes[what] = None
            else:
                outcomes[what] = bool(Verification(copy, keys).run().faults)
    return outcomes


def missed(place: Path, keys: Iterable[str] = ()) -> list[str]:
    """Names of the forgeries that were not found; there must be none."""
    return [what for what, found in falsified(place, keys).items() if found is False]


def self_test(run: Verification, place: Path, keys: Iterable[str], english: bool) -> tuple[bool, list[str]]:
    """Whether nothing was missed, and what is said; a place that does not hold would be refused whatever is done."""
    if run.faults:
        return False, [SUMMARIES["untested"][english]]
    outcomes = falsified(place, keys)
    unseen = [what for what, found in outcomes.items() if found is False]
    undone = [what for what, found in outcomes.items() if found is None]
    told = [SUMMARIES["missed" if unseen else "tested"][english].format(what=", ".join(unseen))]
    told += [SUMMARIES["untried"][english].format(what=", ".join(undone))] if undone else []
    return not unseen, told


def summary(run: Verification, english: bool, believed: bool) -> list[str]:
    """What was checked, in sentences; ``believed``: the key was taken from what is checked."""
    counts = {
        "events": run.read.events,
        "streams": len(run.read.heads),
        "checkpoints": len(run.points),
        "documents": run.documents,
        "open": run.read.open,
        "erased": len(run.read.private.keys() - run.withheld) if "private.jsonl" in run.names else 0,
        "withheld": len(run.read.private.keys() & run.withheld),
        "kept_back": len(run.kept_back),
        "faults": len(run.faults),
        "of": plain(run.manifest.get("of", "?"), ascii_only=False),
        "at": plain(run.manifest.get("made_at", "?"), ascii_only=True)[:16].replace("T", " "),
        "keys": ", ".join(plain(key, ascii_only=True) for key in sorted(run.keys)) or "–",
    }
    told = ["fails"] if run.faults else ["holds"]
    told += [name for name in ("open", "erased", "withheld", "kept_back") if counts[name] and not run.faults]
    told += ["made", "part"] * run.bundle + ["believed"] * believed
    return [SUMMARIES[name][english].format(**counts) for name in told]


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
    if isinstance(sys.stdout, io.TextIOWrapper):  # a console that has no Vietnamese, a name with half a sign
        sys.stdout.reconfigure(encoding="utf-8", errors="backslashreplace")
    gc.disable()  # what is made refers to nothing that refers to it
    try:
        run = Verification(asked.place, asked.key, asked.checkpoint).run(asked.jobs)
    except Exception as fault:  # noqa: BLE001 -- whatever is given to it, it says so
        said = {"place": asked.place, "fault": f"{type(fault).__name__}: {fault}"}
        shown = {name: plain(each, ascii_only=False) for name, each in said.items()}
        print(SUMMARIES["nothing"][english].format(**shown))  # noqa: T201 -- this file is a command
        return 2
    lines = [fault.told(english) for fault in run.faults[:MOST_TOLD]]
    if len(run.faults) > MOST_TOLD:
        lines.append(SUMMARIES["more"][english].format(more=len(run.faults) - MOST_TOLD))
    lines += summary(run, english, not asked.key)
    tested, told = self_test(run, asked.place, asked.key, english) if asked.self_test else (True, [])
    print("\n".join([*lines, *told]))  # noqa: T201 -- this file is a command
    return 0 if tested and not run.faults else 1


if __name__ == "__main__":
    sys.exit(main())

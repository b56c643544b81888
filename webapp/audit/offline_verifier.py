"""Checks an export of the log without the program that wrote it: `python3 verify.py FOLDER`.

One file, Python 3.9 or newer, standard library only; it shares no code with the writer. It recomputes every
hash of every stream, looks for gaps, checks signatures, links and Merkle roots of the checkpoints, and that every
event a checkpoint names is still there. `--key` takes the public key the office has published; without it the
key that lies in the export is believed. `--self-test` falsifies copies of the export; each must be refused.
"""

from __future__ import annotations

import argparse
import hashlib
import hmac
import json
import shutil
import sys
import tempfile
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from typing import Any

GENESIS = hashlib.sha256(b"thidua").hexdigest()
TEXTS = {
    "line": ("dòng không đọc được", "a line that cannot be read"),
    "gap": ("số thứ tự bị đứt hoặc lặp", "numbers have a gap or a repetition"),
    "chain": ("không nối tiếp sự kiện trước", "does not follow the event before"),
    "hash": ("nội dung không khớp mã băm", "content does not fit its hash"),
    "body": ("nội dung thuộc về chỗ khác", "content belongs elsewhere"),
    "private": ("phần riêng tư không khớp mã băm", "private part does not fit its hash"),
    "signature": ("chữ ký không hợp lệ", "signature does not hold"),
    "key": ("khóa ký không được tin cậy", "signed with a key that is not trusted"),
    "link": ("không nối tiếp điểm kiểm tra trước", "does not follow the checkpoint before"),
    "root": ("gốc Merkle không khớp", "Merkle root does not fit"),
    "cut": ("đã bị cắt mất hoặc thay thế", "has been cut off or replaced"),
    "none": ("không có điểm kiểm tra nào", "there is no checkpoint"),
    "holds": (
        "KHỚP: {events} sự kiện, {streams} luồng, {checkpoints} điểm kiểm tra",
        "HOLDS: {events} events, {streams} streams, {checkpoints} checkpoints",
    ),
    "open": (
        "{open} sự kiện sau điểm kiểm tra cuối chưa được ký",
        "{open} events after the last checkpoint are not signed yet",
    ),
    "fails": ("KHÔNG KHỚP: {faults} lỗi", "DOES NOT HOLD: {faults} faults"),
    "tested": ("tự kiểm tra: mọi bản giả đều bị phát hiện", "self-test: every falsified copy was refused"),
    "missed": ("tự kiểm tra THẤT BẠI, không phát hiện: {what}", "self-test FAILED, not found: {what}"),
}
Place = tuple[str, int]
Point = tuple[int, int, int, int]


class Verification:
    """One run over an export; ``faults`` are pairs of a code and a place."""

    def __init__(self, folder: Path, keys: Iterable[str] = ()) -> None:
        self.folder = folder
        self.keys = set(keys) or set((folder / "keys.txt").read_text("ascii").split())
        self.faults: list[tuple[str, str]] = []
        self.events = self.checkpoints = self.signed = 0
        self.heads: dict[str, tuple[int, str]] = {}  # stream → number and hash of the last event seen
        self.named: dict[Place, str] = {}  # stream and number → hash, as checkpoints name them
        self.private: dict[Place, str] = {}  # stream and number → HMAC of the private part

    def run(self) -> Verification:
        """Check everything; returns self."""
        self._read_checkpoints()
        self._read_private()
        with (self.folder / "events.jsonl").open("rb") as lines:
            for number, line in enumerate(lines, 1):
                try:
                    self._take(json.loads(line.decode("utf-8")))
                except (ValueError, KeyError, TypeError, AttributeError):
                    self.fault("line", f"events.jsonl:{number}")
        for stream, number in sorted(self.named):
            self.fault("cut", f"{stream} #{number}")
        return self

    def fault(self, code: str, place: str) -> None:
        self.faults.append((code, place))

    def _take(self, event: Mapping[str, Any]) -> None:
        stream, number, body = event["stream"], event["number"], event["body"]
        place = f"{stream} #{number}"
        last, previous = self.heads.get(stream, (0, GENESIS))
        self.heads[stream] = (number, event["hash"])
        self.events += 1
        if number != last + 1:
            self.fault("gap", place)
        if event["previous_hash"] != previous:
            self.fault("chain", place)
        text = (event["previous_hash"] + "\n" + body).encode("utf-8")
        if hashlib.sha256(text).hexdigest() != event["hash"]:
            self.fault("hash", place)
        inner = json.loads(body)
        if (inner["stream"], inner["number"]) != (stream, number):
            self.fault("body", place)
        if self.private.pop((stream, number), inner["private"]) != inner["private"]:
            self.fault("private", place)
        if self.named.get((stream, number)) == event["hash"]:
            del self.named[(stream, number)]

    def _read_private(self) -> None:
        path = self.folder / "private.jsonl"
        if not path.exists():
            return
        with path.open("rb") as lines:
            for number, line in enumerate(lines, 1):
                try:
                    row = json.loads(line.decode("utf-8"))
                    code = hmac.new(
                        bytes.fromhex(row["salt"]), row["content"].encode("utf-8"), hashlib.sha256
                    )
                    self.private[(row["stream"], row["number"])] = code.hexdigest()
                except (ValueError, KeyError, TypeError, AttributeError):
                    self.fault("line", f"private.jsonl:{number}")

    def _read_checkpoints(self) -> None:
        heads: dict[str, tuple[int, str]] = {}
        link: str | None = None
        for path in sorted((self.folder / "checkpoints").glob("*.json")):
            self.checkpoints += 1
            try:
                kept = json.loads(path.read_text("utf-8"))
                body = json.loads(kept["body"])
                if body["key"] not in self.keys:
                    self.fault("key", path.name)
                if not signed(body["key"], kept["body"].encode("utf-8"), kept["signature"]):
                    self.fault("signature", path.name)
                if body["previous"] != link:
                    self.fault("link", path.name)
                for stream, number, head in body["heads"]:
                    heads[stream] = (number, head)
                    self.named[(stream, number)] = head
                if merkle(heads) != body["root"]:
                    self.fault("root", path.name)
                link = hashlib.sha256(kept["body"].encode("utf-8")).hexdigest()
            except (ValueError, KeyError, TypeError, AttributeError):
                self.fault("line", path.name)
        self.signed = sum(number for number, _ in heads.values())
        if not self.checkpoints:
            self.fault("none", "checkpoints")


def merkle(heads: Mapping[str, tuple[int, str]]) -> str:
    """Merkle root (RFC 6962 prefixes) over the lines "stream number hash" in the order of streams."""
    lines = [f"{stream} {number} {head}" for stream, (number, head) in sorted(heads.items())]
    level = [hashlib.sha256(b"\0" + line.encode("utf-8")).digest() for line in lines]
    if not level:
        return hashlib.sha256(b"").hexdigest()
    while len(level) > 1:
        tail = level[-1:] if len(level) % 2 else []
        pairs = zip(level[0::2], level[1::2])  # noqa: B905 -- Python 3.9 knows no `strict`; the odd one is the tail
        level = [hashlib.sha256(b"\1" + left + right).digest() for left, right in pairs] + tail
    return level[0].hex()


# --- Ed25519 (RFC 8032), checking only ---

P = 2**255 - 19
ORDER = 2**252 + 27742317777372353535851937790883648493
D = -121665 * pow(121666, P - 2, P) % P


def _point(raw: bytes) -> Point | None:
    """A point in extended coordinates; None for bytes that are none."""
    y = int.from_bytes(raw, "little") & ((1 << 255) - 1)
    if y >= P:
        return None
    square = (y * y - 1) * pow(D * y * y + 1, P - 2, P) % P
    x = pow(square, (P + 3) // 8, P)
    if (x * x - square) % P:
        x = x * pow(2, (P - 1) // 4, P) % P
    if (x * x - square) % P or (x == 0 and raw[31] >> 7):
        return None
    if x & 1 != raw[31] >> 7:
        x = P - x
    return x, y, 1, x * y % P


def _add(a: Point, b: Point) -> Point:
    e, f = (a[1] - a[0]) * (b[1] - b[0]) % P, (a[1] + a[0]) * (b[1] + b[0]) % P
    g, h = 2 * a[3] * b[3] * D % P, 2 * a[2] * b[2] % P
    s, t, u, v = f - e, h - g, h + g, f + e
    return s * t % P, u * v % P, t * u % P, s * v % P


def _times(scalar: int, point: Point) -> Point:
    result = (0, 1, 1, 0)
    while scalar:
        if scalar & 1:
            result = _add(result, point)
        point, scalar = _add(point, point), scalar >> 1
    return result


BASE_X = 15112221349535400772501151409588531511454012693041857206046113283949847762202
BASE_Y = 4 * pow(5, P - 2, P) % P
BASE = (BASE_X, BASE_Y, 1, BASE_X * BASE_Y % P)


def signed(public: str, message: bytes, signature: str) -> bool:
    """True when the signature (hexadecimal) over the message was made with the key of this public half."""
    key, raw = bytes.fromhex(public), bytes.fromhex(signature)
    if len(key) != 32 or len(raw) != 64:
        return False
    point, other, scalar = _point(key), _point(raw[:32]), int.from_bytes(raw[32:], "little")
    if point is None or other is None or scalar >= ORDER:
        return False
    challenge = int.from_bytes(hashlib.sha512(raw[:32] + key + message).digest(), "little") % ORDER
    left, right = _times(scalar, BASE), _add(other, _times(challenge, point))
    return not any((left[i] * right[2] - right[i] * left[2]) % P for i in (0, 1))


# --- falsified copies: each must be refused ---


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
    "an event left out": lambda folder: _relay(folder, lambda lines: lines[1:]),
    "two events exchanged": lambda folder: _relay(folder, _exchanged),
    "the end cut off": lambda folder: _relay(folder, lambda lines: lines[: len(lines) // 2]),
    "everything cut off": lambda folder: _relay(folder, lambda lines: []),
}


def missed(folder: Path, keys: Iterable[str] = ()) -> list[str]:
    """Names of the forgeries that were not found; there must be none."""
    unseen = []
    for what, forge in FORGERIES.items():
        with tempfile.TemporaryDirectory() as place:
            copy = Path(place) / "copy"
            shutil.copytree(folder, copy)
            forge(copy)
            if not Verification(copy, keys).run().faults:
                unseen.append(what)
    return unseen


def main(arguments: list[str] | None = None) -> int:
    """Print what was found; returns 0 when everything holds."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("folder", type=Path)
    parser.add_argument("--key", action="append", default=[], help="trusted public key (hexadecimal)")
    parser.add_argument("--lang", choices=("vi", "en"), default="vi")
    parser.add_argument("--self-test", action="store_true")
    asked = parser.parse_args(arguments)

    def say(code: str, **values: object) -> str:
        return TEXTS[code][asked.lang == "en"].format(**values)

    run = Verification(asked.folder, asked.key).run()
    for code, place in run.faults:
        print(f"{place}: {say(code)}")  # noqa: T201 -- this file is a command
    counts = {"events": run.events, "streams": len(run.heads), "checkpoints": run.checkpoints}
    lines = [say("fails", faults=len(run.faults))] if run.faults else [say("holds", **counts)]
    lines += [say("open", open=run.events - run.signed)] * (not run.faults)
    unseen = missed(asked.folder, asked.key) if asked.self_test else []
    lines += [say("missed", what=", ".join(unseen)) if unseen else say("tested")] * asked.self_test
    print("\n".join(lines))  # noqa: T201 -- this file is a command
    return 1 if run.faults or unseen else 0


if __name__ == "__main__":
    sys.exit(main())

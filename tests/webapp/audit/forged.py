"""A small export made from the documented format alone, and changed the way a forger would."""

import hashlib
import json
from pathlib import Path
from typing import Any

from nacl.signing import SigningKey

from webapp.audit.offline_verifier import GENESIS, Verification, merkle

Row = dict[str, Any]
CODE, OTHER = "HS-2019-0001", "HS-2019-0002"
LAST = 6
NIGHT = "2019-12-0{}T15:00:00+00:00"


class Log:
    """Two cases of six events and the stream `system`; a checkpoint after the third event and one after the last."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.key = SigningKey(b"k" * 32)
        self.rows: dict[str, list[Row]] = {"system": []}
        self.points: list[tuple[str, str]] = []
        self.signed: dict[str, tuple[int, str]] = {}
        for half in (1, 2):
            for code in (CODE, OTHER):
                for _event in range(LAST // 2):
                    self.append(f"case/{code}", at=NIGHT.format(half).replace("T15", "T08"))
            self.checkpoint(NIGHT.format(half))
        self.write()

    def append(self, stream: str, *, at: str, type: str = "task_completed", **fields: Any) -> None:
        """One more event of a stream."""
        rows = self.rows.setdefault(stream, [])
        body = {
            "stream": stream,
            "number": len(rows) + 1,
            "type": type,
            "actor": "An",
            "at": at,
            "recorded_at": at,
            "fields": fields | {"số": len(rows) + 1},
            "deployment": None,
            "private": None,
        }
        rows.append(row_of(body, rows[-1]["hash"] if rows else GENESIS))

    def checkpoint(self, at: str) -> None:
        """Sign the heads as they are, and note it in the log."""
        heads = {stream: (len(rows), rows[-1]["hash"]) for stream, rows in self.rows.items() if rows}
        previous = hashlib.sha256(self.points[-1][0].encode()).hexdigest() if self.points else None
        body = {
            "made_at": at,
            "key": self.key.verify_key.encode().hex(),
            "previous": previous,
            "root": merkle(heads),
            "heads": [[stream, *head] for stream, head in heads.items() if self.signed.get(stream) != head],
        }
        text = json.dumps(body)
        self.points.append((text, self.key.sign(text.encode()).signature.hex()))
        self.signed = heads
        self.append("system", at=at, type="checkpoint_made", root=body["root"])

    def write(self) -> None:
        """Write the export."""
        (self.folder / "checkpoints").mkdir(parents=True, exist_ok=True)
        for number, (text, signature) in enumerate(self.points, 1):
            kept = {"body": text, "signature": signature}
            (self.folder / "checkpoints" / f"{number}.json").write_text(json.dumps(kept))
        (self.folder / "keys.txt").write_text(self.key.verify_key.encode().hex())
        lines = [
            json.dumps(row, ensure_ascii=False) for _stream, rows in sorted(self.rows.items()) for row in rows
        ]
        (self.folder / "events.jsonl").write_text("\n".join(lines) + "\n", "utf-8")

    def checked(self, *, english: bool = False) -> list[str]:
        """What the verifier says of the export as it is now."""
        self.write()
        return [fault.told(english) for fault in Verification(self.folder).run().faults]

    def case(self) -> list[Row]:
        """The events of the case that is forged."""
        return self.rows[f"case/{CODE}"]

    def recompute(self, start: int, **changes: Any) -> None:
        """Change the text of an event by its index and compute the chain anew from there on."""
        rows = self.case()
        before = rows[start - 1]["hash"] if start else GENESIS
        for number, row in enumerate(rows[start:], start + 1):
            body = json.loads(row["body"]) | (changes if number == start + 1 else {})
            rows[number - 1] = row_of(body | {"number": number}, before)
            before = rows[number - 1]["hash"]


def row_of(body: Row, before: str) -> Row:
    """A line of the export with this body."""
    text = json.dumps(body, ensure_ascii=False)
    repeated = {name: body[name] for name in ("stream", "number", "type", "actor", "at", "recorded_at")}
    head = hashlib.sha256(f"{before}\n{text}".encode()).hexdigest()
    return repeated | {"body": text, "previous_hash": before, "hash": head}


def told(place, **options):
    return [fault.told(english=False) for fault in Verification(place, **options).run().faults]


def sign_anew(folder):
    """What somebody with the signing key of a bundle could do: list its files and sign the list once more."""
    manifest = json.loads((folder / "MANIFEST.json").read_bytes())
    files = (path for path in folder.rglob("*") if path.is_file() and not path.name.startswith("MANIFEST"))
    manifest["files"] = {
        path.relative_to(folder).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest() for path in files
    }
    key = SigningKey(b"f" * 32)
    manifest["key"] = key.verify_key.encode().hex()
    text = json.dumps(manifest).encode()
    (folder / "MANIFEST.json").write_bytes(text)
    (folder / "MANIFEST.sig").write_text(key.sign(text).signature.hex())
    with (folder / "keys.txt").open("a") as keys:
        keys.write(manifest["key"] + "\n")
    manifest["files"]["keys.txt"] = hashlib.sha256((folder / "keys.txt").read_bytes()).hexdigest()
    text = json.dumps(manifest).encode()
    (folder / "MANIFEST.json").write_bytes(text)
    (folder / "MANIFEST.sig").write_text(key.sign(text).signature.hex())

"""The whole: a log with all its checkpoints, or a bundle with proofs; with documents and diagrams."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any, TypeVar

from webapp.audit.offline_verifier.beside import (
    check_diagrams,
    check_documents,
    check_private,
    documents,
)
from webapp.audit.offline_verifier.checkpoints import Line, Point, climbed, distrusted, leaf, read_point
from webapp.audit.offline_verifier.files import Files, parsed
from webapp.audit.offline_verifier.portions import in_portions
from webapp.audit.offline_verifier.sentences import Fault, at_event, at_file
from webapp.audit.offline_verifier.streams import Known, Named, Read, missing_codes, read_streams

T = TypeVar("T")
LARGE = 2**25
EVENTS = "events.jsonl"
SIGNED_BY_ITSELF = {"MANIFEST.json", "MANIFEST.sig"}


class Verification:
    """One run over an export or a bundle; ``faults`` say what does not hold.

    Raises OSError or BadZipFile for a place that is neither folder nor zip file.
    """

    def __init__(self, place: Path, keys: Iterable[str] = (), apart: Iterable[Path] = ()) -> None:
        self.files = Files(place)
        self.names = self.files.names
        self.faults: list[Fault] = []
        self.keys = set(keys) or set(self._given_keys())
        self.apart = list(apart)
        self.elsewhere: list[Point] = []
        self.read = Read()
        self.points: list[Point] = []
        self.manifest: Mapping[str, Any] = {}
        self.documents = 0

    @property
    def bundle(self) -> bool:
        return "MANIFEST.json" in self.names or "proof.json" in self.names

    @property
    def kept_back(self) -> set[str]:
        """Digests of papers that whoever took a bundle may not read."""
        said = self.manifest.get("kept_back", [])
        return {str(each) for each in said} if isinstance(said, list) else set()

    @property
    def withheld(self) -> set[tuple[str, int]]:
        """Events whose personal part whoever took a bundle may not read."""
        said = self.manifest.get("withheld", [])
        rows = [each for each in said if isinstance(each, list)] if isinstance(said, list) else []
        return {(str(each[0]), each[1]) for each in rows if len(each) == 2 and isinstance(each[1], int)}

    def run(self, jobs: int = 0) -> Verification:
        """Check everything, in as many processes as there are processors; returns self."""
        self._read_points()
        self.elsewhere = self._apart()
        proofs = self._read_bundle() if self.bundle else {}
        known = self._proved(proofs) if self.bundle else self._known()
        self._read_log(known, jobs or os.cpu_count() or 1)
        for stream, named in sorted(known.streams.items()):
            if stream not in self.read.heads:
                last = named[-1]
                self.faults.append(at_event("gone", stream, last.number, last=last.number, point=last.point))
        if self.bundle:
            for stream in sorted(self.read.heads.keys() - proofs.keys()):
                self.faults.append(Fault("unproved", stream, {"stream": stream}))
        else:
            told = {str(fault.said.get("stream")) for fault in self.faults}
            codes = missing_codes({*self.read.heads, *told})
            self.faults += [Fault("code", code, {"was": code}) for code in codes]
            self._compare_checkpoints()
        self._check_beside()
        return self

    def _check_beside(self) -> None:
        self.documents = len(documents(self.files))
        for name, faults in (
            ("private.jsonl", check_private(self.files, self.read, self.withheld)),
            ("documents", check_documents(self.files, self.read, self.kept_back, bundle=self.bundle)),
            ("diagrams", check_diagrams(self.files, self.read)),
        ):
            self.faults += self._caught(name, faults)
        self.faults += [at_file(code, name) for name, code in sorted(self.files.odd.items())]

    def _caught(self, name: str, found: Iterator[T]) -> Iterator[T]:
        """What is found, as it comes; a file that cannot be read to its end is a fault itself."""
        try:
            yield from found
        except Exception:  # noqa: BLE001 -- whatever a damaged file or zip raises
            self._unreadable(name)

    def _unreadable(self, name: str) -> None:
        """Note a file that cannot be read; it is told once."""
        self.files.odd.setdefault(name, "unreadable")

    def _given_keys(self) -> list[str]:
        try:
            return self.files.read("keys.txt").decode("ascii", "replace").split()
        except Exception:  # noqa: BLE001 -- whatever a damaged file or zip raises
            return []

    def _read_log(self, known: Known, jobs: int) -> None:
        """The log and the checkpoints, of a long one in several processes."""
        line = Line(self.points, self.keys, not self.bundle)
        path, found = self.files.path / EVENTS, None
        if EVENTS not in self.names:
            self.faults.append(at_file("missing", EVENTS))
        elif (
            self.files.zip is None
            and EVENTS not in self.files.odd
            and jobs > 1
            and path.stat().st_size >= LARGE
        ):
            found = in_portions(path, known, line, jobs)
        if found is None:
            found = self._read_alone(known), list(line.faults(0, len(self.points)))
        self.read, wrong = found
        self.faults += [*wrong, *self.read.faults]
        if self.read.wrapped:
            self.faults.append(at_file("wrapped", EVENTS))

    def _read_alone(self, known: Known) -> Read:
        if EVENTS not in self.names or EVENTS in self.files.odd:
            return Read()
        return read_streams(self._caught(EVENTS, self.files.lines(EVENTS)), known)

    def _read_points(self) -> None:
        names = [name for name in self.names if name.startswith("checkpoints/") and name.endswith(".json")]
        for name in names:
            try:
                self.points.append(read_point(name, self.files.read(name)))
            except Exception:  # noqa: BLE001 -- whatever a file raises that is none
                self._unreadable(name)
        if not names:
            self.faults.append(Fault("none", "checkpoints", {}))

    def _known(self) -> Known:
        """What the checkpoints, and those that were kept elsewhere, say of each stream."""
        streams: dict[str, list[Named]] = {}
        floor = ""
        for point in self.points:
            for stream, number, head in point.body["heads"]:
                streams.setdefault(stream, []).append(Named(number, head, point.file, floor))
            floor = point.floor
        for point in self.elsewhere:
            for stream, number, head in point.body["heads"]:
                streams.setdefault(stream, []).append(Named(number, head, point.file, floor))
        for named in streams.values():
            named.sort(key=lambda each: each.number)
        return Known(streams, floor, "private.jsonl" in self.names)

    def _apart(self) -> list[Point]:
        """Checkpoints kept elsewhere that are not here."""
        here, found = {point.text for point in self.points}, []
        files = (sorted(path.glob("*.json")) if path.is_dir() else [path] for path in self.apart)
        for file in (one for some in files for one in some):
            try:
                point = read_point(file.name, file.read_bytes())
            except Exception:  # noqa: BLE001 -- whatever a file raises that is none
                self.faults.append(at_file("unreadable", file.name))
                continue
            if point.text not in here:
                wrong = list(distrusted(point, self.keys))
                self.faults += wrong
                found += [] if wrong else [point]
        return found

    def _compare_checkpoints(self) -> None:
        """Each checkpoint has its event in the log, and each such event its checkpoint."""
        signed_roots = {point.body["root"]: point.file for point in [*self.points, *self.elsewhere]}
        for told, (stream, number) in self.read.roots.items():
            if told not in signed_roots:
                self.faults.append(at_event("withheld", stream, number))
        for made, file in signed_roots.items():
            if "system" in self.read.heads and made not in self.read.roots:
                self.faults.append(Fault("backup", file, {"point": file}))

    # a bundle: its list of files is signed, and each stream is shown to be in the checkpoint

    def _read_bundle(self) -> Mapping[str, Any]:
        """Check the signed list of files; what ``proof.json`` says of each stream."""
        absent = sorted({"MANIFEST.json", "MANIFEST.sig", "proof.json"}.difference(self.names))
        self.faults += [at_file("missing", name) for name in absent]
        if absent:
            return {}
        try:
            text = self.files.read("MANIFEST.json")
            self.manifest = parsed(text)
            signature = self.files.read("MANIFEST.sig").decode("ascii").strip()
            self.faults += distrusted(Point("MANIFEST.json", text, self.manifest, signature), self.keys)
            self.faults += self._check_files(self.manifest["files"])
            proofs = parsed(self.files.read("proof.json"))["streams"]
            for stream, proof in proofs.items():
                self._check_proof(stream, proof)
            return dict(proofs)
        except Exception:  # noqa: BLE001 -- whatever files raise that are not what they should be
            self.faults.append(at_file("unreadable", "MANIFEST.json, MANIFEST.sig, proof.json"))
            self.manifest = {}
            return {}

    def _check_proof(self, stream: str, proof: Mapping[str, Any]) -> None:
        """Whether the audit path of a stream leads to the root that the checkpoint of the bundle signs."""
        point = self.points[-1] if self.points else None
        if (type(proof["number"]), type(proof["hash"])) != (int, str):
            raise TypeError(stream)
        start = leaf(stream, proof["number"], proof["hash"])
        reached = climbed(start, proof["index"], proof["size"], proof["path"])
        if point is None or reached != point.body["root"]:
            said = {"stream": stream, "point": point.file if point else "?"}
            self.faults.append(Fault("proof", stream, said))

    def _check_files(self, listed: Mapping[str, str]) -> Iterator[Fault]:
        for name in self.names:
            if name in self.files.odd:
                continue
            if name not in listed:
                if name not in SIGNED_BY_ITSELF:
                    yield at_file("added", name)
            elif self.files.digest(name) != listed[name] and name not in self.files.odd:
                yield at_file("changed", name)
        for name in sorted(listed.keys() - set(self.names) - self.files.odd.keys()):
            yield at_file("missing", name)

    def _proved(self, proofs: Mapping[str, Any]) -> Known:
        """What the proofs, and checkpoints that were kept elsewhere, say of the streams of a bundle."""
        file, floor = ("", "") if not self.points else (self.points[-1].file, self.points[-1].floor)
        streams = {stream: [Named(each["number"], each["hash"], file, "")] for stream, each in proofs.items()}
        for other in self.elsewhere:
            for stream, number, head in other.body["heads"]:
                if stream in streams:
                    streams[stream].append(Named(number, head, other.file, ""))
        for named in streams.values():
            named.sort(key=lambda each: each.number)
        return Known(streams, floor, private=True)

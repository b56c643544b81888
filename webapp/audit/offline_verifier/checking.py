"""The whole: a log with all its checkpoints, or a bundle with proofs; with documents and diagrams."""

from __future__ import annotations

import hashlib
import hmac
import json
import multiprocessing
import os
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from webapp.audit.offline_verifier.checkpoints import Point, climbed, leaf, read_point, root
from webapp.audit.offline_verifier.files import Files
from webapp.audit.offline_verifier.sentences import Fault, at_event, at_file
from webapp.audit.offline_verifier.signatures import signed
from webapp.audit.offline_verifier.streams import (
    Known,
    Named,
    Read,
    begin,
    missing_codes,
    portion,
    portions,
    read_streams,
)

LARGE, PORTIONS = 2**25, 4
BROKEN = (ValueError, KeyError, TypeError, AttributeError, RecursionError)
"""What reading a file raises that is not what it should be."""


class Verification:
    """One run over an export or a bundle; ``faults`` say what does not hold."""

    def __init__(self, place: Path, keys: Iterable[str] = (), apart: Iterable[Path] = ()) -> None:
        self.files = Files(place)
        self.names = self.files.names()
        given = self.files.read("keys.txt").decode("ascii", "replace") if "keys.txt" in self.names else ""
        self.keys = set(keys) or set(given.split())
        self.apart = list(apart)
        self.faults: list[Fault] = []
        self.read = Read()
        self.points: list[Point] = []
        self.manifest: Mapping[str, Any] = {}
        self.documents = 0

    @property
    def bundle(self) -> bool:
        return "MANIFEST.json" in self.names or "proof.json" in self.names

    def run(self, jobs: int = 0) -> Verification:
        """Check everything, in as many processes as there are processors; returns self."""
        self._read_points()
        proofs = self._read_bundle() if self.bundle else {}
        known = self._proved(proofs) if self.bundle else self._known()
        self.read = self._read_events(known, jobs or os.cpu_count() or 1)
        self.faults += self.read.faults
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
        self._check_private()
        self._check_documents()
        self._check_diagrams()
        told = {fault.place for fault in self.faults if fault.code == "unreadable"}
        self.faults += [at_file("unreadable", name) for name in sorted(self.files.damaged - told)]
        return self

    def _read_events(self, known: Known, jobs: int) -> Read:
        if "events.jsonl" not in self.names:
            self.faults.append(at_file("missing", "events.jsonl"))
            return Read()
        path = self.files.path / "events.jsonl"
        if self.files.zip or jobs == 1 or path.stat().st_size < LARGE:
            found = read_streams(self.files.lines("events.jsonl"), known)
            self._check_points()
            return found
        found = Read()
        with multiprocessing.Pool(jobs, begin, (known,)) as pool:
            parts = pool.imap(portion, portions(path, jobs * PORTIONS))
            self._check_points()  # meanwhile
            for part in parts:
                found.add(part)
        return found

    def _read_points(self) -> None:
        names = [name for name in self.names if name.startswith("checkpoints/") and name.endswith(".json")]
        for name in names:
            try:
                self.points.append(read_point(name, self.files.read(name)))
            except BROKEN:
                self.faults.append(at_file("unreadable", name))
        if not names:
            self.faults.append(Fault("none", "checkpoints", {}))

    def _known(self) -> Known:
        """What the checkpoints, and those that were kept elsewhere, say of each stream."""
        streams: dict[str, list[Named]] = {}
        floor = ""
        for point in [*self.points, *self._apart()]:
            for stream, number, head in point.body["heads"]:
                streams.setdefault(stream, []).append(Named(number, head, point.file, floor))
            if point in self.points:
                floor = point.floor
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
                if point.text not in here and self._signed(*point):
                    found.append(point)
            except BROKEN:
                self.faults.append(at_file("unreadable", file.name))
        return found

    def _signed(self, file: str, text: bytes, body: Mapping[str, Any], signature: str) -> bool:
        """Whether a text was signed with a key that is trusted; what is wrong is noted."""
        if body["key"] not in self.keys:
            self.faults.append(at_file("key", file))
            return False
        if not signed(body["key"], text, signature):
            self.faults.append(at_file("signature", file))
            return False
        return True

    def _check_points(self) -> None:
        """Signatures of all checkpoints; in a whole export their links and roots, too."""
        link: object = None
        leaves: dict[str, bytes] = {}
        for point in self.points:
            try:
                self._signed(*point)
                if self.bundle:
                    continue
                if point.body["previous"] != link:
                    self.faults.append(at_file("link", point.file))
                for stream, number, head in point.body["heads"]:
                    leaves[stream] = leaf(stream, number, head)
                if root([leaves[stream] for stream in sorted(leaves)]) != point.body["root"]:
                    self.faults.append(at_file("root", point.file))
                link = hashlib.sha256(point.text).hexdigest()
            except BROKEN:
                self.faults.append(at_file("unreadable", point.file))

    def _compare_checkpoints(self) -> None:
        """Each checkpoint has its event in the log, and each such event its checkpoint."""
        if self.bundle:
            return
        signed_roots = {point.body["root"]: point.file for point in [*self.points, *self._apart()]}
        for told, (stream, number) in self.read.roots.items():
            if told not in signed_roots:
                self.faults.append(at_event("withheld", stream, number))
        for made, file in signed_roots.items():
            if "system" in self.read.heads and made not in self.read.roots:
                self.faults.append(Fault("backup", file, {"point": file}))

    def _check_private(self) -> None:
        """Personal parts against the codes in the events; one that is not there was erased on record, or is lost."""
        if "private.jsonl" not in self.names:
            return
        self._compare_private()
        for place in sorted(self.read.private):
            if not self.read.explained(place):
                self.faults.append(at_event("unsaid", *place))

    def _compare_private(self) -> None:
        at = 0
        for line in self.files.lines("private.jsonl"):
            try:
                row = json.loads(line.decode("utf-8"))
                place = row["stream"], row["number"]
                salt, content = bytes.fromhex(row["salt"]), row["content"].encode("utf-8")
                if self.read.explained(place):
                    self.faults.append(at_event("returned", *place))
                if self.read.private.pop(place, "") != hmac.new(salt, content, "sha256").hexdigest():
                    self.faults.append(at_event("private", *place))
            except BROKEN:
                self.faults.append(at_file("line", "private.jsonl", n=at))
            at += len(line)

    def _check_documents(self) -> None:
        """Files against the digests in the events: those of a bundle, or of an export with documents."""
        here = [name for name in self.names if name.startswith("documents/")]
        if not here and not self.bundle:
            return
        wanted = {digest: place for digest, *place in self.read.papers}
        for digest in self.manifest.get("kept_back", []):
            wanted.pop(digest, None)
        found, unlike = set(), []
        for name in here:
            digest = self.files.digest(name)
            self.documents += 1
            found.add(digest)
            if digest not in wanted:
                unlike.append(name)
        for name in unlike:
            begins = name.rpartition("/")[2].partition("-")[0]
            meant = next((each for each in wanted if each.startswith(begins) and each not in found), None)
            if meant is None:
                self.faults.append(at_file("unknown", name))
            else:
                _paper, stream, number = wanted.pop(meant)
                self.faults.append(Fault("document", name, {"file": name, "stream": stream, "n": number}))
        for digest in wanted.keys() - found - self.read.erased:
            paper, stream, number = wanted[digest]
            self.faults.append(at_event("lost", str(stream), number, was=paper))

    def _check_diagrams(self) -> None:
        """The list of each deployment has the digest that the events name; its files have those of the list."""
        seen = set()
        for name in [each for each in self.names if each.startswith("diagrams/")]:
            folder, _, rest = name[9:].partition("/")
            if rest != "manifest.json":
                continue
            digest = self.files.digest(name)
            if digest not in self.read.deployments:
                self.faults.append(at_file("diagram", name))
                meant = folder.rpartition("-")[2]
                seen |= {each for each in self.read.deployments if each.startswith(meant)}
                continue
            seen.add(digest)
            for path, wanted in json.loads(self.files.read(name))["files"].items():
                file = f"diagrams/{folder}/{path}"
                if file not in self.names or self.files.digest(file) != wanted:
                    self.faults.append(at_file("diagram", file))
        for digest in self.read.deployments.keys() - seen:
            self.faults.append(at_event("undrawn", *self.read.deployments[digest], was=digest[:12]))

    # a bundle: its list of files is signed, and each stream is shown to be in the checkpoint

    def _read_bundle(self) -> Mapping[str, Any]:
        """Check the signed list of files; what ``proof.json`` says of each stream."""
        absent = sorted({"MANIFEST.json", "MANIFEST.sig", "proof.json"}.difference(self.names))
        self.faults += [at_file("missing", name) for name in absent]
        if absent:
            return {}
        try:
            text = self.files.read("MANIFEST.json")
            self.manifest = json.loads(text)
            signature = self.files.read("MANIFEST.sig").decode("ascii").strip()
            self._signed("MANIFEST.json", text, self.manifest, signature)
            self._check_files(self.manifest["files"])
            proofs = json.loads(self.files.read("proof.json"))["streams"]
            for stream, proof in proofs.items():
                self._check_proof(stream, proof)
            return dict(proofs)
        except BROKEN:
            self.faults.append(at_file("unreadable", "MANIFEST.json, MANIFEST.sig, proof.json"))
            self.manifest = {}
            return {}

    def _check_proof(self, stream: str, proof: Mapping[str, Any]) -> None:
        """Whether the audit path of a stream leads to the root that the checkpoint of the bundle signs."""
        point = self.points[-1] if self.points else None
        start = leaf(stream, proof["number"], proof["hash"])
        reached = climbed(start, proof["index"], proof["size"], proof["path"])
        if point is None or reached != point.body["root"]:
            self.faults.append(
                Fault("proof", stream, {"stream": stream, "point": point.file if point else "?"})
            )

    def _check_files(self, listed: Mapping[str, str]) -> None:
        signed_by_itself = {"MANIFEST.json", "MANIFEST.sig"}
        for name in self.names:
            if (name not in listed and name not in signed_by_itself) or self.names.count(name) > 1:
                self.faults.append(at_file("added", name))
            elif name in listed and self.files.digest(name) not in ("", listed[name]):
                self.faults.append(at_file("changed", name))
        for name in listed.keys() - set(self.names):
            self.faults.append(at_file("missing", name))

    def _proved(self, proofs: Mapping[str, Any]) -> Known:
        """What the proofs, and checkpoints that were kept elsewhere, say of the streams of a bundle."""
        file, floor = ("", "") if not self.points else (self.points[-1].file, self.points[-1].floor)
        streams = {stream: [Named(each["number"], each["hash"], file, "")] for stream, each in proofs.items()}
        for other in self._apart():
            for stream, number, head in other.body["heads"]:
                if stream in streams:
                    streams[stream].append(Named(number, head, other.file, ""))
        for named in streams.values():
            named.sort(key=lambda each: each.number)
        return Known(streams, floor, private=True)

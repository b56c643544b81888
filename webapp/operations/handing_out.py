"""Joins the parts of the verifier to the one file that is handed out as `verify.py`."""

from __future__ import annotations

import ast
from functools import cache
from pathlib import Path

FOLDER = Path(__file__).parent.parent / "audit" / "offline_verifier"
PARTS = (
    "sentences",
    "files",
    "streams",
    "signatures",
    "checkpoints",
    "portions",
    "beside",
    "checking",
    "command",
)
OWN = "webapp."

ABOUT = '''"""Checks a bundle or an export of the log without the program that wrote it: `python3 verify.py [PLACE]`.

One file, Python 3.9 or newer, standard library only; it shares no code with the writer. PLACE is a zip file or the
folder it was unpacked into; without it, the folder this file lies in. Every hash of every stream is computed again;
then come numbers, order, signatures, checkpoints, documents and diagrams. `--key` takes the public key the office
has published; without it the key that lies in PLACE is believed. `--checkpoint` takes checkpoints that were kept
elsewhere: they show an old backup. `--self-test` falsifies copies; each must be refused.
"""

from __future__ import annotations
'''


@cache
def verifier() -> str:
    """The text of `verify.py`: what it is, all imports, then the parts in their order under their first lines."""
    imports: set[str] = set()
    parts = []
    for name in PARTS:
        source = (FOLDER / f"{name}.py").read_text("utf-8")
        tree = ast.parse(source)
        head = [each for each in tree.body if isinstance(each, ast.Import | ast.ImportFrom)]
        imports |= {ast.unparse(each) for each in head if not _left_out(each)}
        begins = max(each.end_lineno or 0 for each in head)
        title = (ast.get_docstring(tree) or "").partition("\n")[0]
        parts.append(f"# --- {title} ---\n" + "\n".join(source.splitlines()[begins:]).rstrip())
    top = sorted(imports, key=lambda line: (line.startswith("from"), line))
    return "\n\n\n".join([ABOUT + "\n" + "\n".join(_merged(top)), *parts]) + "\n"


def _left_out(line: ast.Import | ast.ImportFrom) -> bool:
    return isinstance(line, ast.ImportFrom) and (line.module or "").startswith((OWN, "__future__"))


def _merged(lines: list[str]) -> list[str]:
    """One line for each module that names are taken from."""
    names: dict[str, set[str]] = {}
    for line in lines:
        if line.startswith("from"):
            module, _, some = line.removeprefix("from ").partition(" import ")
            names.setdefault(module, set()).update(some.split(", "))
    plain = [line for line in lines if line.startswith("import")]
    return plain + [
        f"from {module} import {', '.join(sorted(some))}" for module, some in sorted(names.items())
    ]

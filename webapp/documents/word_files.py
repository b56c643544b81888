"""The same facts as a Word file, which an office goes on writing in: `types/<type>/template.docx` filled in."""

from __future__ import annotations

import io
import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from docxtpl import DocxTemplate
from jinja2 import StrictUndefined
from jinja2.sandbox import SandboxedEnvironment

from webapp.documents import formats
from webapp.documents.packing import repacked
from webapp.documents.render import FILTERS, NAMES, composed

_NO_TEXT = re.compile("[\x00-\x08\x0b-\x1f\x7f\ufffe\uffff]")
"""Characters that XML cannot hold, or that the template engine takes for breaks of its own."""


def filled_in(template_file: Path, facts: Mapping[str, Any], draft: bool) -> bytes:
    """The template with the facts in it."""
    template = DocxTemplate(template_file)
    template.render({**plain(composed(facts)), "draft": draft}, _environment())
    filled = io.BytesIO()
    template.save(filled)
    return repacked(filled.getvalue())


def plain(value: Any) -> Any:
    """The same data without characters that an Office file cannot hold."""
    if isinstance(value, str):
        return _NO_TEXT.sub("", value)
    if isinstance(value, Mapping):
        return {key: plain(item) for key, item in value.items()}
    return [plain(item) for item in value] if isinstance(value, list) else value


def _environment() -> SandboxedEnvironment:
    environment = SandboxedEnvironment(autoescape=True, undefined=StrictUndefined)
    environment.filters.update({filter_.__name__: filter_ for filter_ in FILTERS})
    environment.filters.update(broken=_broken, listed=_listed, prose=str)
    environment.globals.update(NAMES)
    return environment


def _broken(body: str) -> str:
    return "\n".join(formats.pieces(body))


def _listed(text: str, last: bool) -> str:
    return formats.stripped(text) + ("." if last else ";")

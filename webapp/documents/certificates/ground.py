"""The ground of a certificate: frame and emblem as one picture in mm, for the PDF and for the screen."""

from __future__ import annotations

import math
from functools import cache, lru_cache

from jinja2 import FileSystemLoader, StrictUndefined
from jinja2.sandbox import SandboxedEnvironment

from webapp.documents.certificates.catalogue import FOLDER, SHARED, CertificateType, Size


@lru_cache(maxsize=64)
def ground_picture(kind: CertificateType, size: Size) -> str:
    """Frame and emblem of a type on a sheet of this size, as SVG: its template in its style."""
    style = "".join(
        (folder / "style.css").read_text("utf-8") for folder in (FOLDER / SHARED, FOLDER / kind.name)
    )
    template = _environment().get_template(f"{kind.name}/template.svg")
    own = kind.own_size
    larger = min(size[0] / own[0], size[1] / own[1])
    return template.render(width=size[0], height=size[1], down=size[1] / own[1], larger=larger, style=style)


@lru_cache(maxsize=64)
def ground_pdf(kind: CertificateType, size: Size) -> bytes:
    """The same picture as a PDF of one page. Equal grounds have equal bytes."""
    from webapp.documents import drawing  # a web process never needs to load Pango

    picture = ground_picture(kind, size)
    width, height = f"{size[0]:g}mm", f"{size[1]:g}mm"
    page = f"@page {{ size: {width} {height}; margin: 0 }} body {{ margin: 0 }}"
    page += f" svg {{ display: block; width: {width}; height: {height} }}"
    return drawing.draw_picture(
        f'<!DOCTYPE html><html lang="vi"><title>.</title><style>{page}</style><body>{picture}'
    )


@cache
def _environment() -> SandboxedEnvironment:
    environment = SandboxedEnvironment(
        loader=FileSystemLoader(FOLDER),
        autoescape=False,  # numbers and our own files, nothing that people type
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.globals.update(cos=math.cos, sin=math.sin, pi=math.pi)
    environment.filters["mm"] = lambda value: f"{value:.3f}".rstrip("0").rstrip(".")
    return environment

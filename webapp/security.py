"""Headers that every answer carries, and addresses of static files that may be cached for ever."""

import hashlib
from functools import lru_cache
from http import HTTPStatus
from pathlib import Path
from typing import IO, Any

from flask import Flask, Request, Response, abort, current_app, request, url_for
from werkzeug.datastructures import FileStorage, MultiDict
from werkzeug.exceptions import RequestEntityTooLarge
from werkzeug.formparser import FormDataParser
from werkzeug.middleware.proxy_fix import ProxyFix

CONTENT_SECURITY_POLICY = "; ".join(
    (
        "default-src 'none'",
        "script-src 'self'",
        "style-src 'self'",
        "img-src 'self' data:",
        "font-src 'self'",
        "connect-src 'self'",
        "form-action 'self'",
        "frame-ancestors 'none'",
        "base-uri 'none'",
    )
)
HEADERS = {
    "Content-Security-Policy": CONTENT_SECURITY_POLICY,
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
}
Parsed = tuple[IO[bytes], MultiDict[str, str], MultiDict[str, FileStorage]]
A_DAY = 86_400
A_YEAR = 31_536_000


class LimitedParser(FormDataParser):
    """Limits the text of a form in all its fields together; Werkzeug does it for each of them."""

    def parse(self, *arguments: Any, **named: Any) -> Parsed:
        stream, form, files = super().parse(*arguments, **named)
        length = sum(len(part.encode()) for field in form.items(multi=True) for part in field)
        if self.max_form_memory_size is not None and length > self.max_form_memory_size:
            raise RequestEntityTooLarge
        return stream, form, files


class LimitedRequest(Request):
    """A request whose typed text is limited by MAX_FORM_MEMORY_SIZE however it is written.

    Werkzeug applies that to the parts of a multipart body alone, and reads a URL-encoded one whole.
    """

    form_data_parser_class = LimitedParser

    @property
    def max_content_length(self) -> int | None:
        """Bytes of the whole body; files only come as multipart, so another form may have as much as its text."""
        most = super().max_content_length
        if self.mimetype != "application/x-www-form-urlencoded":
            return most
        text = self.max_form_memory_size
        return most if text is None else text if most is None else min(most, text)

    @max_content_length.setter
    def max_content_length(self, value: int | None) -> None:
        self._max_content_length = value


def init_app(app: Flask) -> None:
    """Set the headers on every answer, refuse addresses nobody types, trust as many proxies as the settings say."""
    settings = app.config["SETTINGS"]
    app.request_class = LimitedRequest
    app.before_request(_refuse_nul)
    app.after_request(_set_headers)
    app.jinja_env.globals["asset"] = asset
    if settings.proxy_hops:
        hops = settings.proxy_hops
        app.wsgi_app = ProxyFix(app.wsgi_app, x_for=hops, x_proto=hops, x_host=hops)  # type: ignore[method-assign]  # Flask's own way to wrap it


def asset(name: str) -> str:
    """Address of a static file with the digest of its content, so that a new version is fetched at once."""
    folder = Path(current_app.static_folder or "")
    path = folder / name
    version = _digest(path, path.stat().st_mtime_ns) if path.is_file() else None
    return url_for("static", filename=name, v=version)


@lru_cache(maxsize=512)
def _digest(path: Path, changed_at: int) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()[:12]


def _refuse_nul() -> None:
    """An address with a NUL character: nobody types one, and PostgreSQL has no text that holds it."""
    if "\0" in request.path or any("\0" in text for pair in request.args.items(multi=True) for text in pair):
        abort(HTTPStatus.BAD_REQUEST)


def _set_headers(response: Response) -> Response:
    for name, value in HEADERS.items():
        response.headers.setdefault(name, value)
    if current_app.config["SETTINGS"].secure:
        response.headers.setdefault("Strict-Transport-Security", f"max-age={A_YEAR}")
    if request.endpoint == "static":
        if request.args.get("v"):
            response.headers["Cache-Control"] = f"public, max-age={A_YEAR}, immutable"
        elif request.path.endswith(".woff2"):  # named by style sheets, so without a version
            response.headers["Cache-Control"] = f"public, max-age={A_DAY}"
    elif "Cache-Control" not in response.headers:
        response.headers["Cache-Control"] = "no-store"  # pages hold personal data; shared office computers
    return response

"""Addresses to go on to after an act: only our own."""

from urllib.parse import urlsplit

from flask import request


def safe_target(wanted: str | None, default: str = "/") -> str:
    """The wanted path with its query when it lies in this application, else the default."""
    if not wanted or not wanted.startswith("/") or wanted.startswith(("//", "/\\")):
        return default
    if any(ord(sign) <= ord(" ") or sign == "\\" for sign in wanted):
        return default
    parts = urlsplit(wanted)
    return default if parts.scheme or parts.netloc else wanted


def previous_page(default: str = "/") -> str:
    """The page of ours this request came from."""
    parts = urlsplit(request.referrer or "")
    if parts.netloc != request.host:
        return default
    return safe_target(f"{parts.path}?{parts.query}" if parts.query else parts.path, default)

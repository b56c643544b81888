"""Why nothing was signed with a key, and what to do about it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from flask_babel import LazyString
from flask_babel import lazy_gettext as _l

REMEDIES: dict[str, LazyString] = {
    "key_wrong_secret": _l(
        "The password or PIN does not open this key. Type it again; a token locks itself after a few wrong ones."
    ),
    "key_locked": _l("The token has locked itself after wrong PINs. Whoever issued it unlocks it."),
    "key_no_token": _l(
        "The token does not answer. See that it is plugged into the server, or choose another key."
    ),
    "key_no_key": _l(
        "The key is not where it was, or another one lies there. Ask the administrator to add it again."
    ),
    "key_not_yet_valid": _l("The certificate of this key is not in force yet. Choose another key."),
    "key_expired": _l(
        "The certificate of this key has run out. Choose another key, or have the administrator add the new one."
    ),
    "key_incomplete": _l(
        "The file holds no key with its certificate. Export both together, as .p12 or .pfx."
    ),
    "key_weak": _l(
        "Papers are signed with RSA keys of 2048 bits or more, or elliptic curves of 256. Choose another key."
    ),
    "key_not_for_signing": _l("The certificate of this key is not for signing papers. Choose another key."),
    "key_no_time_stamp": _l(
        "The service of time stamps does not answer. Try again later, or tick that it is signed without one."
    ),
    "key_one_by_one": _l(
        "A paper is signed with a key one at a time, from the page of its task. Open the task and sign there."
    ),
    "signed_otherwise": _l(
        "By the rules of this day the decision would say something else than what was signed. Choose the day of the "
        "signature, or have the head of office cancel it and draft it anew."
    ),
    "key_known": _l("This key is there already."),
    "no_stamp_picture": _l(
        "This is no picture that can be put on papers. Choose a PNG with a see-through ground, at least 100 pixels "
        "wide and high."
    ),
}


def _said(text: LazyString) -> Callable[[str, Mapping[str, Any]], str]:
    return lambda _label, _params: str(text)


SIGNING: dict[str, Callable[[str, Mapping[str, Any]], str]] = {
    code: _said(text) for code, text in REMEDIES.items()
}

"""The roles as people call them."""

from flask import Flask
from flask_babel import LazyString
from flask_babel import lazy_gettext as _l

from webapp.ui.formats import for_reader

ROLE_NAMES: dict[str, LazyString] = {
    "registrant": _l("Registrant"),
    "officer": _l("Emulation officer"),
    "commune_chair": _l("Commune chairman"),
    "specialist": _l("Emulation specialist"),
    "head": _l("Head of the interior office"),
    "secretary": _l("Council secretary"),
    "member": _l("Council member"),
    "presiding": _l("Presiding the council"),
    "office": _l("Head of the committee's office"),
    "authority": _l("Chairman of the People's Committee"),
    "clerk": _l("Clerk"),
    "auditor": _l("Inspector"),
    "admin": _l("Administrator"),
}


def init_app(app: Flask) -> None:
    """Give templates the filter `role_name`."""
    app.jinja_env.filters["role_name"] = for_reader(role_name)


def role_name(role: str) -> str:
    """The name of a role or of a lane (`specialist__province` is the role before the underscores)."""
    plain = role.partition("__")[0]
    return str(ROLE_NAMES.get(plain, plain))

"""Typed settings, read once from the environment, and the secret that is kept beside the data."""

import os
import secrets
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

from webapp.mail_server import sender_of, server_of

MAX_REQUEST_BYTES = 64 * 1024 * 1024
MAX_FORM_BYTES = 2 * 1024 * 1024
MAX_FORM_PARTS = 5_000
SESSION_HOURS = 12  # without a request; a working day with its evening


@dataclass(frozen=True)
class Settings:
    """What an installation decides. Everything has a default, so that `make run` needs no environment."""

    data_dir: Path = Path("var")
    database_url: str = ""
    jobs_url: str = ""
    files_url: str = ""
    public_url: str = "http://127.0.0.1:8000"
    mail_url: str = field(default="", repr=False)
    mail_from: str = ""
    tsa_url: str = ""
    checkpoint_dir: Path | None = None
    checkpoint_mail: tuple[str, ...] = ()
    token_libraries: tuple[str, ...] = ()
    timezone: str = "Asia/Ho_Chi_Minh"
    port: int = 8000
    proxy_hops: int = 0
    demo: bool = False
    demo_password: str = field(default="thidua-demo", repr=False)
    testing: bool = False

    @property
    def database(self) -> str:
        """SQLAlchemy address: the one given, or the embedded database in the data folder."""
        return self.database_url or f"sqlite:///{self.data_dir.resolve() / 'thidua.sqlite3'}"

    @property
    def zone(self) -> ZoneInfo:
        return ZoneInfo(self.timezone)

    @property
    def secure(self) -> bool:
        """Cookies are Secure when people come by https; on plain http nobody could sign in then."""
        return self.public_url.startswith("https://")


def from_environ(env: Mapping[str, str]) -> Settings:
    """Read the settings by the names that docs/administrator.md describes.

    Raises ValueError naming the variable when a value cannot be used.
    """
    port = _integer(env, "PORT", 8000, 1, 65_535)
    timezone = env.get("TIMEZONE", "") or "Asia/Ho_Chi_Minh"
    try:
        ZoneInfo(timezone)
    except (KeyError, OSError, ValueError) as fault:
        raise ValueError(f"TIMEZONE: unknown time zone {timezone!r}") from fault
    public_url = (env.get("PUBLIC_URL", "") or f"http://127.0.0.1:{port}").rstrip("/")
    if not public_url.startswith(("http://", "https://")):
        raise ValueError(f"PUBLIC_URL: {public_url!r} does not start with http:// or https://")
    files_url = env.get("FILES_URL", "")
    if files_url and not files_url.startswith("s3://"):
        raise ValueError(f"FILES_URL: {files_url!r} does not start with s3://")
    tsa_url = env.get("TSA_URL", "")
    if tsa_url and not tsa_url.startswith(("http://", "https://")):
        raise ValueError(f"TSA_URL: {tsa_url!r} does not start with http:// or https://")
    return Settings(
        data_dir=Path(env.get("DATA_DIR", "") or "var"),
        database_url=env.get("DATABASE_URL", ""),
        jobs_url=env.get("JOBS_URL", ""),
        files_url=files_url,
        public_url=public_url,
        mail_url=_mail(env.get("MAIL_URL", ""), env.get("MAIL_FROM", "")),
        mail_from=env.get("MAIL_FROM", ""),
        tsa_url=tsa_url,
        checkpoint_dir=next(map(Path, _paths(env, "CHECKPOINT_DIR")), None),
        checkpoint_mail=_addresses(env, "CHECKPOINT_MAIL"),
        token_libraries=_paths(env, "PKCS11_LIBRARIES"),
        timezone=timezone,
        port=port,
        proxy_hops=_integer(env, "PROXY_HOPS", 0, 0, 10),
        demo=_truth(env, "DEMO"),
        demo_password=env.get("DEMO_PASSWORD", "") or "thidua-demo",
    )


def flask_config(settings: Settings) -> dict[str, object]:
    """The settings in the words of Flask and its extensions."""
    return {
        "SETTINGS": settings,
        "SECRET_KEY": secret_key(settings.data_dir),
        "SQLALCHEMY_DATABASE_URI": settings.database,
        # The text of a fault goes into logs; the values of a statement (a vote, a name) must not.
        "SQLALCHEMY_ENGINE_OPTIONS": {"hide_parameters": True},
        "TESTING": settings.testing,
        "MAX_CONTENT_LENGTH": MAX_REQUEST_BYTES,
        "MAX_FORM_MEMORY_SIZE": MAX_FORM_BYTES,
        "MAX_FORM_PARTS": MAX_FORM_PARTS,
        "SESSION_COOKIE_NAME": "thidua",
        "SESSION_COOKIE_HTTPONLY": True,
        "SESSION_COOKIE_SAMESITE": "Lax",
        "SESSION_COOKIE_SECURE": settings.secure,
        "PERMANENT_SESSION_LIFETIME": timedelta(hours=SESSION_HOURS),
        "PREFERRED_URL_SCHEME": "https" if settings.secure else "http",
        "WTF_CSRF_TIME_LIMIT": None,
        "WTF_CSRF_SSL_STRICT": settings.secure,
        "BABEL_DEFAULT_LOCALE": "vi",
        "BABEL_DEFAULT_TIMEZONE": settings.timezone,
        "RATELIMIT_STORAGE_URI": "memory://",
        "RATELIMIT_HEADERS_ENABLED": True,
    }


def secret_key(data_dir: Path) -> str:
    """The secret that signs sessions."""
    return kept_secret(data_dir, "secret_key")


def kept_secret(data_dir: Path, name: str) -> str:
    """A secret of the installation: made when it is first asked for, readable by its owner only."""
    path = data_dir / name
    data_dir.mkdir(mode=0o700, parents=True, exist_ok=True)
    if not path.exists():
        draft = data_dir / f".{name}.{os.getpid()}.{secrets.token_hex(4)}"
        handle = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(handle, "w", encoding="ascii") as file:
            file.write(secrets.token_urlsafe(48))
        try:
            os.link(
                draft, path
            )  # atomic: of web and worker starting together, one wins and both read the same
        except FileExistsError:
            pass
        finally:
            draft.unlink()
    return path.read_text(encoding="ascii")


def _mail(url: str, sender: str) -> str:
    """The address of the mail server, when both it and the sender can be used; its password is in no message."""
    for name, text, read in (("MAIL_URL", url, server_of), ("MAIL_FROM", sender if url else "", sender_of)):
        if not url:
            break
        try:
            read(text)
        except ValueError as fault:
            raise ValueError(f"{name}: {fault}") from None
    return url


def _integer(env: Mapping[str, str], name: str, default: int, low: int, high: int) -> int:
    text = env.get(name, "").strip()
    if not text:
        return default
    if not text.isascii() or not text.isdigit() or not low <= int(text) <= high:
        raise ValueError(f"{name}: {text!r} is not a whole number from {low} to {high}")
    return int(text)


def _paths(env: Mapping[str, str], name: str) -> tuple[str, ...]:
    """Paths from the root of this machine, with colons between."""
    found = tuple(filter(None, env.get(name, "").split(":")))
    if wrong := [path for path in found if not Path(path).is_absolute()]:
        raise ValueError(f"{name}: {wrong[0]!r} does not begin with /")
    return found


def _addresses(env: Mapping[str, str], name: str) -> tuple[str, ...]:
    """E-mail addresses with commas between."""
    found = tuple(filter(None, (each.strip() for each in env.get(name, "").split(","))))
    for each in found:
        try:
            sender_of(each)
        except ValueError as fault:
            raise ValueError(f"{name}: {each!r} {fault}") from None
    return found


def _truth(env: Mapping[str, str], name: str) -> bool:
    text = env.get(name, "").strip().lower()
    if text in ("", "0", "no", "false", "off"):
        return False
    if text in ("1", "yes", "true", "on"):
        return True
    raise ValueError(f"{name}: {text!r} is neither 1 nor 0")

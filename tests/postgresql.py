"""A PostgreSQL server of the tests' own: no service, no port, nothing left behind."""

import os
import pwd
import shutil
import subprocess
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

import psycopg

PLACES = ("/usr/lib/postgresql/*/bin", "/usr/pgsql-*/bin", "/opt/homebrew/opt/postgresql@*/bin")
# Nothing has to outlive the machine's power here, so nothing waits for the disk.
OPTIONS = {
    "listen_addresses": "",
    "fsync": "off",
    "synchronous_commit": "off",
    "full_page_writes": "off",
    "shared_buffers": "64MB",
    "autovacuum": "off",
}

ROOM = 2 * 2**30
INITIAL = ("-U", "thidua", "-A", "trust", "-E", "UTF8", "--locale=C", "--no-sync")


class Server:
    """A running server, reached through the socket in its folder by its only role."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def url(self, database: str) -> str:
        """SQLAlchemy address of a database of this server."""
        return f"postgresql+psycopg://thidua@/{database}?host={self.folder}"

    def create(self, database: str, template: str = "template0") -> None:
        with self._connected() as connection:
            # Copying files is quicker than logging pages, and a choice since PostgreSQL 15.
            copying = " STRATEGY file_copy" if connection.info.server_version >= 150000 else ""
            statement = f'CREATE DATABASE "{database}" TEMPLATE "{template}" ENCODING \'UTF8\'{copying}'
            connection.execute(statement.encode())

    def drop(self, database: str) -> None:
        with self._connected() as connection:
            connection.execute(f'DROP DATABASE IF EXISTS "{database}" WITH (FORCE)'.encode())

    def _connected(self) -> psycopg.Connection:
        return psycopg.connect(f"host={self.folder} user=thidua dbname=postgres", autocommit=True)


def binaries() -> Path | None:
    """Folder of `initdb` and `pg_ctl`, or None where PostgreSQL is not installed."""
    found = shutil.which("initdb")
    if found:
        return Path(found).resolve().parent
    folders = [folder for place in PLACES for folder in sorted(Path("/").glob(place[1:]), reverse=True)]
    return next((folder for folder in folders if (folder / "initdb").exists()), None)


@contextmanager
def running_server(
    programs: Path, chosen: Mapping[str, str] = OPTIONS, place: Path | None = None
) -> Iterator[Server]:
    """Start a server in a new folder with these options; stop it and remove the folder at the end.

    The folder lies in ``place``, by default where temporary files do.

    PostgreSQL refuses to run as root: then its own account runs it (its Debian package makes one).
    """
    folder = Path(tempfile.mkdtemp(prefix="thidua-pg-", dir=place))
    account = "postgres" if os.geteuid() == 0 else None
    if account:
        os.chown(folder, pwd.getpwnam(account).pw_uid, -1)
    data = str(folder / "data")
    control = [str(programs / "pg_ctl"), "-D", data, "-w"]
    options = " ".join(f"-c {name}='{value}'" for name, value in chosen.items()) + f" -k '{folder}'"
    try:
        _run(account, [str(programs / "initdb"), "-D", data, *INITIAL])
        _run(account, [*control, "-l", str(folder / "log"), "-o", options, "start"])
        try:
            yield Server(folder)
        finally:
            _run(account, [*control, "-m", "immediate", "stop"])
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def memory() -> Path | None:
    """A folder in memory with room for the copies of databases, which are six times quicker there; None without one."""
    memory = Path("/dev/shm")
    roomy = memory.is_dir() and os.access(memory, os.W_OK) and shutil.disk_usage(memory).free > ROOM
    return memory if roomy else None


def _run(account: str | None, command: list[str]) -> None:
    """Run as this account, without root's groups and outside folders that it may not enter."""
    groups: list[int] | None = [] if account else None
    # The server inherits these files; with pipes instead, reading them would wait for its end.
    with tempfile.TemporaryFile("w+") as said:
        done = subprocess.run(command, cwd="/", user=account, extra_groups=groups, stdout=said, stderr=said)
        if done.returncode:
            said.seek(0)
            raise RuntimeError(f"{Path(command[0]).name} failed:\n{said.read()}")

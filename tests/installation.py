"""An installation of a test's own: web and worker as the processes that `make run` starts, which can be killed."""

import os
import re
import shlex
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from configparser import RawConfigParser
from contextlib import closing, contextmanager
from pathlib import Path

from webapp.config import Settings

ROOT = Path(__file__).parent.parent
SUPERVISED = ROOT / "webapp/supervisord.conf"
START_SECONDS = 60
STOP_SECONDS = 20


class Installation:
    """Web and worker on the database and data folder of some settings."""

    def __init__(self, settings: Settings) -> None:
        self.port = _free_port()
        self.url = f"http://127.0.0.1:{self.port}"
        self.log = settings.data_dir / "processes.log"
        self.more: dict[str, list[str]] = {}
        self.running: dict[str, subprocess.Popen[bytes]] = {}
        own = {"DATABASE_URL", "PUBLIC_URL", "JOBS_URL", "DEMO", "DEMO_AT", "FLASK_DEBUG"}
        self.environment = {name: value for name, value in os.environ.items() if name not in own} | {
            "DATA_DIR": str(settings.data_dir),
            "DATABASE_URL": settings.database_url,
            "JOBS_URL": settings.jobs_url,
            "PORT": str(self.port),
            "VIRTUAL_PYTHON": sys.executable,
        }

    def start(self, *programs: str) -> None:
        """Start ``web``, ``worker`` or both, and wait until the web answers."""
        for program in programs:
            with self.log.open("ab") as said:
                self.running[program] = subprocess.Popen(
                    self._command(program),
                    cwd=ROOT,
                    env=self.environment,
                    stdout=said,
                    stderr=said,
                    start_new_session=True,
                )
        if "web" in programs:
            self._wait_for_web()

    def kill(self, program: str) -> None:
        """End a program with all its processes at once, as a power cut or the system's memory killer does."""
        self._end(program, signal.SIGKILL)

    def stop(self) -> None:
        """End whatever runs, in good order."""
        for program in list(self.running):
            self._end(program, signal.SIGINT if program == "worker" else signal.SIGTERM)

    def wait_until(self, done: Callable[[], bool]) -> None:
        """Wait for something the processes will have done; shows what they said when they have not."""
        until = time.monotonic() + START_SECONDS
        while not done():
            if time.monotonic() > until:
                raise AssertionError(f"not done within {START_SECONDS} s:\n{self.log.read_text()}")
            time.sleep(0.05)

    def _end(self, program: str, how: signal.Signals) -> None:
        process = self.running.pop(program)
        os.killpg(process.pid, how)
        try:
            process.wait(STOP_SECONDS)
        except subprocess.TimeoutExpired:
            os.killpg(process.pid, signal.SIGKILL)
            process.wait()

    def _command(self, program: str) -> list[str]:
        """What the supervisor would run, with ``more`` options."""
        supervised = RawConfigParser()
        supervised.read(SUPERVISED)
        command = supervised.get(f"program:{program}", "command")
        filled = re.sub(r"%\(ENV_(\w+)\)s", lambda found: self.environment[found[1]], command)
        return [*shlex.split(filled), *self.more.get(program, [])]

    def _wait_for_web(self) -> None:
        until = time.monotonic() + START_SECONDS
        while time.monotonic() < until and self.running["web"].poll() is None:
            try:
                urllib.request.urlopen(f"{self.url}/api/v1/me", timeout=5).close()
                return
            except urllib.error.HTTPError:
                return
            except OSError:
                time.sleep(0.05)
        raise AssertionError(f"the web did not start:\n{self.log.read_text()}")


@contextmanager
def installed(settings: Settings) -> Iterator[Installation]:
    """An installation of which nothing runs yet, and of which nothing runs on."""
    settings.data_dir.mkdir(parents=True, exist_ok=True)
    installation = Installation(settings)
    try:
        yield installation
    finally:
        installation.stop()


def _free_port() -> int:
    with closing(socket.create_server(("127.0.0.1", 0))) as taken:
        return int(taken.getsockname()[1])

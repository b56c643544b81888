"""Web and worker under their supervisor, on a copy of the demo, as `make run` starts them."""

import shutil
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path

from tests.conftest import ROOT
from tests.demo_fixture import demo_environment

START_SECONDS = 60
SUPERVISOR = ("-P", str(ROOT / "webapp/supervise.py"), "-n", "-c", str(ROOT / "webapp/supervisord.conf"))


@dataclass(frozen=True)
class LiveServer:
    """Where the server answers, and its data folder."""

    url: str
    data_dir: Path


@contextmanager
def served(demo: Path, data_dir: Path) -> Iterator[LiveServer]:
    """A server on a copy of a demo's folder; stopped at the end."""
    shutil.copytree(demo, data_dir)
    (data_dir / "log").mkdir(exist_ok=True)
    port = _free_port()
    environment = demo_environment(data_dir) | {"PORT": str(port), "VIRTUAL_PYTHON": sys.executable}
    with (data_dir / "log" / "console.log").open("w") as console:
        server = subprocess.Popen(
            [sys.executable, *SUPERVISOR], cwd=ROOT, env=environment, stdout=console, stderr=console
        )
    try:
        yield LiveServer(_wait_for(f"http://127.0.0.1:{port}", server, data_dir), data_dir)
    finally:
        server.send_signal(signal.SIGTERM)
        server.wait(timeout=60)


def _free_port() -> int:
    with closing(socket.create_server(("127.0.0.1", 0))) as taken:
        return int(taken.getsockname()[1])


def _wait_for(url: str, server: "subprocess.Popen[bytes]", data_dir: Path) -> str:
    """The address, as soon as it answers at all; the server's logs when it does not."""
    until = time.monotonic() + START_SECONDS
    while time.monotonic() < until and server.poll() is None:
        try:
            urllib.request.urlopen(url, timeout=5).close()
            return url
        except urllib.error.HTTPError:
            return url
        except OSError:
            time.sleep(0.1)
    logs = "\n".join(path.read_text() for path in sorted((data_dir / "log").glob("*.log")))
    raise AssertionError(f"the server did not start:\n{logs}")

"""Real browser, real server: Chromium against a copy of the demo, with web and worker as in `make run`."""

import fcntl
import os
import shutil
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

from tests.conftest import ROOT

CHROMIUM = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
PICTURES = ROOT / "test-results"
START_SECONDS = 60


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if Path(__file__).parent in item.path.parents:
            item.add_marker(pytest.mark.e2e)


@dataclass(frozen=True)
class LiveServer:
    """Where the server answers, and its data folder."""

    url: str
    data_dir: Path


@pytest.fixture(scope="session")
def chromium() -> str:
    """Path of the system's Chromium; skips where there is none."""
    found = next(filter(None, map(shutil.which, CHROMIUM)), None)
    if found is None:
        pytest.skip("Chromium is not installed (Debian, Ubuntu: apt-get install chromium)")
    return found


@pytest.fixture(scope="session")
def browser(chromium: str) -> Iterator[Browser]:
    """A browser without windows. Root has no sandbox, so Chromium must be told."""
    arguments = ["--no-sandbox"] if os.geteuid() == 0 else []
    with sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=chromium, args=arguments)
        yield started
        started.close()


@pytest.fixture
def context(browser: Browser, live_server: LiveServer) -> Iterator[BrowserContext]:
    """One person's browser profile: own cookies, Vietnamese, the office's time zone."""
    opened = browser.new_context(
        base_url=live_server.url,
        locale="vi-VN",
        timezone_id="Asia/Ho_Chi_Minh",
        viewport={"width": 1280, "height": 900},
    )
    yield opened
    opened.close()


@pytest.fixture
def page(context: BrowserContext, request: pytest.FixtureRequest) -> Iterator[Page]:
    """A tab. Faults in the console fail the test; after any failure a picture lies in `test-results/`."""
    tab = context.new_page()
    faults: list[str] = []
    tab.on("pageerror", lambda fault: faults.append(str(fault)))
    tab.on("console", lambda line: faults.append(line.text) if line.type == "error" else None)
    failed_before = request.session.testsfailed
    yield tab
    if faults or request.session.testsfailed > failed_before:
        PICTURES.mkdir(exist_ok=True)
        tab.screenshot(path=PICTURES / f"{request.node.name}.png", full_page=True)
    assert faults == [], "the browser's console shows faults"


@pytest.fixture(scope="session")
def demo_data(tmp_path_factory: pytest.TempPathFactory, worker_id: str) -> Path:
    """The data folder of a freshly made demo, made once for all test processes; tests get copies."""
    shared = (
        tmp_path_factory.getbasetemp() if worker_id == "master" else tmp_path_factory.getbasetemp().parent
    )
    folder = shared / "demo"
    with (shared / "demo.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not (folder / "made").exists():
            for command in (["db", "upgrade"], ["demo", "build"]):
                _flask(folder, *command)
            (folder / "made").touch()
    return folder


@pytest.fixture(scope="module")
def live_server(demo_data: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[LiveServer]:
    """Web and worker under their supervisor, on a copy of the demo that the tests of one module share."""
    data_dir = tmp_path_factory.mktemp("live") / "data"
    shutil.copytree(demo_data, data_dir)
    (data_dir / "log").mkdir(exist_ok=True)
    port = _free_port()
    command = [
        sys.executable,
        "-m",
        "supervisor.supervisord",
        "-n",
        "-c",
        str(ROOT / "webapp/supervisord.conf"),
    ]
    environment = {**_environment(data_dir), "PORT": str(port), "VIRTUAL_PYTHON": sys.executable}
    with (data_dir / "log" / "console.log").open("w") as console:
        server = subprocess.Popen(command, cwd=ROOT, env=environment, stdout=console, stderr=console)
    try:
        yield LiveServer(_wait_for(f"http://127.0.0.1:{port}", server, data_dir), data_dir)
    finally:
        server.send_signal(signal.SIGTERM)
        server.wait(timeout=60)


def _environment(data_dir: Path) -> dict[str, str]:
    kept = {name: value for name, value in os.environ.items() if name not in ("DATABASE_URL", "PUBLIC_URL")}
    return {**kept, "DATA_DIR": str(data_dir), "DEMO": "1"}


def _flask(data_dir: Path, *command: str) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "flask", "--app", "wsgi", *command],
        cwd=ROOT,
        env=_environment(data_dir),
        capture_output=True,
        text=True,
        check=False,
    )  # fmt: skip -- the arguments belong together
    assert done.returncode == 0, done.stdout + done.stderr


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

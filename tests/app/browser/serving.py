"""The app as a server of its own, and a Chromium to look at it: for the browser tests, the benchmark and the screenshots."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from playwright.sync_api import Browser, sync_playwright

ROOT = Path(__file__).parents[3]
NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
CHROMIUM = next(filter(None, map(shutil.which, NAMES)), None)
FLAGS = [
    *("--no-sandbox", "--disable-gpu", "--disable-background-networking"),
    *("--disable-component-update", "--disable-sync", "--no-first-run"),
]
_START = 60.0  # seconds that a busy machine may take to start the server


class Server:
    """A Streamlit server that can be killed and started again at the same address."""

    def __init__(self, folder: Path, variables: Mapping[str, str] | None = None) -> None:
        """`folder` is a built one; `variables` are added to the environment."""
        self.port = free_port()
        self.address = f"http://127.0.0.1:{self.port}/"
        self._command = [
            *(sys.executable, "-m", "streamlit", "run", "streamlit_app.py"),
            *("--server.address=127.0.0.1", f"--server.port={self.port}", "--server.fileWatcherType=none", "--", str(folder)),
        ]
        self._variables = {"PYTHONUNBUFFERED": "1"} | dict(variables or {})
        self._process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        """Start, and wait until it answers."""
        self._process = subprocess.Popen(
            self._command, cwd=ROOT, env=os.environ | self._variables, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
        )
        end = time.monotonic() + _START
        while time.monotonic() < end:
            if self._process.poll() is not None:
                raise RuntimeError("the app did not start")
            try:
                with urllib.request.urlopen(f"{self.address}_stcore/health", timeout=2):
                    return
            except OSError:
                time.sleep(0.1)
        self.kill()
        raise RuntimeError("the app did not answer in time")

    def memory(self, kind: str) -> int:
        """Bytes of memory of a kind that Linux tells of a process ("RssAnon"); 0 elsewhere."""
        status = Path(f"/proc/{self._process.pid}/status") if self._process else Path("/nowhere")
        lines = status.read_text().splitlines() if status.exists() else []
        return sum(int(line.split()[1]) * 1024 for line in lines if line.startswith(f"{kind}:"))

    def kill(self) -> None:
        """Stop at once, as a crash would."""
        if self._process is not None:
            self._process.kill()
            self._process.wait(timeout=20)
            self._process = None


def free_port() -> int:
    """A port that nobody listens on."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return int(free.getsockname()[1])


@contextmanager
def running(folder: Path, variables: Mapping[str, str] | None = None) -> Iterator[Server]:
    """A server, started; killed at the end."""
    server = Server(folder, variables)
    try:
        server.start()
        yield server
    finally:
        server.kill()


@contextmanager
def chromium() -> Iterator[Browser]:
    """A browser of this machine, in the Americas, so that a day would shift if anything read it in local time."""
    with sync_playwright() as playwright:
        variables: dict[str, str | float | bool] = {**os.environ, "TZ": "America/Los_Angeles"}
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS, env=variables)
        try:
            yield browser
        finally:
            browser.close()

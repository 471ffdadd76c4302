"""The servers that are measured: gunicorn and nginx, each with the configuration that the portal ships."""

import os
import re
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from bench.scratch import ROOT, Database, Scratch

PATIENCE = 60


def free_port() -> int:
    """Return a port of this machine that nobody uses."""
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return one.getsockname()[1]


def fetch(url: str, **headers: str) -> tuple[bytes, dict[str, str]]:
    """Return body and headers of an address; raises on anything but a 200."""
    request = urllib.request.Request(url, headers={name.replace("_", "-"): text for name, text in headers.items()})
    with urllib.request.urlopen(request, timeout=30) as answer:
        return answer.read(), {name.lower(): text for name, text in answer.headers.items()}


@contextmanager
def gunicorn(scratch: Scratch, database: Database, **environment: str) -> Iterator[str]:
    """Serve `database` by deploy/gunicorn.conf.py and yield the address."""
    port = free_port()
    settings = scratch.environment(database, PORT=str(port), HOST="127.0.0.1", **environment)
    command = [sys.executable, "-m", "gunicorn", "--config", str(ROOT / "deploy" / "gunicorn.conf.py")]
    with _running([*command, "portal.wsgi:application"], settings, scratch.folder / f"gunicorn-{port}.log") as log:
        _wait(f"http://127.0.0.1:{port}/healthz", log)
        yield f"http://127.0.0.1:{port}"


@contextmanager
def nginx(scratch: Scratch, upstream: str) -> Iterator[str]:
    """Put nginx with deploy/proxy in front of `upstream` and yield its address. Only paths and ports are changed."""
    port, folder = free_port(), scratch.folder / "nginx"
    (folder / "cache").mkdir(parents=True, exist_ok=True)
    changes = {
        "/etc/nginx/portal.conf": f"{folder}/portal.conf",
        "/var/cache/nginx/maps": f"{folder}/cache",
        "/tmp/": f"{folder}/",
        "/dev/stdout": f"{folder}/access.log",
        "/dev/stderr": f"{folder}/error.log",
        "listen 8080": f"listen 127.0.0.1:{port}",
        "web:8000": upstream.removeprefix("http://"),
        "/srv/static/": f"{scratch.folder}/static/",
        "/srv/errors": str(ROOT / "deploy" / "proxy"),
    }
    for name in ("nginx.conf", "portal.conf"):
        text = (ROOT / "deploy" / "proxy" / name).read_text(encoding="utf-8")
        # In one pass, so that nothing is changed twice.
        text = re.sub("|".join(map(re.escape, changes)), lambda found: changes[found[0]], text)
        # The image's nginx runs without rights of its own; here it is whoever runs this.
        own = "user root;\n" if name == "nginx.conf" and os.geteuid() == 0 else ""
        (folder / name).write_text(own + text, encoding="utf-8")
    command = ["/usr/sbin/nginx", "-c", str(folder / "nginx.conf"), "-p", str(folder), "-g", "daemon off;"]
    with _running(command, dict(os.environ), folder / "nginx.log") as log:
        _wait(f"http://127.0.0.1:{port}/healthz", log)
        yield f"http://127.0.0.1:{port}"


@contextmanager
def _running(command: list[str], environment: dict[str, str], log: Path) -> Iterator[Path]:
    with log.open("wb") as output:
        process = subprocess.Popen(
            command, cwd=ROOT, env=environment, stdout=output, stderr=output, start_new_session=True
        )
        try:
            yield log
        finally:
            process.terminate()
            try:
                process.wait(20)
            except subprocess.TimeoutExpired:
                with suppress(ProcessLookupError):
                    os.killpg(process.pid, signal.SIGKILL)
                process.wait()


def _wait(url: str, log: Path) -> None:
    deadline = time.monotonic() + PATIENCE
    while True:
        try:
            fetch(url)
            return
        except (urllib.error.URLError, ConnectionError) as error:
            if time.monotonic() > deadline:
                end = log.read_text(encoding="utf-8", errors="replace")[-2000:]
                raise RuntimeError(f"{url} did not answer: {error}\n{end}") from error
            time.sleep(0.1)

"""The web server's log tells what was asked for and how it went, and nothing about who asked or with which secret."""

import os
import re
import socket
import subprocess
import sys
from pathlib import Path

import pytest
from django.db import connection

ROOT = Path(__file__).parent.parent.parent
SECRET = "geheim7c0de"


def ask(port: int, request: bytes) -> bytes:
    with socket.create_connection(("127.0.0.1", port), timeout=30) as wire:
        wire.sendall(request)
        return b"".join(iter(lambda: wire.recv(65536), b""))


@pytest.fixture
def served(db, tmp_path):
    """gunicorn as script/server starts it, on the test database. Yields its port and its log."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    url = re.sub(r"@([^/]*)/[^?]*", rf"@\1/{connection.settings_dict['NAME']}", os.environ["DATABASE_URL"])
    environment = os.environ | {"PORT": str(port), "DATABASE_URL": url, "WEB_WORKERS": "1", "VAR_DIR": str(tmp_path)}
    log = tmp_path / "web.log"
    command = [sys.executable, "-m", "gunicorn", "--config", "deploy/gunicorn.conf.py", "portal.wsgi:application"]
    with (
        log.open("wb") as output,
        subprocess.Popen(command, cwd=ROOT, env=environment, stdout=output, stderr=output) as web,
    ):
        while b"Booting worker" not in log.read_bytes():
            assert web.poll() is None, log.read_text()
        yield port, log
        web.terminate()
        web.wait(30)


def test_no_query_string_address_referrer_or_broken_request_reaches_the_log(served):
    port, log = served
    head = (
        b"Host: 127.0.0.1\r\nAccept: application/json\r\nReferer: http://x?%b\r\nUser-Agent: %b\r\n"
        b"Connection: close\r\n" % (2 * (SECRET.encode(),))
    )
    ask(port, b"GET /healthz?code=%b HTTP/1.1\r\n%b\r\n" % (SECRET.encode(), head))
    ask(port, b"GET /no/such/page/?code=%b HTTP/1.1\r\n%b\r\n" % (SECRET.encode(), head))
    body = b'{"number": "JF-2026-000001", "code": "%b"}' % SECRET.encode()
    form = b"Content-Type: application/json\r\nContent-Length: %d\r\n" % len(body)
    ask(port, b"POST /api/v1/receipt/ HTTP/1.1\r\n%b%b\r\n%b" % (head, form, body))
    ask(port, b"GET /receipt/?code=%b HTTP/9.9\r\n%b\r\n" % (SECRET.encode(), head))
    text = log.read_text(encoding="utf-8")
    assert "GET /healthz 200" in text
    assert "POST /api/v1/receipt/ 40" in text
    assert SECRET not in text
    assert "127.0.0.1" not in text.replace(f"http://127.0.0.1:{port}", "")


def test_a_visitor_can_not_choose_the_scheme_or_the_path(served):
    port, _log = served
    lies = b"X-Forwarded-Proto: https\r\nScript-Name: /elsewhere\r\nPath-Info: /admin/\r\n"
    answer = ask(port, b"GET /healthz HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n%b\r\n" % lies)
    assert answer.startswith(b"HTTP/1.1 200")
    assert b"elsewhere" not in answer

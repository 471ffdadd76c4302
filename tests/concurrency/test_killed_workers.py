"""`kill -9` of gunicorn's workers in the middle of many submissions: what was acknowledged is there, nothing twice."""

import json
import os
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from http.client import HTTPException
from pathlib import Path
from threading import Event, Lock
from urllib.parse import urlsplit

import pytest
from django.db import connection

from consultation.models import Comment, NumberSeries
from portal.models import AuditEvent
from tests import make

pytestmark = pytest.mark.django_db(transaction=True)
ROOT = Path(__file__).parent.parent.parent
SENDERS, COMMENTS, KILL_AFTER = 16, 160, (30, 90)
PATIENCE = 30


def database_url() -> str:
    """The address of the test's own database: the given one with another name."""
    return urlsplit(os.environ["DATABASE_URL"])._replace(path=f"/{connection.settings_dict['NAME']}").geturl()


def free_port() -> int:
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return one.getsockname()[1]


def workers_of(master: int) -> list[int]:
    return [int(pid) for pid in Path(f"/proc/{master}/task/{master}/children").read_text().split()]


def wait_for(answered, message: str) -> None:
    deadline = time.monotonic() + PATIENCE
    pause = Event()
    while not answered():
        assert time.monotonic() < deadline, message
        pause.wait(0.1)


@pytest.fixture
def server(tmp_path) -> Iterator[tuple[str, subprocess.Popen]]:
    """A gunicorn of two workers as it is shipped, on the test's own database."""
    port = free_port()
    environment = {**os.environ, "DATABASE_URL": database_url(), "VAR_DIR": str(tmp_path), "PORT": str(port)}
    environment |= {"HOST": "127.0.0.1", "WEB_WORKERS": "2", "WEB_THREADS": "8"}
    environment |= {"PROOF_OF_WORK": "off", "COMMENT_THROTTLE": "off"}
    command = [sys.executable, "-m", "gunicorn", "-c", "deploy/gunicorn.conf.py", "portal.wsgi:application"]
    with (tmp_path / "log").open("wb") as log:
        process = subprocess.Popen(command, cwd=ROOT, env=environment, stdout=log, stderr=log)
        try:
            address = f"http://127.0.0.1:{port}"
            wait_for(lambda: is_up(address), "gunicorn did not start")
            yield address, process
        finally:
            process.terminate()
            process.wait(PATIENCE)


def is_up(address: str) -> bool:
    try:
        return urllib.request.urlopen(f"{address}/healthz", timeout=5).status == 200
    except OSError:
        return False


def post(address: str, position: int) -> tuple[int, dict]:
    """Send comment `position` under its key; status 0 where no answer came."""
    body = {"topic": "farmland", "text": f"第{position}条：村北的水渠多年没有清淤，请考虑。"}
    request = urllib.request.Request(
        f"{address}/api/v1/comments/",
        json.dumps(body).encode(),
        {"Content-Type": "application/json", "Idempotency-Key": f"killed-workers-{position:06}"},
    )
    try:
        with urllib.request.urlopen(request, timeout=PATIENCE) as answer:
            return answer.status, json.load(answer)
    except urllib.error.HTTPError as error:
        return error.code, {}
    except (OSError, HTTPException, ValueError):
        return 0, {}


class Killer:
    """Kills all workers at once each time that so many comments have been answered."""

    def __init__(self, process: subprocess.Popen):
        self.process, self.answered, self.killed, self.lock = process, 0, 0, Lock()

    def note(self) -> None:
        with self.lock:
            self.answered += 1
            if self.answered not in KILL_AFTER:
                return
            for pid in workers_of(self.process.pid):
                os.kill(pid, signal.SIGKILL)
                self.killed += 1


def test_killed_workers_lose_no_acknowledged_comment_and_everybody_can_send_again(server):
    plan = make.create_plan()
    make.create_area(plan)
    make.create_consultation(plan)
    address, process = server
    killer = Killer(process)

    def send(position: int) -> tuple[int, dict]:
        answer = post(address, position)
        killer.note()
        return answer

    with ThreadPoolExecutor(SENDERS) as pool:
        first = list(pool.map(send, range(COMMENTS)))
    assert killer.killed >= len(KILL_AFTER)
    acknowledged = {position: body for position, (status, body) in enumerate(first) if status == 201}
    lost = [position for position in range(COMMENTS) if position not in acknowledged]
    assert acknowledged and lost, f"no worker was killed while it worked: {first[:3]}"
    stored = {comment.idempotency_key: comment.number for comment in Comment.objects.all()}
    assert all(stored[f"killed-workers-{at:06}"] == body["number"] for at, body in acknowledged.items())
    wait_for(lambda: is_up(address), "gunicorn did not recover")
    for position in lost:
        wait_for(lambda position=position: post(address, position)[0] in (200, 201), f"{position} can't be sent again")
    # Who was acknowledged and sends again all the same gets the receipt that they had.
    again = next(iter(acknowledged))
    assert post(address, again) == (200, acknowledged[again])
    assert Comment.objects.count() == COMMENTS == NumberSeries.objects.get().last
    assert AuditEvent.objects.filter(code="comment.submitted").count() == COMMENTS

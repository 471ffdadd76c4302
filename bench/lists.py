"""Lists that must not grow slower with the ledger: published comments and the desk's queue, 1 000 against 200 000."""

import subprocess
import sys
from collections.abc import Iterator
from contextlib import ExitStack

from bench import load
from bench.lines import Line, medians
from bench.scratch import ROOT, Database, Scratch
from bench.server import fetch, gunicorn

FLAT = 1.3
FEW, MANY = 1_000, 200_000
_SESSION = """
from datetime import timedelta
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.contrib.sessions.backends.db import SessionStore
from portal.models import Role, User
user = User.objects.create(username="bench", roles=[Role.PLANNER.value])
store = SessionStore()
store[SESSION_KEY] = str(user.pk)
store[BACKEND_SESSION_KEY] = "django.contrib.auth.backends.ModelBackend"
store[HASH_SESSION_KEY] = user.get_session_auth_hash()
store.save()
print(store.session_key)
"""


def run(scratch: Scratch) -> Iterator[Line]:
    """Time the first page of each list, and a deep one, by one client who keeps the connection."""
    databases = {count: ledger(scratch, count) for count in (FEW, MANY)}
    with ExitStack() as stack:
        servers = {count: stack.enter_context(gunicorn(scratch, databases[count])) for count in (FEW, MANY)}
        desk = {count: {"Cookie": f"sessionid={_signed_in(scratch, databases[count])}"} for count in (FEW, MANY)}
        pages = {
            "list of published comments": ("/comments/", {count: {} for count in (FEW, MANY)}),
            "the same by API, 100 a page": ("/api/v1/comments/", {count: {} for count in (FEW, MANY)}),
            "the desk's queue, what waits": ("/desk/", desk),
            "the desk's queue, everything": ("/desk/?display=all", desk),
        }
        for name, (path, headers) in pages.items():
            for count in (FEW, MANY):
                fetch(servers[count] + path, **headers[count])
            found = medians(
                {
                    str(count): lambda count=count, path=path, headers=headers: load.http(
                        servers[count] + path, clients=1, headers=headers[count]
                    )
                    for count in (FEW, MANY)
                }
            )
            title = f"{name}: {MANY} against {FEW}"
            yield Line(title, found[str(MANY)]["mean"], FLAT, "ms", found[str(FEW)]["mean"])


def ledger(scratch: Scratch, count: int) -> Database:
    """Return a database with `count` comments of the demonstration; made once in a run."""
    name = f"comments_{count}"
    database = scratch.copy(name)
    if not database.value("SELECT count(*) FROM consultation_comment"):
        scratch.manage(database, "create_demo", "--comments", str(count))
        database.run("VACUUM ANALYZE")
    return database


def _signed_in(scratch: Scratch, database: Database) -> str:
    """Return the session of a planner who is signed in."""
    environment = scratch.environment(database)
    command = [sys.executable, "manage.py", "shell", "--no-imports", "-c", _SESSION]
    done = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, check=True)
    return done.stdout.split()[-1]

"""The databases and folders that the measurements use: made for one run, thrown away after it, never the operator's."""

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit

import psycopg

ROOT = Path(__file__).resolve().parent.parent


@dataclass(frozen=True)
class Database:
    """A scratch database, by its address as Django reads it."""

    url: str

    @property
    def libpq(self) -> str:
        """Return the address as pgbench, psql and ogr2ogr read it."""
        return self.url.replace("postgis://", "postgresql://", 1)

    def named(self, name: str) -> "Database":
        """Return another database of the same server."""
        return Database(urlunsplit(urlsplit(self.url)._replace(path=f"/{name}")))

    def run(self, *statements: str) -> None:
        """Run statements, each by itself."""
        with psycopg.connect(self.libpq, autocommit=True) as connection:
            for statement in statements:
                connection.execute(statement)

    def value(self, query: str, values: tuple = ()) -> object:
        """Return the first value that a query gives."""
        with psycopg.connect(self.libpq, autocommit=True) as connection:
            return connection.execute(query, values).fetchone()[0]


class Scratch:
    """One run's databases. `base` has the plan and an open consultation; `copy` makes another like it."""

    def __init__(self, server: str, folder: Path):
        self.server, self.folder = Database(server), folder
        self.made: list[str] = []
        self.base = self._create("base")

    def _create(self, name: str, template: str = "template1") -> Database:
        full = f"tuyi_bench_{os.getpid()}_{name}"
        self.server.run(f'CREATE DATABASE "{full}" TEMPLATE "{template}"')
        self.made.append(full)
        return self.server.named(full)

    def copy(self, name: str) -> Database:
        """Make a copy of `base` under a name of this run; once made, the same is returned."""
        full = f"tuyi_bench_{os.getpid()}_{name}"
        if full in self.made:
            return self.server.named(full)
        base = urlsplit(self.base.url).path[1:]
        # A database can be copied only while nobody is connected: whoever still is, of this run, is done with it.
        self.server.run(f"SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '{base}'")
        return self._create(name, base)

    def environment(self, database: Database, **more: str) -> dict[str, str]:
        """Return the environment of a process that works with `database`."""
        settings = {"DATABASE_URL": database.url, "VAR_DIR": str(self.folder), "PYTHONPATH": str(ROOT)}
        return {**os.environ, **settings, "COMMENT_THROTTLE": "off", "PROOF_OF_WORK": "off", **more}

    def manage(self, database: Database, *arguments: str) -> None:
        """Run one of Django's commands; its output is shown only when it fails."""
        done = subprocess.run(
            [sys.executable, "manage.py", *arguments],
            cwd=ROOT,
            env=self.environment(database),
            capture_output=True,
            text=True,
        )
        if done.returncode:
            raise RuntimeError(f"manage.py {' '.join(arguments)} failed:\n{done.stdout}{done.stderr}")

    def drop(self) -> None:
        """Remove everything of this run."""
        for name in reversed(self.made):
            self.server.run(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')
        _clear(self.folder)


def _clear(folder: Path) -> None:
    """Empty the folder of a run. Static files stay: compressing them takes longest, and bootstrap knows when to."""
    for path in folder.iterdir():
        if path.is_dir() and path.name != "static":
            shutil.rmtree(path, ignore_errors=True)
        elif path.is_file() and path.name != "static.mark":
            path.unlink()


@contextmanager
def prepared(server: str, folder: Path) -> Iterator[Scratch]:
    """Make the base database and the static files; drop everything at the end, however it ends."""
    folder.mkdir(parents=True, exist_ok=True)
    _clear(folder)
    scratch = Scratch(server, folder)
    try:
        scratch.manage(scratch.base, "bootstrap", "--hide-passwords")
        scratch.base.run("VACUUM ANALYZE")
        yield scratch
    finally:
        scratch.drop()

"""PostgreSQL's own programs, in a version that fits the server, and the way to the database for them."""

import os
import re
import shutil
import subprocess
from pathlib import Path

from django.db import connection


class ProgramFailed(Exception):
    """One of PostgreSQL's programs is missing or failed; the text says which and what it said."""


def server_major() -> int:
    """Return the server's major version, such as 15. One query for a new connection."""
    with connection.cursor() as cursor:
        cursor.execute("SHOW server_version_num")
        return int(cursor.fetchone()[0]) // 10000


def find_program(name: str) -> str:
    """Return the path of `name` (pg_dump, pg_restore, psql) in the server's version, or the nearest newer one.

    Older programs can't read a newer server: raises ProgramFailed with what to install.
    """
    wanted = server_major()
    candidates = [str(path) for path in Path("/usr/lib/postgresql").glob(f"*/bin/{name}")]
    if (on_path := shutil.which(name)) is not None:
        candidates.append(on_path)
    fitting = sorted((major, path) for path in candidates if (major := _major(path)) >= wanted)
    if not fitting:
        raise ProgramFailed(f"{name} of PostgreSQL {wanted} is needed: install postgresql-client-{wanted}.")
    return fitting[0][1]


def _major(path: str) -> int:
    try:
        said = subprocess.run([path, "--version"], capture_output=True, text=True, check=True).stdout
    except (OSError, subprocess.CalledProcessError):
        return 0
    found = re.search(r"\(PostgreSQL\) (\d+)", said)
    return int(found.group(1)) if found else 0


def run_program(name: str, *arguments: str) -> str:
    """Run one of PostgreSQL's programs against the portal's database and return what it wrote.

    The password goes through the environment, never the command line. Raises ProgramFailed with the program's message.
    """
    done = subprocess.run(
        [find_program(name), *arguments], env=os.environ | _way_to_database(), capture_output=True, text=True
    )
    if done.returncode:
        message = "\n".join(done.stderr.strip().splitlines()[-5:])
        raise ProgramFailed(f"{name} failed: {message}")
    return done.stdout


def _way_to_database() -> dict[str, str]:
    """Return the libpq variables for the default database."""
    parameters = connection.get_connection_params()
    names = {"dbname": "PGDATABASE", "user": "PGUSER", "password": "PGPASSWORD", "host": "PGHOST", "port": "PGPORT"}
    names |= {"sslmode": "PGSSLMODE", "sslrootcert": "PGSSLROOTCERT"}
    return {variable: str(parameters[key]) for key, variable in names.items() if parameters.get(key)}
